import { SAMPLES } from "../pdq/box.ts";
import type { PdqSemantics } from "../pdq/hash.ts";
import { NEAREST_SIDE, nearest } from "../pdq/pixels.ts";
import type { Tent } from "../pdq/tent.ts";

/**
 * What each of the eight cosines of a block adds to the places of a side. Smoothing and sampling are sums, and so is the transform
 * of a block: together they are one table, and pixels need not be made.
 */
export interface Waves {
  /** The first of the four places that each block touches. */
  readonly firsts: Uint32Array;
  /** For each block, for each cosine, its share in the four places. */
  readonly shares: Float32Array;
}

const PLACES = 4;
const cosines = Float64Array.from({ length: 64 }, (_, at) => {
  const [pixel, wave] = [at >> 3, at & 7];
  return (wave === 0 ? Math.SQRT1_2 / 2 : 0.5) * Math.cos(((2 * pixel + 1) * wave * Math.PI) / 16);
});

/**
 * @param side pixels of this side
 * @param other pixels of the other, which decides with it whether the C++ tool would pick pixels
 * @param blocks how many blocks the file has along it, those behind its end included
 * @returns null if a block touches more than four places
 */
export function wavesOf(
  semantics: PdqSemantics,
  side: number,
  other: number,
  blocks: number,
  tents: (side: number) => Tent,
): Waves | null {
  const picks = semantics === "pdq/nn512" && Math.max(side, other) > NEAREST_SIDE;
  const { starts, weights } = tents(picks ? NEAREST_SIDE : side);
  const firsts = new Uint32Array(blocks);
  const shares = new Float32Array(blocks * 8 * PLACES);
  let reached = -1;
  for (let place = 0; place < SAMPLES; place++) {
    const start = starts[place] ?? 0;
    for (const [at, weight] of (weights[place] ?? new Float64Array()).entries()) {
      const pixel = picks ? nearest(start + at, side) : start + at;
      const block = pixel >> 3;
      if (block > reached) {
        firsts[block] = place;
        reached = block;
      }
      const nth = place - (firsts[block] ?? 0);
      if (nth >= PLACES) return null;
      for (let wave = 0; wave < 8; wave++) {
        const to = (block * 8 + wave) * PLACES + nth;
        shares[to] = (shares[to] ?? 0) + weight * (cosines[(pixel & 7) * 8 + wave] ?? 0);
      }
    }
  }
  return { firsts, shares };
}
