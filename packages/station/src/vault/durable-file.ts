import { createHash, type Hash } from "node:crypto";
import { type FileHandle, link, open, rm, unlink } from "node:fs/promises";
import { grouped } from "../store/index.ts";
import type { StoredObject } from "./object-store.ts";

/** Where an object is written and where it is to lie. */
interface Place {
  name: string;
  /** In the same file system as `path`. */
  temporary: string;
  path: string;
  folder: string;
}

interface SmallObject extends Place {
  parts: readonly Uint8Array[];
}

type Placed = { ok: true; stored: StoredObject } | { ok: false; cause: unknown };

/** The folders of a group are synced once for all of it; no more than these, so that the first does not wait for too many others. */
const LIMITS = { most: 64, atOnce: 2 };

/**
 * "tmp O_EXCL, write, fsync, close, link, fsync(dir)": a failed fsync is never tried again, the file is given up. For an object
 * that is longer than is kept in memory.
 */
export async function durably(place: Place, source: AsyncIterable<Uint8Array>): Promise<StoredObject> {
  const stored = await writeFile(place, async (file, hash) => {
    let size = 0;
    for await (const chunk of source) {
      hash.update(chunk);
      size += chunk.length;
      await file.writeFile(chunk);
    }
    return size;
  });
  await intoPlace(place);
  await syncFolder(place.folder);
  return stored;
}

/**
 * `durably` for objects that are in memory, those of one moment together: each has its own file and its own fsync, which run beside
 * each other, and all of a folder share the folder's.
 */
export function placer(): (object: SmallObject) => Promise<StoredObject> {
  const place = grouped(placeAll, { ...LIMITS, keyOf: () => undefined, isShared: () => true });
  return async (object) => {
    const result = await place(object);
    if (!result.ok) throw result.cause;
    return result.stored;
  };
}

async function placeAll(objects: readonly SmallObject[]): Promise<Placed[]> {
  const results = await Promise.all(objects.map(placeOne));
  const there = objects.filter((_, at) => results[at]?.ok === true);
  try {
    for (const folder of new Set(there.map((object) => object.folder))) await syncFolder(folder);
  } catch (cause) {
    // Whether the entries are on disk is unknown now: nobody hears of these objects.
    for (const { path } of there) await rm(path, { force: true });
    throw cause;
  }
  return results;
}

async function placeOne(object: SmallObject): Promise<Placed> {
  try {
    const stored = await writeFile(object, async (file, hash) => {
      for (const part of object.parts) hash.update(part);
      return await writeParts(file, object.parts);
    });
    await intoPlace(object);
    return { ok: true, stored };
  } catch (cause) {
    return { ok: false, cause };
  }
}

/** In one piece, and without joining them: each write to a file is a trip to another thread. @returns their bytes */
async function writeParts(file: FileHandle, parts: readonly Uint8Array[]): Promise<number> {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const { bytesWritten } = size === 0 ? { bytesWritten: 0 } : await file.writev(parts);
  // A write may stop early, as on a disk that fills up; the next one then says why.
  if (bytesWritten < size) await file.writeFile(Buffer.concat(parts).subarray(bytesWritten));
  return size;
}

/** @param fill writes the object's bytes and hashes them; says how many there are */
async function writeFile(
  { temporary, name }: Place,
  fill: (file: FileHandle, hash: Hash) => Promise<number>,
): Promise<StoredObject> {
  const hash = createHash("sha256");
  let size: number;
  const file = await open(temporary, "wx", 0o600);
  try {
    try {
      size = await fill(file, hash);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
  return { name, size, sha256: hash.digest() };
}

/** Unlike rename, link fails where a file is: an object is never changed. */
async function intoPlace({ temporary, path }: Place): Promise<void> {
  try {
    await link(temporary, path);
  } finally {
    await unlink(temporary);
  }
}

export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/**
 * Reads until the source ends or is longer than `max`.
 * @returns all of it as `parts`, or, when it is longer, all of it as `rest`, which must be read or returned
 */
export async function beginningOf(
  source: AsyncIterable<Uint8Array>,
  max: number,
): Promise<{ parts: Uint8Array[]; rest: AsyncIterable<Uint8Array> | undefined }> {
  const iterator = source[Symbol.asyncIterator]();
  const parts: Uint8Array[] = [];
  for (let size = 0; size <= max; ) {
    const next = await iterator.next();
    if (next.done === true) return { parts, rest: undefined };
    parts.push(next.value);
    size += next.value.length;
  }
  async function* rest(): AsyncGenerator<Uint8Array> {
    try {
      for (let part = parts.shift(); part !== undefined; part = parts.shift()) yield part;
      for (;;) {
        const next = await iterator.next();
        if (next.done === true) return;
        yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  }
  return { parts, rest: rest() };
}
