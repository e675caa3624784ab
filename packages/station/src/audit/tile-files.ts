import { randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LedgerError, parseStorePath, type TileStore } from "@fairlead/ledger";

/** Names under which files are written before they have their own. */
const UNFINISHED = /^\.[0-9a-f-]{36}\.tmp$/;

/** A log's tiles as files that any web server could hand out as they are. */
export async function openTileFiles(root: string): Promise<TileStore> {
  await mkdir(root, { recursive: true, mode: 0o700 });
  /** Folders of which this process has seen that their own entries are on disk. */
  const known = new Set<string>();
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
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const temporary = join(root, `.${randomUUID()}.tmp`);
      await writeSynced(temporary, bytes);
      try {
        if (place.kind === "checkpoint") await rename(temporary, target);
        else await placeOnce(temporary, target, bytes, path);
      } finally {
        await rm(temporary, { force: true });
      }
      // A folder's own entry must survive too, up to the root of the log, be it new or left by a process that died before it was synced.
      const entered: string[] = [];
      for (let at = folder; ; at = dirname(at)) {
        await syncFolder(at);
        entered.push(at);
        if (known.has(at) || at === root || at.length <= root.length) break;
      }
      for (const one of entered) known.add(one);
    },
  };
}

/**
 * Removes what a process left that died between making a file and giving it its name.
 * @param before untouched since then (epoch ms): a younger one may be another process's that is at work
 * @returns how many there were
 */
export async function removeUnfinishedTiles(root: string, before: number): Promise<number> {
  let removed = 0;
  for (const name of await readdir(root)) {
    if (!UNFINISHED.test(name)) continue;
    const found = await stat(join(root, name)).catch(() => undefined);
    if (found === undefined || found.mtimeMs >= before) continue;
    await rm(join(root, name), { force: true });
    removed += 1;
  }
  return removed;
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
