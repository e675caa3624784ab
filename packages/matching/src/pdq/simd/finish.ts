import { COEFFICIENTS, cosineTable } from "../coefficients.ts";
import { dihedralHashesOf } from "../dihedral.ts";
import { HASH_BYTES, type PdqSemantics } from "../hash.ts";
import type { PdqOfPicture } from "../plain.ts";
import { SAMPLES } from "../box.ts";
import type { Kernel, Room } from "./kernel.ts";

/** From a grid in the kernel's memory to what PDQ says of it. */
export interface Finish {
  /** Where the grid has to be: 64 by 64 floats. */
  readonly grid: number;
  /**
   * @param doubt how far any coefficient may be from the reference's; 0 for a grid that is the reference's
   * @returns null if with that doubt the hash or the quality might be another
   */
  readonly of: (semantics: PdqSemantics, doubt: number) => Omit<PdqOfPicture, "exact"> | null;
}

/** How far apart two steps may lie when their coefficients are close: a step is a difference of two places in hundredths. */
const STEP_MARGIN = 0.01;

export function finishIn(kernel: Kernel, room: Room): Finish {
  const grid = room.take(SAMPLES * SAMPLES * 4);
  const cosines = room.take(2 * 16 * SAMPLES * 4);
  const half = room.take(16 * SAMPLES * 4);
  const coefficients = room.take(COEFFICIENTS * 4);
  const hash = room.take(HASH_BYTES);
  const table = cosineTable();
  const there = new Float32Array(room.bytes().buffer, cosines, 2 * table.length);
  there.set(table);
  for (let at = 0; at < table.length; at++)
    there[table.length + (at % SAMPLES) * 16 + Math.floor(at / SAMPLES)] = table[at] ?? 0;
  return {
    grid,
    of: (semantics, doubt) => {
      kernel.transform(grid, cosines, half, coefficients);
      const gap = kernel.hashBits(coefficients, hash);
      if (doubt > 0 && gap <= 2 * doubt) return null;
      const steps = kernel.steps(grid, doubt > 0 ? STEP_MARGIN : 0);
      const quality = (sum: number) => Math.min(100, Math.trunc(sum / 90));
      const open = doubt > 0 ? kernel.doubtfulSteps() : 0;
      if (quality(steps - open) !== quality(steps + open)) return null;
      const kept = room.bytes().slice(coefficients, coefficients + COEFFICIENTS * 4);
      return {
        semantics,
        hash: room.bytes().slice(hash, hash + HASH_BYTES),
        quality: quality(steps),
        dihedral: () => dihedralHashesOf(new Float32Array(kept.buffer)),
      };
    },
  };
}
