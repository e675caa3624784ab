import { expectations, pictureOf } from "./reference.ts";
import type { Pdq } from "../plain.ts";
import type { Pixels } from "../pixels.ts";
import { hexOfHash, type PdqSemantics } from "../hash.ts";

/** Numbers from 0 to below 1 that look like chance and are the same each time. */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A part of a picture, with its own pixels. */
export function cropOf(picture: Pixels, left: number, top: number, width: number, height: number): Pixels {
  const { pixels, channels } = picture;
  const cut = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * picture.width + left) * channels;
    cut.set(pixels.subarray(start, start + width * channels), y * width * channels);
  }
  return { pixels: cut, width, height, channels };
}

/** The same picture in other channels: as grey, by its green alone, or with alpha. */
function inChannels(picture: Pixels, channels: 1 | 3 | 4): Pixels {
  const { pixels, width, height } = picture;
  if (channels === picture.channels) return picture;
  const out = new Uint8Array(width * height * channels);
  for (let at = 0; at < width * height; at++)
    for (let channel = 0; channel < channels; channel++)
      out[at * channels + channel] = pixels[at * 3 + (channels === 1 ? 1 : channel)] ?? 0;
  return { pixels: out, width, height, channels };
}

/** What came of comparing two forms of PDQ. */
export interface Agreement {
  readonly compared: number;
  /** Which crop, in what semantics, had another hash, quality or exactness. */
  readonly different: readonly string[];
}

/**
 * Compares two forms of PDQ on random crops of the reference's pictures, of any shape, in all channels and both semantics.
 *
 * @param longest side of a crop
 */
export async function agreeOnCrops(
  one: Pdq,
  other: Pdq,
  count: number,
  seed: number,
  longest: number,
): Promise<Agreement> {
  const pictures: Pixels[] = [];
  for (const { file } of await expectations()) {
    const picture = await pictureOf(file);
    if (picture.channels === 3) pictures.push(picture);
  }
  const chance = chanceOf(seed);
  const upTo = (most: number) => Math.floor(chance() * most);
  const different: string[] = [];
  for (let at = 0; at < count; at++) {
    const picture = pictures[upTo(pictures.length)];
    if (picture === undefined) throw new Error("there are no pictures");
    const [wide, high] = [Math.min(picture.width, longest), Math.min(picture.height, longest)];
    // Small crops are flat more often, and flat ones are where the short way is unsure.
    const [width, height] = [
      5 + Math.floor((wide - 4) * chance() ** 2),
      5 + Math.floor((high - 4) * chance() ** 2),
    ];
    const crop = cropOf(
      picture,
      upTo(picture.width - width + 1),
      upTo(picture.height - height + 1),
      width,
      height,
    );
    const given = inChannels(crop, ([1, 3, 4] as const)[upTo(3)] ?? 3);
    const semantics: PdqSemantics = chance() < 0.7 ? "pdq/full" : "pdq/nn512";
    const told = [one, other].map((pdq) => {
      const { hash, quality, exact } = pdq.hashPixels(given, semantics);
      return `${hexOfHash(hash)} ${quality} ${String(exact)}`;
    });
    if (told[0] !== told[1])
      different.push(`crop ${at}, ${width} x ${height} x ${given.channels}, ${semantics}`);
  }
  return { compared: count, different };
}
