import { leadOf, SAMPLES, samplesOf, windowOf } from "./box.ts";

/**
 * The two box passes along a side as what they are together: each of the 64 sampled places is a short sum of neighbours, with
 * weights that rise and fall like a tent. The same numbers as the passes give, but for the last bits of their floats.
 */
export interface Tent {
  /** Where the neighbours of each place begin. */
  readonly starts: Int32Array;
  readonly weights: readonly Float64Array[];
  /** For a place whose windows are whole: the weights times this are whole numbers. Otherwise 0. */
  readonly wholes: Int32Array;
}

/** @param side pixels, at least 1 */
export function tentOf(side: number): Tent {
  const window = windowOf(side);
  const lead = leadOf(window);
  const starts = new Int32Array(SAMPLES);
  const wholes = new Int32Array(SAMPLES);
  const firstOf = (at: number) => Math.max(0, at + lead - window);
  const lastOf = (at: number) => Math.min(side - 1, at + lead - 1);
  const weights = Array.from(samplesOf(side), (place, index) => {
    const [first, last] = [firstOf(place), lastOf(place)];
    const start = firstOf(first);
    const changes = new Float64Array(lastOf(last) - start + 2);
    const across = last - first + 1;
    let whole = across === window;
    for (let at = first; at <= last; at++) {
      const inside = lastOf(at) - firstOf(at) + 1;
      whole &&= inside === window;
      const share = window / inside;
      add(changes, firstOf(at) - start, share);
      add(changes, lastOf(at) - start + 1, -share);
    }
    starts[index] = start;
    wholes[index] = whole ? window * window : 0;
    const shares = new Float64Array(changes.length - 1);
    for (let at = 0, share = 0; at < shares.length; at++) {
      share += changes[at] ?? 0;
      shares[at] = share / (window * across);
    }
    return shares;
  });
  return { starts, weights, wholes };
}

function add(numbers: Float64Array, at: number, number: number): void {
  numbers[at] = (numbers[at] ?? 0) + number;
}
