import { hashJpeg, type Workplace } from "../../jpeg/hash-jpeg.ts";
import { SAMPLES } from "../box.ts";
import { gridOf } from "../grid.ts";
import type { PdqSemantics } from "../hash.ts";
import { checkPixels, LEAST_SIDE, lumaOf, type Pixels } from "../pixels.ts";
import { nothingToHash, type Pdq, type PdqOfPicture } from "../plain.ts";
import { gridExactly } from "./exact.ts";
import { finishIn } from "./finish.ts";
import { type Kernel, roomIn } from "./kernel.ts";
import { type Picked, pickedIn } from "./picked.ts";
import { gridByTaps, rememberedTents } from "./taps.ts";

/**
 * How far a coefficient of the short way may be from that of the reference, whose running sums gather rounding along each side.
 * The most that was measured, on photographs, noise and near-white steps from 70 to 6,000 pixels a side, is a sixth of it.
 */
export function doubtOf(width: number, height: number): number {
  return 0.005 + 3e-6 * Math.max(width, height);
}

/** The two ways in which compiled code makes a hash, both bit-exact together; apart for tests and measurement. */
export interface Ways {
  /** Every operation of the reference in its order. */
  readonly exactly: (picture: Pixels, semantics: PdqSemantics) => PdqOfPicture;
  /** Fewer operations; null if a bit might differ from the reference. */
  readonly byTaps: (picture: Pixels, semantics: PdqSemantics) => PdqOfPicture | null;
}

/** PDQ by a compiled kernel: the short way, and the exact one where the short one cannot be sure. */
export function simdPdq(kernel: Kernel): Pdq & Ways {
  const room = roomIn(kernel);
  const finish = finishIn(kernel, room);
  const tents = rememberedTents();
  const ways = waysIn({ kernel, room, finish, tents });
  return {
    engine: "simd",
    ...ways,
    hashPixels: (picture, semantics) => ways.byTaps(picture, semantics) ?? ways.exactly(picture, semantics),
    hashJpeg: (file, semantics) => hashJpeg({ kernel, room, finish, tents }, file, semantics),
  };
}

function waysIn({ kernel, room, finish, tents }: Workplace): Ways {
  /** Hashes a picture that is large enough, with room that is free again afterwards. */
  function hashed<T>(
    picture: Pixels,
    semantics: PdqSemantics,
    make: (picked: Picked) => T,
  ): T | PdqOfPicture {
    checkPixels(picture);
    if (picture.width < LEAST_SIDE || picture.height < LEAST_SIDE) return nothingToHash(semantics);
    const mark = room.mark();
    try {
      return make(pickedIn(kernel, room, picture, semantics));
    } finally {
      room.back(mark);
    }
  }

  return {
    exactly: (picture, semantics) =>
      hashed(picture, semantics, (picked) => {
        if (picked.width === SAMPLES && picked.height === SAMPLES)
          new Float32Array(room.bytes().buffer, finish.grid, SAMPLES * SAMPLES).set(gridOf(lumaOf(picture)));
        else gridExactly(kernel, room, picked, finish.grid);
        const found = finish.of(semantics, 0);
        if (found === null) throw new Error("without doubt there is always a hash");
        return { ...found, exact: true };
      }),
    byTaps: (picture, semantics) =>
      hashed(picture, semantics, (picked) => {
        gridByTaps(kernel, room, picked, tents, finish.grid);
        const found = finish.of(semantics, doubtOf(picked.width, picked.height));
        return found === null ? null : { ...found, exact: true };
      }),
  };
}
