import { type CborValue, FrankingError } from "@fairlead/franking";

/** A place in decoded CBOR, read strictly. Every reader throws FrankingError `content.malformed` naming the place. */
export interface Place {
  item(index: number): Place;
  items(): readonly Place[];
  text(): string;
  whole(): number;
  flag(): boolean;
  bytes(): Uint8Array;
  bytesOrNull(): Uint8Array | null;
  orNull<T>(read: (place: Place) => T): T | null;
  wrong(how: string): FrankingError;
}

export function at(value: CborValue | undefined, path = "backup"): Place {
  const wrong = (how: string) => new FrankingError("content.malformed", `The ${path} is ${how}.`);
  const list = (): readonly CborValue[] => {
    if (!Array.isArray(value)) throw wrong("not a list");
    return value as readonly CborValue[];
  };
  return {
    item: (index) => at(list()[index], `${path}[${index}]`),
    items: () => list().map((one, index) => at(one, `${path}[${index}]`)),
    text() {
      if (typeof value !== "string") throw wrong("not a text");
      return value;
    },
    whole() {
      const number = typeof value === "bigint" ? Number(value) : value;
      if (typeof number !== "number" || !Number.isSafeInteger(number) || number < 0)
        throw wrong("not a whole number");
      return number;
    },
    flag() {
      if (typeof value !== "boolean") throw wrong("neither true nor false");
      return value;
    },
    bytes() {
      if (!(value instanceof Uint8Array)) throw wrong("not bytes");
      return value.slice();
    },
    bytesOrNull: () => (value instanceof Uint8Array ? value.slice() : null),
    orNull: (read) => (value === null ? null : read(at(value, path))),
    wrong,
  };
}
