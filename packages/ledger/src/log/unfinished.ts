import { sameBytes } from "../bytes.ts";
import { LedgerError } from "../error.ts";
import { type Tile, TILE_WIDTH, tilePath } from "../tiles/path.ts";
import { readTile } from "../tiles/read.ts";
import type { TileStore } from "../tiles/store.ts";

/**
 * Finds the leaves that were written behind the first `size` ones: what an append leaves that was cut off before its
 * checkpoint. Bundles are written first and in order, so the widest bundle of each tile holds them all. A store lists
 * nothing, so all 256 widths are asked for; that happens once, when a log is opened.
 */
export async function readUnfinished(store: TileStore, size: number): Promise<Uint8Array[]> {
  const leaves: Uint8Array[] = [];
  for (let index = Math.floor(size / TILE_WIDTH), known = size % TILE_WIDTH; ; index += 1, known = 0) {
    const entries = await widestBundle(store, index, known + 1);
    leaves.push(...entries.slice(known));
    if (entries.length < TILE_WIDTH) return leaves;
  }
}

/**
 * Throws `conflict` unless the leaves to be appended at `size` go on as an earlier attempt did.
 */
export function assertContinues(
  leaves: readonly Uint8Array[],
  unfinished: readonly Uint8Array[],
  size: number,
): void {
  for (const [i, earlier] of unfinished.slice(0, leaves.length).entries()) {
    const leaf = leaves[i];
    if (leaf !== undefined && sameBytes(leaf, earlier)) continue;
    throw new LedgerError(
      "conflict",
      `An earlier append that was cut off wrote another leaf ${size + i}, and a checkpoint over it may have been signed. ` +
        "Append the same leaves in the same order first; the log answers them as unfinished.",
    );
  }
}

async function widestBundle(
  store: TileStore,
  index: number,
  fromWidth: number,
): Promise<readonly Uint8Array[]> {
  const bundles = Array.from(
    { length: TILE_WIDTH + 1 - fromWidth },
    (_, i): Tile => ({ kind: "entries", index, width: fromWidth + i }),
  );
  const present = await Promise.all(
    bundles.map(async (tile) => (await store.read(tilePath(tile))) !== undefined),
  );
  const widest = bundles.findLast((_, i) => present[i]);
  return widest === undefined ? [] : (await readTile(store, widest)).items;
}
