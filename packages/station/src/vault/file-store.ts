import { randomBytes } from "node:crypto";
import { type FileHandle, mkdir, open, opendir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { StationError } from "../errors.ts";
import { beginningOf, durably, placer, syncFolder } from "./durable-file.ts";
import { assertObjectName, type ObjectStore } from "./object-store.ts";

/** Where objects lie that are still being written. */
const INCOMING = "incoming";
/** The most that is read of an object at a time. */
const PORTION_BYTES = 256 * 1024;
/** An object up to this size is held in memory and made durable together with others of the same moment; a larger one streams. */
const SMALL_BYTES = 1024 * 1024;
/** Objects that go into one folder one after another: those of a moment then share its fsync. */
const NAMES_IN_ONE_FOLDER = 64;

/** Objects as files below `root`, 256 folders wide; half-written ones lie in `root/incoming`. */
export async function openFileStore(root: string): Promise<ObjectStore> {
  const incoming = join(root, INCOMING);
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const pathOf = (name: string) => {
    assertObjectName(name);
    return join(root, name.slice(0, 2), name);
  };
  const placed = placer();
  const ready = new Map<string, Promise<void>>();
  let folder = randomBytes(1);
  let named = 0;
  // Whoever comes into a folder waits until its own entry is on disk, be it new or left by a process that died before it was.
  const ensureFolder = async (name: string) => {
    const folder = join(root, name.slice(0, 2));
    const made = ready.get(folder) ?? makeFolder(folder, root);
    ready.set(folder, made);
    await made.catch((cause: unknown) => {
      ready.delete(folder);
      throw cause;
    });
    return folder;
  };
  return {
    newName() {
      if (named % NAMES_IN_ONE_FOLDER === 0) folder = randomBytes(1);
      named += 1;
      return Buffer.concat([folder, randomBytes(15)]).toString("hex");
    },
    async write(name, source) {
      const path = pathOf(name);
      const place = { name, temporary: join(incoming, name), path, folder: await ensureFolder(name) };
      const beginning = await beginningOf(source, SMALL_BYTES);
      if (beginning.rest === undefined) return await placed({ ...place, parts: beginning.parts });
      return await durably(place, beginning.rest);
    },
    async *read(name) {
      await using file = await openObject(pathOf(name), name);
      const { size } = await file.stat();
      if (size > PORTION_BYTES) {
        for await (const chunk of file.createReadStream({ highWaterMark: PORTION_BYTES }))
          yield chunk as Uint8Array;
        return;
      }
      // Most objects are small: a stream's full portion each time, and another to see the end, would keep the collector busy.
      const whole = Buffer.allocUnsafeSlow(size);
      let filled = 0;
      while (filled < size) {
        const { bytesRead } = await file.read(whole, filled, size - filled, filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      if (filled > 0) yield whole.subarray(0, filled);
    },
    async size(name) {
      return await stat(pathOf(name)).then(
        (found) => found.size,
        () => undefined,
      );
    },
    async remove(name) {
      await rm(pathOf(name), { force: true });
    },
    async shred(name, keyBytes) {
      const path = pathOf(name);
      await overwriteStart(path, keyBytes);
      await rm(path, { force: true });
      await syncFolder(await ensureFolder(name));
    },
    async *list() {
      for await (const folder of await opendir(root)) {
        if (!folder.isDirectory() || folder.name === INCOMING) continue;
        for await (const file of await opendir(join(root, folder.name))) {
          if (!/^[0-9a-f]{32}$/.test(file.name)) continue;
          const found = await stat(join(root, folder.name, file.name)).catch(() => undefined);
          if (found !== undefined) yield { name: file.name, modifiedAt: found.mtimeMs };
        }
      }
    },
    async removeUnfinished(before) {
      let removed = 0;
      for await (const file of await opendir(incoming)) {
        const path = join(incoming, file.name);
        const found = await stat(path).catch(() => undefined);
        if (found === undefined || found.mtimeMs >= before) continue;
        await rm(path, { force: true });
        removed += 1;
      }
      return removed;
    },
  };
}

async function makeFolder(folder: string, root: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await syncFolder(root);
}

/** Writes random bytes over the beginning of a file, and has them on disk. A file that is not there is left alone. */
async function overwriteStart(path: string, most: number): Promise<void> {
  const file = await open(path, "r+").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "ENOENT") throw cause;
    return undefined;
  });
  if (file === undefined) return;
  try {
    const { size } = await file.stat();
    const noise = randomBytes(Math.min(size, most));
    let written = 0;
    while (written < noise.length)
      written += (await file.write(noise, written, noise.length - written, written)).bytesWritten;
    await file.sync();
  } finally {
    await file.close();
  }
}

async function openObject(path: string, name: string): Promise<FileHandle> {
  return await open(path, "r").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== "ENOENT") throw cause;
    throw new StationError("vault.missing", `The vault has no object ${name}.`, {
      audience: "operator",
      cause,
    });
  });
}
