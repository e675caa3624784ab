import { LedgerError } from "../error.ts";
import { leafHash } from "../merkle/hash.ts";
import type { NodeSource } from "../merkle/ranges.ts";
import { rootOf } from "../merkle/tree.ts";
import { sameBytes } from "../bytes.ts";
import { decodeBundle, decodeHashTile } from "./bundle.ts";
import { type Edge, edgeTiles } from "./growth.ts";
import { type Tile, TILE_WIDTH, tilePath } from "./path.ts";
import type { TileStore } from "./store.ts";

/** What a tile holds (hashes or entries), and the file it was read from. */
export interface TileContent {
  readonly path: string;
  readonly items: readonly Uint8Array[];
}

/**
 * Reads a tile. If a partial one is gone, the full one stands in for it: a log "MAY delete any partial tile once the
 * corresponding full tile is ... available" (C2SP tlog-tiles).
 *
 * @throws LedgerError `missing` or `malformed`, naming the path
 */
export async function readTile(store: TileStore, tile: Tile): Promise<TileContent> {
  const candidates = tile.width < TILE_WIDTH ? [tile, { ...tile, width: TILE_WIDTH }] : [tile];
  for (const candidate of candidates) {
    const path = tilePath(candidate);
    const bytes = await store.read(path);
    if (bytes === undefined) continue;
    const decode = tile.kind === "entries" ? decodeBundle : decodeHashTile;
    try {
      return { path, items: decode(bytes, candidate.width).slice(0, tile.width) };
    } catch (cause) {
      if (!(cause instanceof LedgerError)) throw cause;
      throw new LedgerError("malformed", `${path}: ${cause.message}`, { cause });
    }
  }
  throw new LedgerError("missing", `${tilePath(tile)} is not in the store. Run the log's fsck.`);
}

/** Answers hashes of complete subtrees of the first `size` leaves from the tiles of the tree of that size. */
export function tileNodes(store: TileStore, size: number): NodeSource {
  return async ({ height, index }) => {
    const level = Math.floor(height / 8);
    const span = 2 ** (height % 8);
    const first = index * span;
    const tileIndex = Math.floor(first / TILE_WIDTH);
    const count = Math.floor(size / TILE_WIDTH ** level);
    const width = Math.min(TILE_WIDTH, count - tileIndex * TILE_WIDTH);
    const { items } = await readTile(store, { kind: "hashes", level, index: tileIndex, width });
    const start = first - tileIndex * TILE_WIDTH;
    return rootOf(items.slice(start, start + span));
  };
}

/**
 * Reads the right edge of a tree and checks that its entries are those its leaf hashes were made of.
 *
 * @throws LedgerError `missing`, `malformed` or `corrupt`, naming the path
 */
export async function readEdge(store: TileStore, size: number): Promise<Edge> {
  const tiles = edgeTiles(size);
  const contents = await Promise.all(tiles.map((tile) => readTile(store, tile)));
  const levels: (readonly Uint8Array[])[] = Array.from({ length: (tiles.at(-1)?.level ?? -1) + 1 }, () => []);
  for (const [i, tile] of tiles.entries()) levels[tile.level] = contents[i]?.items ?? [];

  const width = size % TILE_WIDTH;
  if (width === 0) return { size, entries: [], levels };
  const bundle = await readTile(store, { kind: "entries", index: Math.floor(size / TILE_WIDTH), width });
  const wrong = firstWrongLeaf(bundle.items, levels[0] ?? []);
  if (wrong !== undefined) {
    throw new LedgerError(
      "corrupt",
      `${bundle.path}: leaf ${size - width + wrong} does not hash to what its tile holds. Run the log's fsck.`,
    );
  }
  return { size, entries: bundle.items, levels };
}

/** The position of the first entry that does not hash to the leaf hash at its position, if there is one. */
export function firstWrongLeaf(
  entries: readonly Uint8Array[],
  leafHashes: readonly Uint8Array[],
): number | undefined {
  const wrong = entries.findIndex((entry, i) => {
    const expected = leafHashes[i];
    return expected === undefined || !sameBytes(leafHash(entry), expected);
  });
  return wrong === -1 ? undefined : wrong;
}
