import { AsnConvert } from "@peculiar/asn1-schema";
import { type BaseBlock, fromBER, ObjectIdentifier } from "asn1js";
import { FrankingError } from "../error.ts";

/** One value of a DER structure, with the bytes it was read from: what was signed or hashed is never encoded anew. */
export interface DerValue {
  /** The identifier octet: class, form and number. */
  readonly tag: number;
  /** Identifier, length and contents. */
  readonly bytes: Uint8Array;
  readonly contents: Uint8Array;
  /** What a constructed value holds; empty for a primitive one. */
  readonly children: readonly DerValue[];
}

/**
 * Reads one value that fills `bytes` to the last byte.
 *
 * @param what What is being read, for the error.
 * @throws FrankingError `timestamp.malformed`
 */
export function readDer(bytes: Uint8Array, what: string): DerValue {
  const read = guarded(what, () => fromBER(bytes));
  if (read.offset === -1) throw malformed(what, "it is no DER");
  if (read.offset !== bytes.length) throw malformed(what, "bytes stand behind its end");
  return valueOf(read.result);
}

/** Reads `bytes` as a structure of the ASN.1 library. The same errors as {@link readDer}. */
export function parseAs<T>(bytes: Uint8Array, type: new () => T, what: string): T {
  readDer(bytes, what);
  return guarded(what, () => AsnConvert.parse(bytes, type));
}

export function serialise(structure: unknown): Uint8Array<ArrayBuffer> {
  return new Uint8Array(AsnConvert.serialize(structure));
}

/** A copy with a buffer of its own, as the ASN.1 library wants it. */
export function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

/** The contents of an INTEGER that is the given big-endian number: positive and as short as can be. */
export function unsignedInteger(bytes: Uint8Array): ArrayBuffer {
  const start = bytes.findIndex((byte) => byte !== 0);
  const digits = start === -1 ? Uint8Array.of(0) : bytes.subarray(start);
  return bufferOf((digits[0] ?? 0) > 0x7f ? Uint8Array.of(0, ...digits) : digits);
}

/** Identifier octets that timestamps are made of. */
export const TAG = {
  integer: 0x02,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
} as const;

/** One DER value of these contents. */
export function encodeDer(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, one) => sum + one.length, 0);
  // X.690, section 10.1: "The definite form of length encoding shall be used, encoded in the minimum number of octets."
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  const header = length > 0x7f ? [tag, 0x80 + octets.length, ...octets] : [tag, length];
  const value = new Uint8Array(header.length + length);
  value.set(header);
  let at = header.length;
  for (const one of contents) {
    value.set(one, at);
    at += one.length;
  }
  return value;
}

export function encodeOid(oid: string): Uint8Array {
  return new Uint8Array(new ObjectIdentifier({ value: oid }).toBER());
}

/** The dotted form of an OBJECT IDENTIFIER. */
export function oidOf({ bytes }: DerValue): string {
  const { result } = fromBER(bytes);
  if (result instanceof ObjectIdentifier) return result.valueBlock.toString();
  throw malformed("timestamp token", "what should be an object identifier is none");
}

export function malformed(what: string, why: string, cause?: unknown): FrankingError {
  return new FrankingError("timestamp.malformed", `The ${what} cannot be read: ${why}.`, { cause });
}

function guarded<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw malformed(what, "it does not have the form that RFC 3161 gives it", error);
  }
}

function valueOf(block: BaseBlock): DerValue {
  const bytes = block.valueBeforeDecodeView;
  // The library looks into primitive octet strings, too, and keeps whatever it finds there.
  const inner: unknown =
    block.idBlock.isConstructed && "value" in block.valueBlock ? block.valueBlock.value : undefined;
  return {
    tag: bytes[0] ?? 0,
    bytes,
    contents: bytes.subarray(block.idBlock.blockLength + block.lenBlock.blockLength),
    children: Array.isArray(inner) ? inner.map((one: BaseBlock) => valueOf(one)) : [],
  };
}
