import { fromBase64Url } from "../encoding.ts";
import { MessengerError } from "../error.ts";

/** A JSON object of the hub's, read field by field: everything is unknown until it was asked for by its kind. */
export interface Fields {
  text(name: string): string;
  textOrNull(name: string): string | null;
  whole(name: string): number;
  wholeOrNull(name: string): number | null;
  flag(name: string): boolean;
  flagOrNull(name: string): boolean | null;
  bytes(name: string): Uint8Array;
  bytesOrNull(name: string): Uint8Array | null;
  object(name: string): Fields;
  objectOrNull<T>(name: string, read: (fields: Fields) => T): T | null;
  list<T>(name: string, read: (fields: Fields) => T): readonly T[];
  texts(name: string): readonly string[];
  /** Names and numbers, such as limits; what is no number is left out. */
  numbers(name: string): Readonly<Record<string, number>>;
}

/** @throws MessengerError `hub.broken`, as every reader of the result does */
export function fieldsOf(value: unknown): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw broken("the answer", "an object");
  const record = value as Readonly<Record<string, unknown>>;
  const get = <T>(name: string, kind: string, is: (found: unknown) => found is T): T => {
    const found = record[name];
    if (!is(found)) throw broken(name, kind);
    return found;
  };
  const isNone = (name: string) => record[name] === null || record[name] === undefined;
  const self: Fields = {
    text: (name) => get(name, "text", isText),
    textOrNull: (name) => (isNone(name) ? null : self.text(name)),
    whole: (name) => get(name, "a whole number", isWhole),
    wholeOrNull: (name) => (isNone(name) ? null : self.whole(name)),
    flag: (name) => get(name, "true or false", isFlag),
    flagOrNull: (name) => (isNone(name) ? null : self.flag(name)),
    bytes: (name) => fromBase64Url(self.text(name)),
    bytesOrNull: (name) => (isNone(name) ? null : self.bytes(name)),
    object: (name) => fieldsOf(record[name]),
    objectOrNull: (name, read) => (isNone(name) ? null : read(fieldsOf(record[name]))),
    list: (name, read) => get(name, "a list", isList).map((one) => read(fieldsOf(one))),
    texts: (name) =>
      get(name, "a list", isList).map((one) => {
        if (!isText(one)) throw broken(name, "a list of texts");
        return one;
      }),
    numbers: (name) =>
      Object.fromEntries(
        Object.entries(get(name, "an object", isObject)).filter((entry): entry is [string, number] =>
          isWhole(entry[1]),
        ),
      ),
  };
  return self;
}

const isText = (value: unknown): value is string => typeof value === "string";
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function broken(name: string, kind: string): MessengerError {
  return new MessengerError("hub.broken", `The hub's answer does not make sense: ${name} is not ${kind}.`);
}
