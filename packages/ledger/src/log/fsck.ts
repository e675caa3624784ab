import { sameBytes } from "../bytes.ts";
import { LedgerError } from "../error.ts";
import { leafHash } from "../merkle/hash.ts";
import { rootOf } from "../merkle/tree.ts";
import type { SignedCheckpoint } from "../note/checkpoint.ts";
import type { Verifier } from "../note/keys.ts";
import { edgeRoot, edgeTiles } from "../tiles/growth.ts";
import { CHECKPOINT_PATH, type HashTile, type Tile, TILE_WIDTH, tilePath } from "../tiles/path.ts";
import { readTile } from "../tiles/read.ts";
import type { TileStore } from "../tiles/store.ts";
import { readCheckpoint } from "./reader.ts";

/** Two places that should agree and do not, or one that cannot be read. */
export interface Disagreement {
  readonly problem: "missing" | "malformed" | "unverified" | "differs";
  /** The file that is contradicted. */
  readonly path: string;
  /** For an entry, its index in the log; for a hash, its position in the tile; for a whole file, absent. */
  readonly index?: number;
  /** The file that contradicts it. */
  readonly against?: string;
  readonly message: string;
}

export interface FsckProgress {
  /** Entries hashed so far. */
  readonly entries: number;
  /** Entries the checkpoint covers. */
  readonly size: number;
}

export interface FsckResult {
  /** Absent if it could not be read and verified; then nothing else was looked at. */
  readonly checkpoint?: SignedCheckpoint;
  readonly entries: number;
  /** Hash tiles and bundles that were read. */
  readonly files: number;
  /** Empty if the whole log agrees with its checkpoint. */
  readonly disagreements: readonly Disagreement[];
}

/**
 * Hashes everything from the entry bundles up to the signed checkpoint and names each disagreement. Each file is
 * compared with the file above it, as stored: one flipped bit in an entry is one disagreement, and a flipped bit in a
 * tile shows against the file below and the file above. What it cannot show is a log rolled back or signed anew as a
 * whole: compare the checkpoint with one that somebody else kept, by a consistency proof.
 */
export async function fsck(
  store: TileStore,
  verifier: Verifier,
  onProgress: (progress: FsckProgress) => void = () => {},
): Promise<FsckResult> {
  const disagreements: Disagreement[] = [];
  const counts = { entries: 0, files: 0 };

  let checkpoint: SignedCheckpoint;
  try {
    checkpoint = await readCheckpoint(store, verifier);
  } catch (error) {
    return { ...counts, disagreements: [unreadable(error, CHECKPOINT_PATH)] };
  }
  const { size, root } = checkpoint;

  async function load(tile: Tile): Promise<{ path: string; items: readonly Uint8Array[] } | undefined> {
    try {
      const content = await readTile(store, tile);
      counts.files += 1;
      return content;
    } catch (error) {
      disagreements.push(unreadable(error, tilePath(tile)));
      return undefined;
    }
  }

  /** Checks a tile against all below it and answers its hashes: as stored, or, where it is unreadable, from below. */
  async function checkTile(tile: HashTile): Promise<readonly (Uint8Array | undefined)[]> {
    const stored = await load(tile);
    const below = tile.level === 0 ? await checkEntries(tile) : await checkChildren(tile);
    if (stored === undefined) return below.hashes;
    for (const [i, hash] of below.hashes.entries()) {
      if (hash === undefined || sameBytes(hash, stored.items[i]!)) continue;
      disagreements.push(
        tile.level === 0
          ? differs(
              below.pathOf(i),
              tile.index * TILE_WIDTH + i,
              stored.path,
              "this entry does not hash to its leaf hash",
            )
          : differs(stored.path, i, below.pathOf(i), "this hash is not the root of the tile below it"),
      );
    }
    return stored.items;
  }

  async function checkEntries(tile: HashTile) {
    const bundle: Tile = { kind: "entries", index: tile.index, width: tile.width };
    const content = await load(bundle);
    const hashes = content?.items.map(leafHash) ?? [];
    counts.entries += hashes.length;
    onProgress({ entries: counts.entries, size });
    return { hashes: padded(hashes, tile.width), pathOf: () => content?.path ?? tilePath(bundle) };
  }

  async function checkChildren(tile: HashTile) {
    const child = (i: number): HashTile => ({
      kind: "hashes",
      level: tile.level - 1,
      index: tile.index * TILE_WIDTH + i,
      width: TILE_WIDTH,
    });
    const hashes: (Uint8Array | undefined)[] = [];
    for (let i = 0; i < tile.width; i += 1) hashes.push(whole(await checkTile(child(i))));
    return { hashes, pathOf: (i: number) => tilePath(child(i)) };
  }

  const edge = edgeTiles(size);
  const levels: Uint8Array[][] = Array.from({ length: (edge.at(-1)?.level ?? -1) + 1 }, () => []);
  let complete = true;
  // From the top down, which is from the first leaf to the last.
  for (const tile of edge.toReversed()) {
    const hashes = await checkTile(tile);
    const known = hashes.filter((hash) => hash !== undefined);
    complete &&= known.length === tile.width;
    levels[tile.level] = known;
  }
  if (complete && !sameBytes(edgeRoot({ size, entries: [], levels }), root)) {
    const tiles = edge.map(tilePath).join(", ") || "the empty tree";
    disagreements.push({
      problem: "differs",
      path: CHECKPOINT_PATH,
      against: tiles,
      message: `${CHECKPOINT_PATH}: the signed root is not the root of ${tiles}.`,
    });
  }
  return { checkpoint, ...counts, disagreements };
}

function whole(hashes: readonly (Uint8Array | undefined)[]): Uint8Array | undefined {
  const known = hashes.filter((hash) => hash !== undefined);
  return known.length === hashes.length ? rootOf(known) : undefined;
}

function padded(hashes: readonly Uint8Array[], width: number): (Uint8Array | undefined)[] {
  return Array.from({ length: width }, (_, i) => hashes[i]);
}

function differs(path: string, index: number, against: string, what: string): Disagreement {
  return { problem: "differs", path, index, against, message: `${path} at ${index}: ${what} (${against}).` };
}

function unreadable(error: unknown, path: string): Disagreement {
  // A store that fails is not a log that disagrees: the caller must hear that nothing was found out.
  if (!(error instanceof LedgerError)) throw error;
  const { code, message } = error;
  return { problem: code === "missing" || code === "unverified" ? code : "malformed", path, message };
}
