import { extensionError } from "./extension-error.ts";
import { DEVICE_SEQ, PREVIOUS_OWN, SEEN } from "./extension-keys.ts";
import type { Causality, CborValue, MimiContent } from "./types.ts";

type Extensions = MimiContent["extensions"];

/** The extensions that hold a device's causality; nothing of `null` stands on the wire. */
export function causalityExtensions(causality: Causality): ReadonlyMap<number, CborValue> {
  const { seen, deviceSeq, previousOwn } = causality;
  const extensions = new Map<number, CborValue>([[DEVICE_SEQ, deviceSeq]]);
  if (seen !== null) extensions.set(SEEN, [seen.roomSeq, seen.head]);
  if (previousOwn !== null) extensions.set(PREVIOUS_OWN, previousOwn);
  return extensions;
}

/** What the sending device had seen and said, inside of what it committed to; null from a program that does not say. */
export function causalityOf(content: MimiContent): Causality | null {
  return causalityFrom(content.extensions);
}

/** @throws FrankingError `content.extension` */
export function assertCausality(extensions: Extensions): void {
  if (causalityFrom(extensions) === null && (extensions.has(SEEN) || extensions.has(PREVIOUS_OWN)))
    throw extensionError(DEVICE_SEQ, "must be there if the others of causality are");
}

function causalityFrom(extensions: Extensions): Causality | null {
  const deviceSeq = extensions.get(DEVICE_SEQ);
  if (deviceSeq === undefined) return null;
  if (typeof deviceSeq !== "number" || deviceSeq < 1)
    throw extensionError(DEVICE_SEQ, "must be a whole number from 1");
  const seen = extensions.get(SEEN);
  const previousOwn = extensions.get(PREVIOUS_OWN);
  return {
    seen: seen === undefined ? null : seenFrom(seen),
    deviceSeq,
    previousOwn: previousOwn === undefined ? null : messageIdFrom(previousOwn),
  };
}

function seenFrom(value: CborValue): NonNullable<Causality["seen"]> {
  const [roomSeq, head, ...more] = Array.isArray(value) ? (value as readonly CborValue[]) : [];
  const counted = typeof roomSeq === "bigint" || typeof roomSeq === "number";
  if (!counted || roomSeq < 1 || !(head instanceof Uint8Array) || head.length !== 32 || more.length > 0)
    throw extensionError(SEEN, "must be [roomSeq from 1, head of 32 bytes]");
  return { roomSeq: BigInt(roomSeq), head };
}

function messageIdFrom(value: CborValue): Uint8Array {
  if (!(value instanceof Uint8Array) || value.length !== 32)
    throw extensionError(PREVIOUS_OWN, "must be a MessageId of 32 bytes");
  return value;
}
