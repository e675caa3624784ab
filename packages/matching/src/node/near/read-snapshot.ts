import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { crc32 } from "node:zlib";
import { MOST_SLOTS } from "../../near/build-segment.ts";
import { layoutOf, type SegmentImage } from "../../near/image.ts";
import type { Kernels } from "../../near/kernel.ts";
import { SnapshotError } from "./snapshot-error.ts";
import {
  BLOCK_BYTES,
  blocksOf,
  DIGEST_BYTES,
  digestOf,
  digestOfPermutation,
  LATEST_BYTES,
  MAGIC,
  PREFIX_BYTES,
  partsOf,
  type SnapshotHeader,
  toPage,
  VERSION,
} from "./snapshot-format.ts";

/** The largest header: a segment takes about a hundred bytes of it. */
const MOST_HEADER_BYTES = 1_000_000;

/** What a snapshot holds, ready to be searched. */
export interface SnapshotContent {
  readonly seed: number;
  readonly seq: bigint;
  readonly segments: readonly SegmentImage[];
  readonly latest: readonly (readonly [id: number, hash: Uint8Array])[];
}

/**
 * Reads a snapshot into memory that `threads` threads can search. Every byte is checked against its sums before this returns.
 * It guards against disks and half copies, not against somebody who may write the file: sums have no key.
 *
 * @throws SnapshotError if the file is not whole
 * @throws Error of the file system if it cannot be read
 */
export function readSnapshot(path: string, kernels: Kernels, threads: number): SnapshotContent {
  const file = openSync(path, "r");
  try {
    return readFrom(file, path, kernels, threads);
  } finally {
    closeSync(file);
  }
}

function readFrom(file: number, path: string, kernels: Kernels, threads: number): SnapshotContent {
  const { size } = fstatSync(file);
  const prefix = Buffer.alloc(PREFIX_BYTES);
  if (size < PREFIX_BYTES || !fill(file, prefix, 0) || prefix.toString("latin1", 0, 8) !== MAGIC)
    throw new SnapshotError("not-a-snapshot", path, "this is no snapshot of a near index");
  const version = prefix.readUInt16LE(8);
  if (version !== VERSION)
    throw new SnapshotError("other-version", path, `this is version ${version}, and ${VERSION} is read here`);
  const text = Buffer.alloc(Math.min(prefix.readUIntLE(10, 3), MOST_HEADER_BYTES));
  if (!fill(file, text, PREFIX_BYTES)) throw new SnapshotError("torn", path, "its header is cut off");
  const header = headerOf(text, path);
  const parts = partsOf(header);
  const begin = toPage(PREFIX_BYTES + text.length);
  const sumsAt = parts.reduce((at, bytes) => at + toPage(bytes), begin);
  const sums = Buffer.alloc(parts.reduce((sum, bytes) => sum + blocksOf(bytes), 0) * 4);
  const digest = Buffer.alloc(DIGEST_BYTES);
  if (size !== sumsAt + sums.length + DIGEST_BYTES)
    throw new SnapshotError("torn", path, `it has ${size} bytes, not ${sumsAt + sums.length + DIGEST_BYTES}`);
  if (!fill(file, sums, sumsAt) || !fill(file, digest, sumsAt + sums.length))
    throw new SnapshotError("torn", path, "it became shorter while it was read");
  if (!digest.equals(digestOf(text, sums)))
    throw new SnapshotError("altered", path, "header and sums do not agree with their digest");

  let [at, block] = [begin, 0];
  const readPart = (into: Uint8Array) => {
    for (let from = 0; from < into.length; from += BLOCK_BYTES) {
      const bytes = into.subarray(from, from + BLOCK_BYTES);
      if (!fill(file, bytes, at + from))
        throw new SnapshotError("torn", path, "it became shorter while it was read");
      if (crc32(bytes) !== sums.readUInt32LE(block++ * 4))
        throw new SnapshotError(
          "altered",
          path,
          `the bytes from ${at + from} on are not those that were written`,
        );
    }
    at += toPage(into.length);
  };
  const segments = header.segments.map(({ bytes, ...sizes }): SegmentImage => {
    const layout = layoutOf({ ...sizes, threads });
    if (sizes.slots > MOST_SLOTS || layout.scratch - layout.hashes !== bytes)
      throw new SnapshotError("altered", path, "the sizes of a segment do not agree");
    const memory = kernels.memory(layout.end);
    readPart(new Uint8Array(memory.buffer, layout.hashes, bytes));
    return { ...sizes, memory, threads };
  });
  const latest = Buffer.alloc(header.latest * LATEST_BYTES);
  readPart(latest);
  return {
    seed: header.seed,
    seq: BigInt(header.seq),
    segments,
    latest: Array.from({ length: header.latest }, (_, entry) => [
      latest.readUInt32LE(entry * LATEST_BYTES),
      latest.subarray(entry * LATEST_BYTES + 4, (entry + 1) * LATEST_BYTES),
    ]),
  };
}

/** False if the file ends before. */
function fill(file: number, into: Uint8Array, at: number): boolean {
  for (let done = 0; done < into.length; ) {
    const read = readSync(file, into, done, into.length - done, at + done);
    if (read === 0) return false;
    done += read;
  }
  return true;
}

function headerOf(text: Buffer, path: string): SnapshotHeader {
  let header: unknown;
  try {
    header = JSON.parse(text.toString());
  } catch {
    throw new SnapshotError("altered", path, "its header is not JSON");
  }
  if (!isHeader(header)) throw new SnapshotError("altered", path, "its header lacks a field");
  if (header.permutation !== digestOfPermutation(header.seed))
    throw new SnapshotError("other-version", path, "its bits are permuted otherwise than its seed says here");
  return header;
}

function isHeader(value: unknown): value is SnapshotHeader {
  if (typeof value !== "object" || value === null) return false;
  const { seed, permutation, seq, segments, latest } = value as Record<string, unknown>;
  return (
    isCount(seed) &&
    typeof permutation === "string" &&
    typeof seq === "string" &&
    /^\d{1,30}$/.test(seq) &&
    isCount(latest) &&
    Array.isArray(segments) &&
    segments.every(
      (one: unknown) =>
        typeof one === "object" &&
        one !== null &&
        ["slots", "distinct", "leaders", "followers", "bytes"].every((name) =>
          isCount((one as Record<string, unknown>)[name]),
        ),
    )
  );
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
