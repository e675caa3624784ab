import { fromDecimal } from "../bytes.ts";
import { LedgerError } from "../error.ts";

/** Hashes in a full tile, and entries in a full bundle: a tile is a subtree of height 8 (C2SP tlog-tiles). */
export const TILE_WIDTH = 256;

/** Where the signed head of the log lies: the only thing in a store that is ever replaced. */
export const CHECKPOINT_PATH = "checkpoint";

/** Hashes number `index * 256` and on, `width` of them (1 to 256), of subtrees of 256^level leaves. */
export interface HashTile {
  readonly kind: "hashes";
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** Entries number `index * 256` and on, `width` of them (1 to 256). */
export interface EntryBundle {
  readonly kind: "entries";
  readonly index: number;
  readonly width: number;
}

export type Tile = HashTile | EntryBundle;

/** A place in a store: the checkpoint, which is replaced, or a tile, which never changes once written. */
export type StorePath = { readonly kind: "checkpoint" } | Tile;

const MAX_LEVEL = 63;
// "<W> ... a decimal ASCII integer between 1 and 255, with no additional leading zeroes."
const TILE_PATH = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/){0,5}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/;

/** The path of a tile relative to the log's prefix, such as `tile/0/x001/x234/067` or `tile/entries/000.p/5`. */
export function tilePath(tile: Tile): string {
  const level = tile.kind === "entries" ? "entries" : String(tile.level);
  const partial = tile.width < TILE_WIDTH ? `.p/${tile.width}` : "";
  return `tile/${level}/${indexPath(tile.index)}${partial}`;
}

/**
 * Reads a store path. Every store driver calls this first: what passes cannot leave the store's folder, and there is
 * exactly one spelling of each place.
 *
 * @throws LedgerError `invalid-argument` for anything but `checkpoint` and the canonical path of a tile
 */
export function parseStorePath(path: string): StorePath {
  if (path === CHECKPOINT_PATH) return { kind: "checkpoint" };
  const tile = parseTilePath(path);
  if (tile === undefined) {
    // The path may come from a request: quote it, cut it, and let no control character through to a terminal.
    throw new LedgerError(
      "invalid-argument",
      `${JSON.stringify(path.slice(0, 100))} is no place in a log: expected "checkpoint" or a C2SP tile path.`,
    );
  }
  return tile;
}

function parseTilePath(path: string): Tile | undefined {
  const match = TILE_PATH.exec(path);
  if (match === null) return undefined;
  const [, levelText = "", indexText = "", widthText] = match;
  const index = fromDecimal(indexText.replaceAll(/[x/]/g, "").replace(/^0+(?=[0-9])/, ""));
  const width = widthText === undefined ? TILE_WIDTH : Number(widthText);
  const level = levelText === "entries" ? 0 : Number(levelText);
  if (index === undefined || level > MAX_LEVEL) return undefined;
  const tile: Tile =
    levelText === "entries" ? { kind: "entries", index, width } : { kind: "hashes", level, index, width };
  // Refuses what the pattern lets pass: leading zeroes in level and index, and partial widths of 256 and more.
  return tilePath(tile) === path ? tile : undefined;
}

/** "encoded into zero-padded 3-digit path elements. All but the last path element MUST begin with an x." */
function indexPath(index: number): string {
  let path = String(index % 1000).padStart(3, "0");
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    path = `x${String(rest % 1000).padStart(3, "0")}/${path}`;
  }
  return path;
}
