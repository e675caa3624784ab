import { sameBytes } from "../bytes.ts";
import { LedgerError } from "../error.ts";
import { decodeBundle, decodeHashTile } from "../tiles/bundle.ts";
import type { TileFile } from "../tiles/growth.ts";
import { firstWrongLeaf } from "../tiles/read.ts";
import type { TileStore } from "../tiles/store.ts";

/**
 * Checks, before anything is stored, that every entry hashes to the leaf hash planned for it. One flipped bit in
 * memory between the two has cost a public log of 65 million entries its life (Yeti 2022).
 */
export function checkPlanned(files: readonly TileFile[]): void {
  const leafTiles = new Map<number, TileFile>();
  for (const file of files) {
    if (file.tile.kind === "hashes" && file.tile.level === 0) leafTiles.set(file.tile.index, file);
  }
  for (const { tile, path, bytes } of files) {
    if (tile.kind !== "entries") continue;
    const hashes = decodeHashTile(leafTiles.get(tile.index)?.bytes ?? new Uint8Array(0), tile.width);
    if (firstWrongLeaf(decodeBundle(bytes, tile.width), hashes) !== undefined) {
      throw new LedgerError(
        "corrupt",
        `${path}: an entry does not hash to its leaf hash. Check this machine's memory.`,
      );
    }
  }
}

/**
 * Writes the files in their order (entries, then hashes from the leaves up), reads each back and checks again what
 * was read: a store that answers with other bytes than it was given must not get a signature on top.
 */
export async function writeFiles(store: TileStore, files: readonly TileFile[]): Promise<void> {
  for (const { path, bytes } of files) await store.write(path, bytes);
  const readBack: TileFile[] = [];
  for (const file of files) {
    const bytes = await store.read(file.path);
    if (bytes === undefined || !sameBytes(bytes, file.bytes)) {
      throw new LedgerError(
        "corrupt",
        `${file.path} does not read back as it was written. Check the storage.`,
      );
    }
    readBack.push({ ...file, bytes });
  }
  checkPlanned(readBack);
}
