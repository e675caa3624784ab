import { Refused } from "./refused.ts";

/** One element of DER (X.690): tag byte, contents, and the whole with its head. */
export interface Der {
  readonly tag: number;
  readonly value: Uint8Array;
  readonly whole: Uint8Array;
}

/** A TLV that fills the bytes exactly. @throws Refused */
export function der(bytes: Uint8Array): Der {
  const [only, ...more] = elements(bytes);
  if (only === undefined || more.length > 0) throw new Refused("not one element of DER");
  return only;
}

/** The elements that follow each other in these bytes: definite lengths, each in its shortest form. @throws Refused */
export function elements(bytes: Uint8Array): readonly Der[] {
  const found: Der[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const [tag = 0, first = 0x80] = rest;
    const more = first < 0x80 ? 0 : first & 0x7f;
    const digits = rest.subarray(2, 2 + more);
    const length = first < 0x80 ? first : digits.reduce((sum, byte) => sum * 256 + byte, 0);
    const isShortest = more === 0 || (digits[0] !== 0 && length >= 0x80);
    const end = 2 + more + length;
    if ((tag & 0x1f) === 0x1f || first === 0x80 || more > 4 || digits.length < more || !isShortest)
      throw new Refused("no DER");
    if (end > rest.length) throw new Refused("DER that is cut short");
    found.push({ tag, value: rest.subarray(2 + more, end), whole: rest.subarray(0, end) });
    rest = rest.subarray(end);
  }
  return found;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** @throws Refused for another tag */
export function valueOf(element: Der | undefined, tag: number): Uint8Array {
  if (element?.tag !== tag) throw new Refused("another element of DER than there should be");
  return element.value;
}

export function membersOf(element: Der | undefined, tag: number = TAG.sequence): readonly Der[] {
  return elements(valueOf(element, tag));
}

/** The OID in hex, as its bytes are: enough to compare with. */
export function oidOf(element: Der | undefined): string {
  return Buffer.from(valueOf(element, TAG.oid)).toString("hex");
}

export function integerOf(element: Der | undefined, tag: number = TAG.integer): bigint {
  const bytes = valueOf(element, tag);
  const [first, second] = bytes;
  if (first === undefined || (first === 0 && second !== undefined && second < 0x80))
    throw new Refused("an integer in no shortest form");
  return BigInt.asIntN(8 * bytes.length, BigInt(`0x${Buffer.from(bytes).toString("hex")}`));
}

/** Milliseconds since 1970 of a UTCTime or GeneralizedTime that ends in Z, fractions and all. */
export function momentOf(element: Der | undefined): number {
  const text = Buffer.from(valueOf(element, element?.tag === TAG.utcTime ? TAG.utcTime : TAG.time)).toString(
    "latin1",
  );
  // RFC 5280, section 4.1.2.5.1: a year of two digits below 50 is of this century.
  const century = element?.tag === TAG.utcTime ? (text < "5" ? "20" : "19") : "";
  const [, year, ...parts] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d*[1-9])?Z$/.exec(century + text) ?? [];
  const [month, day, hour, minute, second, fraction = ""] = parts;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const at = Date.parse(`${iso}Z`);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 19) !== iso) throw new Refused("no time");
  return at + Math.floor(Number(`0${fraction}`) * 1000);
}
