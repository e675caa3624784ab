import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { layoutOf } from "../../near/image.ts";
import type { LiveNearIndex } from "../../near/live.ts";
import { replaceFile } from "../replace-file.ts";
import {
  BLOCK_BYTES,
  blocksOf,
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

/**
 * Writes what is in the index at the moment of the call; what is removed while it writes may be left out. The file is there
 * whole and on the disk, or what was there before still is.
 *
 * @param seq the last entry of the log that the index holds
 */
export async function writeSnapshot(path: string, index: LiveNearIndex, seq: bigint): Promise<void> {
  const { segments } = index.parts;
  const bodies = segments.map((image) => {
    const { hashes, scratch } = layoutOf(image);
    return new Uint8Array(image.memory.buffer, hashes, scratch - hashes);
  });
  const latest = bytesOfLatest(index);
  const header: SnapshotHeader = {
    seed: index.seed,
    permutation: digestOfPermutation(index.seed),
    seq: seq.toString(),
    segments: segments.map(({ slots, distinct, leaders, followers }, at) => ({
      slots,
      distinct,
      leaders,
      followers,
      bytes: bodies[at]?.length ?? 0,
    })),
    latest: latest.length / LATEST_BYTES,
  };
  await replaceFile(path, (file) => writeAll(file, header, [...bodies, latest]));
}

async function writeAll(
  file: FileHandle,
  header: SnapshotHeader,
  bodies: readonly Uint8Array[],
): Promise<void> {
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(toPage(PREFIX_BYTES + text.length));
  prefix.write(MAGIC, 0, "latin1");
  prefix.writeUInt16LE(VERSION, 8);
  prefix.writeUIntLE(text.length, 10, 3);
  text.copy(prefix, PREFIX_BYTES);
  await writeBlock(file, prefix, 0);
  const blocks = partsOf(header).reduce((sum, bytes) => sum + blocksOf(bytes), 0);
  const sums = Buffer.alloc(blocks * 4);
  let at = prefix.length;
  let block = 0;
  for (const body of bodies) {
    for (let begin = 0; begin < body.length; begin += BLOCK_BYTES) {
      // A copy: other threads may remove hashes between the sum and the write.
      const bytes = Buffer.from(body.subarray(begin, begin + BLOCK_BYTES));
      sums.writeUInt32LE(crc32(bytes), block++ * 4);
      await writeBlock(file, bytes, at + begin);
    }
    at += toPage(body.length);
  }
  await writeBlock(file, Buffer.concat([sums, digestOf(text, sums)]), at);
}

async function writeBlock(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
}

function bytesOfLatest(index: LiveNearIndex): Buffer {
  const all = Array.from(index.latest(), ([id, hash]) => {
    const entry = Buffer.alloc(LATEST_BYTES);
    entry.writeUInt32LE(id, 0);
    entry.set(hash, 4);
    return entry;
  });
  return Buffer.concat(all);
}
