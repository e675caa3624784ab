import { createHash } from "node:crypto";
import { type FileHandle, link, mkdir, open, opendir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { StationError } from "../errors.ts";
import { assertObjectName, type ObjectStore, type StoredObject } from "./object-store.ts";

/** The most that is held of an object at a time. */
const PORTION_BYTES = 256 * 1024;

/** Objects as files below `root`, 256 folders wide; half-written ones lie in `root/incoming`. */
export async function openFileStore(root: string): Promise<ObjectStore> {
  const incoming = join(root, "incoming");
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  const pathOf = (name: string) => {
    assertObjectName(name);
    return join(root, name.slice(0, 2), name);
  };
  const known = new Set<string>();
  const ensureFolder = async (name: string) => {
    const folder = join(root, name.slice(0, 2));
    if (known.has(folder)) return folder;
    if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(root);
    known.add(folder);
    return folder;
  };
  return {
    async write(name, source) {
      const path = pathOf(name);
      const folder = await ensureFolder(name);
      const temporary = join(incoming, name);
      const stored = await writeDurably(temporary, name, source);
      // Unlike rename, link fails where a file is: an object is never changed.
      try {
        await link(temporary, path);
      } finally {
        await rm(temporary, { force: true });
      }
      await syncFolder(folder);
      return stored;
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
    async *list() {
      for await (const folder of await opendir(root)) {
        if (!folder.isDirectory()) continue;
        for await (const file of await opendir(join(root, folder.name))) {
          if (!/^[0-9a-f]{32}$/.test(file.name)) continue;
          const found = await stat(join(root, folder.name, file.name)).catch(() => undefined);
          if (found !== undefined) yield { name: file.name, modifiedAt: found.mtimeMs };
        }
      }
    },
  };
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

/** "tmp O_EXCL, write, fsync, close, link, fsync(dir)": a failed fsync is never tried again, the file is given up. */
async function writeDurably(
  path: string,
  name: string,
  source: AsyncIterable<Uint8Array>,
): Promise<StoredObject> {
  const hash = createHash("sha256");
  let size = 0;
  const file = await open(path, "wx", 0o600);
  try {
    try {
      for await (const chunk of source) {
        hash.update(chunk);
        size += chunk.length;
        await file.writeFile(chunk);
      }
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (cause) {
    await rm(path, { force: true });
    throw cause;
  }
  return { name, size, sha256: hash.digest() };
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
