import { LedgerError } from "../error.ts";
import { HASH_BYTES } from "../merkle/hash.ts";
import { TILE_WIDTH } from "./path.ts";

/** The longest leaf, in bytes: entries are "big-endian uint16 length-prefixed" (C2SP tlog-tiles). */
export const MAX_LEAF_BYTES = 0xffff;

/** Encodes 1 to 256 entries as an entry bundle. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length < 1 || entries.length > TILE_WIDTH) {
    throw new LedgerError(
      "invalid-argument",
      `A bundle holds 1 to ${TILE_WIDTH} entries, not ${entries.length}.`,
    );
  }
  for (const entry of entries) assertLeaf(entry);
  const bytes = Buffer.alloc(entries.reduce((sum, entry) => sum + 2 + entry.length, 0));
  let offset = 0;
  for (const entry of entries) {
    offset = bytes.writeUInt16BE(entry.length, offset);
    bytes.set(entry, offset);
    offset += entry.length;
  }
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

/**
 * Decodes an entry bundle that must hold exactly `width` entries and nothing behind them. The entries are views into
 * `bytes`, not copies.
 *
 * @throws LedgerError `malformed`
 */
export function decodeBundle(bytes: Uint8Array, width: number): Uint8Array[] {
  const entries: Uint8Array[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let offset = 0;
  while (entries.length < width) {
    if (offset + 2 > bytes.length) throw cut(entries.length, width);
    const end = offset + 2 + view.getUint16(offset);
    if (end > bytes.length) throw cut(entries.length, width);
    entries.push(bytes.subarray(offset + 2, end));
    offset = end;
  }
  if (offset !== bytes.length) {
    throw new LedgerError("malformed", `The bundle goes on after its ${width} entries.`);
  }
  return entries;
}

/**
 * Cuts a hash tile that must hold exactly `width` hashes into its hashes, which are views into `bytes`.
 *
 * @throws LedgerError `malformed`
 */
export function decodeHashTile(bytes: Uint8Array, width: number): Uint8Array[] {
  if (bytes.length !== width * HASH_BYTES) {
    throw new LedgerError(
      "malformed",
      `The tile has ${bytes.length} bytes; ${width} hashes are ${width * HASH_BYTES}.`,
    );
  }
  return Array.from({ length: width }, (_, i) => bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES));
}

/** @throws LedgerError `invalid-argument` if the leaf is longer than an entry can be */
export function assertLeaf(leaf: Uint8Array): void {
  if (leaf.length > MAX_LEAF_BYTES) {
    throw new LedgerError(
      "invalid-argument",
      `A leaf has at most ${MAX_LEAF_BYTES} bytes, not ${leaf.length}. Log a hash of the content instead.`,
    );
  }
}

function cut(found: number, width: number): LedgerError {
  return new LedgerError("malformed", `The bundle ends inside entry ${found + 1} of ${width}.`);
}
