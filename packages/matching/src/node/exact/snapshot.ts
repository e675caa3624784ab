import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import type { ExactImage } from "../../exact/create.ts";
import { KEY_BYTES } from "../../exact/exact-index.ts";
import { wordsOfTable } from "../../exact/key-table.ts";
import { SnapshotError } from "../near/snapshot-error.ts";
import { replaceFile } from "../replace-file.ts";

// A snapshot is 16 bytes (magic, version, length of the header), the header as JSON, the words of every part as they lie in memory
// (little-endian, as all machines are that Node runs on), and SHA-256 over all of it.

const MAGIC = "FLEXACT\n";
const VERSION = 1;
const PREFIX_BYTES = 16;
const DIGEST_BYTES = 32;
const MOST_HEADER_BYTES = 10_000_000;
/** Read, written and summed at once. */
const BLOCK_BYTES = 16 * 1024 * 1024;

interface Header {
  readonly seed: number;
  readonly parts: readonly { readonly size: number; readonly dead: number }[];
  readonly recent: number;
}

/** Writes what an index consists of. The file is there whole and on the disk, or what was there before still is. */
export async function writeExact(path: string, image: ExactImage): Promise<void> {
  const header: Header = {
    seed: image.seed,
    parts: image.parts.map(({ table, dead }) => ({ size: table.ids.length, dead: dead.length })),
    recent: image.ids.length,
  };
  const text = Buffer.from(JSON.stringify(header));
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.write(MAGIC, 0, "latin1");
  prefix.writeUInt32LE(VERSION, 8);
  prefix.writeUInt32LE(text.length, 12);
  await replaceFile(path, async (file) => {
    const digest = createHash("sha256");
    for (const bytes of [prefix, text, ...arraysOf(image).map(bytesOf)]) {
      for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
        const block = bytes.subarray(at, at + BLOCK_BYTES);
        digest.update(block);
        await writeWhole(file, block);
      }
    }
    await writeWhole(file, digest.digest());
  });
}

/**
 * Reads what `writeExact` has written; every byte is checked. It guards against disks and half copies, not against somebody who
 * may write the file.
 *
 * @throws SnapshotError if the file is not whole
 * @throws Error of the file system if it cannot be read
 */
export async function readExact(path: string): Promise<ExactImage> {
  const file = await open(path, "r");
  try {
    return await readFrom(file, path);
  } finally {
    await file.close();
  }
}

async function readFrom(file: FileHandle, path: string): Promise<ExactImage> {
  const digest = createHash("sha256");
  const fill = async (bytes: Uint8Array): Promise<void> => {
    for (let done = 0; done < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, done, Math.min(bytes.length - done, BLOCK_BYTES));
      if (bytesRead === 0) throw new SnapshotError("torn", path, "it is cut off");
      digest.update(bytes.subarray(done, done + bytesRead));
      done += bytesRead;
    }
  };
  const prefix = Buffer.alloc(PREFIX_BYTES);
  await fill(prefix);
  if (prefix.toString("latin1", 0, 8) !== MAGIC)
    throw new SnapshotError("not-a-snapshot", path, "this is no snapshot of an exact index");
  const version = prefix.readUInt32LE(8);
  if (version !== VERSION)
    throw new SnapshotError("other-version", path, `this is version ${version}, and ${VERSION} is read here`);
  const text = Buffer.alloc(Math.min(prefix.readUInt32LE(12), MOST_HEADER_BYTES));
  await fill(text);
  const header = headerOf(text, path);
  const { size } = await file.stat();
  const expected = PREFIX_BYTES + text.length + bytesOfBody(header) + DIGEST_BYTES;
  if (size !== expected) throw new SnapshotError("torn", path, `it has ${size} bytes, not ${expected}`);
  const image = emptyOf(header);
  for (const array of arraysOf(image)) await fill(bytesOf(array));
  const sum = digest.digest();
  const stated = Buffer.alloc(DIGEST_BYTES);
  const { bytesRead } = await file.read(stated, 0, DIGEST_BYTES);
  if (bytesRead !== DIGEST_BYTES || !stated.equals(sum))
    throw new SnapshotError("altered", path, "its bytes are not those that were written");
  return image;
}

/** An image of these sizes, to be filled. */
function emptyOf({ seed, parts, recent }: Header): ExactImage {
  return {
    seed,
    parts: parts.map(({ size, dead }) => {
      const words = wordsOfTable(size);
      const table = {
        starts: new Uint32Array(words.starts),
        filter: new Int32Array(words.filter),
        kept: new Uint32Array(words.kept),
        ids: new Uint32Array(words.ids),
      };
      return { table, dead: new Uint32Array(dead) };
    }),
    ids: new Uint32Array(recent),
    keys: new Uint8Array(recent * KEY_BYTES),
  };
}

function bytesOfBody({ parts, recent }: Header): number {
  return parts.reduce(
    (sum, { size, dead }) => {
      const { starts, filter, kept, ids } = wordsOfTable(size);
      return sum + 4 * (starts + filter + kept + ids + dead);
    },
    recent * (4 + KEY_BYTES),
  );
}

/** In the file's order. */
function arraysOf({ parts, ids, keys }: ExactImage): ReadonlyArray<Uint32Array | Int32Array | Uint8Array> {
  return [
    ...parts.flatMap(({ table, dead }) => [table.starts, table.filter, table.kept, table.ids, dead]),
    ids,
    keys,
  ];
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array | Int32Array | Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; )
    done += (await file.write(bytes, done, bytes.length - done)).bytesWritten;
}

function headerOf(text: Buffer, path: string): Header {
  let header: unknown;
  try {
    header = JSON.parse(text.toString());
  } catch {
    throw new SnapshotError("altered", path, "its header is not JSON");
  }
  if (!isHeader(header)) throw new SnapshotError("altered", path, "its header lacks a field");
  return header;
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== "object" || value === null) return false;
  const { seed, parts, recent } = value as Record<string, unknown>;
  return (
    isCount(seed) &&
    isCount(recent) &&
    Array.isArray(parts) &&
    parts.every(
      (part: unknown) =>
        typeof part === "object" &&
        part !== null &&
        ["size", "dead"].every((name) => isCount((part as Record<string, unknown>)[name])),
    )
  );
}

/** A count of pairs, whose ids have 32 bits. */
function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= 0xffff_ffff;
}
