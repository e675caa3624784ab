import { LedgerError } from "../error.ts";
import { emptyRoot, leafHash } from "../merkle/hash.ts";
import { rootOf } from "../merkle/tree.ts";
import { assertLeaf, encodeBundle } from "./bundle.ts";
import { type HashTile, type Tile, TILE_WIDTH, tilePath } from "./path.ts";

/**
 * The right edge of a tree: what its partial tiles hold, and so all that is needed to let it grow.
 * `levels[l]` are the hashes of the partial tile at level l, empty where the tree ends with a full tile.
 */
export interface Edge {
  readonly size: number;
  readonly entries: readonly Uint8Array[];
  readonly levels: readonly (readonly Uint8Array[])[];
}

/** A file to be written: the tile, its path and its bytes. */
export interface TileFile {
  readonly tile: Tile;
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * The tiles that a tree of `to` leaves has and a tree of `from` leaves does not: entry bundles first, then hash tiles
 * from the leaves up, each level from left to right.
 */
export function changedTiles(from: number, to: number): Tile[] {
  const tiles: Tile[] = [];
  for (
    let level = 0, unit = 1;
    Math.floor(to / unit) > Math.floor(from / unit);
    level += 1, unit *= TILE_WIDTH
  ) {
    const before = Math.floor(from / unit);
    const after = Math.floor(to / unit);
    for (let index = Math.floor(before / TILE_WIDTH); index * TILE_WIDTH < after; index += 1) {
      tiles.push({ kind: "hashes", level, index, width: Math.min(TILE_WIDTH, after - index * TILE_WIDTH) });
    }
  }
  const bundles = tiles.flatMap((tile): Tile[] =>
    tile.kind === "hashes" && tile.level === 0
      ? [{ kind: "entries", index: tile.index, width: tile.width }]
      : [],
  );
  return [...bundles, ...tiles];
}

/**
 * The partial hash tiles of a tree of `size` leaves, from the leaves up: "The partial tile at level l for a tree of
 * size s has floor(s / 256**l) mod 256 entries. Empty tiles MUST NOT be served." (C2SP tlog-tiles). The last one
 * is always the top of the tree.
 */
export function edgeTiles(size: number): HashTile[] {
  const tiles: HashTile[] = [];
  for (let level = 0, count = size; count > 0; level += 1, count = Math.floor(count / TILE_WIDTH)) {
    const width = count % TILE_WIDTH;
    if (width > 0) tiles.push({ kind: "hashes", level, index: Math.floor(count / TILE_WIDTH), width });
  }
  return tiles;
}

/**
 * Appends leaves to a tree: the files that make it so and the edge afterwards. Pure and deterministic: the bytes at
 * every path depend on nothing but the leaves before it, however they were batched.
 */
export function grow(edge: Edge, leaves: readonly Uint8Array[]): { files: TileFile[]; edge: Edge } {
  for (const leaf of leaves) assertLeaf(leaf);
  const size = edge.size + leaves.length;
  if (!Number.isSafeInteger(size))
    throw new LedgerError("invalid-argument", "A log holds at most 2^53 - 1 leaves.");
  const entries = [...edge.entries, ...leaves];
  const levels = growLevels(edge.levels, leaves.map(leafHash));

  const files = changedTiles(edge.size, size).map((tile): TileFile => {
    const level = tile.kind === "entries" ? 0 : tile.level;
    // Both lists start at the first slot of the tile that was partial before.
    const start = tile.index * TILE_WIDTH - firstSlot(edge.size, level);
    const bytes =
      tile.kind === "entries"
        ? encodeBundle(entries.slice(start, start + tile.width))
        : new Uint8Array(Buffer.concat((levels[level] ?? []).slice(start, start + tile.width)));
    return { tile, path: tilePath(tile), bytes };
  });

  const kept = (level: number): number => firstSlot(size, level) - firstSlot(edge.size, level);
  return {
    files,
    edge: {
      size,
      entries: entries.slice(kept(0)),
      levels: levels.map((hashes, level) => hashes.slice(kept(level))),
    },
  };
}

/** The root of the tree that ends with this edge. */
export function edgeRoot(edge: Edge): Uint8Array {
  let root: Uint8Array | undefined;
  for (const hashes of edge.levels) {
    // What the levels below left over is the last and incomplete subtree of this level.
    const subtrees = root === undefined ? hashes : [...hashes, root];
    if (subtrees.length > 0) root = rootOf(subtrees);
  }
  return root ?? emptyRoot();
}

/** Every level's old partial hashes and all new ones behind them; a filled tile becomes one hash of the level above. */
function growLevels(levels: Edge["levels"], leafHashes: readonly Uint8Array[]): Uint8Array[][] {
  const grown: Uint8Array[][] = [];
  let added = leafHashes;
  for (let level = 0; level < levels.length || added.length > 0; level += 1) {
    const hashes = [...(levels[level] ?? []), ...added];
    grown.push(hashes);
    const filled: Uint8Array[] = [];
    for (let end = TILE_WIDTH; end <= hashes.length; end += TILE_WIDTH) {
      filled.push(rootOf(hashes.slice(end - TILE_WIDTH, end)));
    }
    added = filled;
  }
  return grown;
}

function firstSlot(size: number, level: number): number {
  const count = Math.floor(size / TILE_WIDTH ** level);
  return count - (count % TILE_WIDTH);
}
