import { createHash } from "node:crypto";
import { permutationOf } from "../../near/permutation.ts";

// A snapshot is 16 bytes (magic, version, length of the header, its CRC-32), the header as JSON, padding up to a page, the parts,
// and a trailer: the CRC-32 of every block of the parts, and SHA-256 over the header and those.

export const MAGIC = "FLNEAR\r\n";
export const VERSION = 1;
export const PREFIX_BYTES = 16;
/** Parts begin at a page, and are read, written and summed in blocks of this size. */
export const PAGE_BYTES = 4096;
export const BLOCK_BYTES = 16 * 1024 * 1024;
export const DIGEST_BYTES = 32;

/** What is in a file, and how much of it. */
export interface SnapshotHeader {
  /** Which permutation the hashes are in, and what it says, so that another one is noticed. */
  readonly seed: number;
  readonly permutation: string;
  /** The last entry of the log that is in it, in decimal. */
  readonly seq: string;
  readonly segments: readonly {
    readonly slots: number;
    readonly distinct: number;
    readonly leaders: number;
    readonly followers: number;
    readonly bytes: number;
  }[];
  /** Hashes since the last merge: 4 bytes of id, little-endian, and 32 permuted bytes each. */
  readonly latest: number;
}

export const LATEST_BYTES = 36;

/** The bytes of each part, in the file's order. */
export function partsOf(header: SnapshotHeader): readonly number[] {
  return [...header.segments.map(({ bytes }) => bytes), header.latest * LATEST_BYTES];
}

export function blocksOf(bytes: number): number {
  return Math.ceil(bytes / BLOCK_BYTES);
}

export function digestOf(header: Uint8Array, sums: Uint8Array): Uint8Array {
  return createHash("sha256").update(header).update(sums).digest();
}

export function digestOfPermutation(seed: number): string {
  return createHash("sha256").update(permutationOf(seed)).digest("hex");
}

export function toPage(bytes: number): number {
  return Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES;
}
