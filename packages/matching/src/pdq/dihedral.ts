import { type Coefficients, COEFFICIENTS, hashOf } from "./coefficients.ts";
import type { PdqHash } from "./hash.ts";

/**
 * The eight ways to turn and mirror a picture, by the names of the reference: turns are anticlockwise; `flipX` turns the
 * picture upside down, `flipY` is the mirror; `flipPlus1` mirrors in the diagonal from the top left, `flipMinus1` in the other.
 */
export const dihedrals = [
  "original",
  "rotate90",
  "rotate180",
  "rotate270",
  "flipX",
  "flipY",
  "flipPlus1",
  "flipMinus1",
] as const;

export type Dihedral = (typeof dihedrals)[number];

/** The hash that the picture would have, turned and mirrored in each way. */
export type DihedralHashes = Readonly<Record<Dihedral, PdqHash>>;

/** What a turn does to the picture: first rows and columns change places, if they do, then each is read backwards or not. */
interface Turn {
  readonly transposed: boolean;
  readonly upsideDown: boolean;
  readonly mirrored: boolean;
}

const turns: Readonly<Record<Dihedral, Turn>> = {
  original: { transposed: false, upsideDown: false, mirrored: false },
  rotate90: { transposed: true, upsideDown: true, mirrored: false },
  rotate180: { transposed: false, upsideDown: true, mirrored: true },
  rotate270: { transposed: true, upsideDown: false, mirrored: true },
  flipX: { transposed: false, upsideDown: true, mirrored: false },
  flipY: { transposed: false, upsideDown: false, mirrored: true },
  flipPlus1: { transposed: true, upsideDown: false, mirrored: false },
  flipMinus1: { transposed: true, upsideDown: true, mirrored: true },
};

/** All eight hashes of one picture: reading a side backwards changes the sign of its odd cosines, and nothing else. */
export function dihedralHashesOf(coefficients: Coefficients): DihedralHashes {
  const hash = (way: Dihedral) => hashOf(turned(coefficients, way));
  return {
    original: hash("original"),
    rotate90: hash("rotate90"),
    rotate180: hash("rotate180"),
    rotate270: hash("rotate270"),
    flipX: hash("flipX"),
    flipY: hash("flipY"),
    flipPlus1: hash("flipPlus1"),
    flipMinus1: hash("flipMinus1"),
  };
}

/** The coefficients of the picture turned this way. */
export function turned(coefficients: Coefficients, way: Dihedral): Coefficients {
  const { transposed, upsideDown, mirrored } = turns[way];
  return Float32Array.from({ length: COEFFICIENTS }, (_, at) => {
    const [v, u] = [at >> 4, at & 15];
    const value = coefficients[transposed ? u * 16 + v : at] ?? 0;
    // The lowest frequency is the first odd one.
    const signs = (upsideDown && v % 2 === 0 ? 1 : 0) + (mirrored && u % 2 === 0 ? 1 : 0);
    return signs === 1 ? -value : value;
  });
}
