import { SAMPLES } from "../box.ts";
import { type Tent, tentOf } from "../tent.ts";
import type { Kernel, Room } from "./kernel.ts";
import { type Picked, SLACK } from "./picked.ts";

const LUMA: Readonly<Record<number, readonly number[]>> = {
  1: [1],
  3: [0.299, 0.587, 0.114],
  4: [0.299, 0.587, 0.114, 0],
};

/**
 * Makes the grid by one short sum for each of its places: first rows of bytes are added up as they lie, all channels beside
 * each other, then columns and channels together.
 *
 * @param tents of a side, remembered by whoever asks
 */
export function gridByTaps(
  kernel: Kernel,
  room: Room,
  picked: Picked,
  tents: (side: number) => Tent,
  grid: number,
): void {
  const { width, height, channels, rowBytes } = picked;
  const down = tents(height);
  const most = Math.max(...down.weights.map(({ length }) => length));
  const sums = room.take((rowBytes + 2 * SLACK) * 4);
  const band = room.take(most * rowBytes + SLACK);
  const weights = room.take(most * 4);
  const plan = planAcross(room, tents(width), channels);
  for (let place = 0; place < SAMPLES; place++) {
    const start = down.starts[place] ?? 0;
    const shares = down.weights[place] ?? new Float64Array();
    const whole = down.wholes[place] ?? 0;
    picked.bring(start, start + shares.length, band);
    if (whole > 0) {
      const bytes = room.bytes();
      for (let at = 0; at < shares.length; at++) bytes[weights + at] = Math.round((shares[at] ?? 0) * whole);
      kernel.bandOfWholes(band, rowBytes, shares.length, weights, 1 / whole, sums);
    } else {
      new Float32Array(room.bytes().buffer, weights, shares.length).set(shares);
      kernel.bandOfFloats(band, rowBytes, shares.length, weights, sums);
    }
    kernel.sampleBand(sums, plan, grid + place * SAMPLES * 4);
  }
}

/** The sums along a row, for `sampleBand`: the channels' shares of luma are in the weights. */
function planAcross(room: Room, { starts, weights }: Tent, channels: number): number {
  const shares = LUMA[channels] ?? [];
  const vectorsOf = (pixels: number) => Math.ceil((pixels * channels) / 4);
  const vectors = weights.map(({ length }) => vectorsOf(length));
  const plan = room.take(SAMPLES * 12);
  const table = room.take(vectors.reduce((sum, count) => sum + count, 0) * 16);
  const { buffer } = room.bytes();
  const words = new Uint32Array(buffer, plan, SAMPLES * 3);
  let at = table;
  for (const [place, ofPlace] of weights.entries()) {
    const count = vectors[place] ?? 0;
    words.set([(starts[place] ?? 0) * channels * 4, count, at], place * 3);
    const floats = new Float32Array(buffer, at, count * 4);
    floats.fill(0);
    for (let pixel = 0, to = 0; pixel < ofPlace.length; pixel++)
      for (let channel = 0; channel < channels; channel++)
        floats[to++] = (ofPlace[pixel] ?? 0) * (shares[channel] ?? 0);
    at += count * 16;
  }
  return plan;
}

const REMEMBERED = 32;

/** Remembers the tents of the sides that were asked for last. */
export function rememberedTents(): (side: number) => Tent {
  const known = new Map<number, Tent>();
  return (side) => {
    const tent = known.get(side) ?? tentOf(side);
    known.delete(side);
    known.set(side, tent);
    const oldest = known.keys().next();
    if (known.size > REMEMBERED && oldest.done !== true) known.delete(oldest.value);
    return tent;
  };
}
