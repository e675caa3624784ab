import { randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LedgerError, parseStorePath, type TileStore } from "@fairlead/ledger";

/** A log's tiles as files that any web server could hand out as they are. */
export async function openTileFiles(root: string): Promise<TileStore> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  return {
    async read(path) {
      parseStorePath(path);
      return await readFile(join(root, path)).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === "ENOENT" || cause.code === "ENOTDIR") return undefined;
        throw cause;
      });
    },
    async write(path, bytes) {
      const place = parseStorePath(path);
      const target = join(root, path);
      const folder = dirname(target);
      const made = await mkdir(folder, { recursive: true, mode: 0o700 });
      const temporary = join(root, `.${randomUUID()}.tmp`);
      await writeSynced(temporary, bytes);
      try {
        if (place.kind === "checkpoint") await rename(temporary, target);
        else await placeOnce(temporary, target, bytes, path);
      } finally {
        await rm(temporary, { force: true });
      }
      // A new folder's own entry must survive too, up to the root of the log.
      for (let at = folder; ; at = dirname(at)) {
        await syncFolder(at);
        if (made === undefined || at === root || at.length <= root.length) break;
      }
    },
  };
}

/** Everything under tile/ is immutable: `link` fails where a file is, so two writers can never both succeed. */
async function placeOnce(temporary: string, target: string, bytes: Uint8Array, path: string): Promise<void> {
  try {
    await link(temporary, target);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    const present = await readFile(target);
    if (!present.equals(bytes))
      throw new LedgerError(
        "conflict",
        `${path} is there already with other bytes; a tile is never changed.`,
      );
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
