import sharp from "sharp";
import type { PictureFormat } from "../media/format.ts";
import { type Refusal, refusal } from "../media/refusal.ts";
import type { Pixels } from "../pdq/pixels.ts";
import { type DecodingLimits, pixelsOf, readingOptions } from "./pixels.ts";

export interface DecodedFrame {
  /** Its number in the file, from 0. */
  readonly frame: number;
  readonly picture: Pixels;
}

export interface DecodedPicture {
  readonly kind: "decoded";
  /** How many frames the file has. */
  readonly frames: number;
  /** Those that are looked at, decoded one at a time as they are asked for; a file that breaks off there throws. */
  readonly taken: AsyncIterable<DecodedFrame>;
}

/** Of a picture with many frames so many are looked at, evenly spread with the first and the last among them. */
const MOST_FRAMES = 32;

sharp.cache(false);
sharp.concurrency(1);

/** Reads a picture's head, and offers its frames. */
export async function decodePicture(
  file: Uint8Array,
  format: PictureFormat,
  limits: DecodingLimits,
): Promise<DecodedPicture | Refusal> {
  try {
    const { pages = 1 } = await sharp(file, readingOptions(limits)).metadata();
    return { kind: "decoded", frames: pages, taken: framesOf(file, limits, spread(pages)) };
  } catch (error) {
    return asRefusal(error, format, limits);
  }
}

async function* framesOf(
  file: Uint8Array,
  limits: DecodingLimits,
  frames: readonly number[],
): AsyncGenerator<DecodedFrame> {
  for (const frame of frames) yield { frame, picture: await pixelsOf(file, limits, frame) };
}

/** Numbers of frames, ascending. */
function spread(frames: number): readonly number[] {
  if (frames <= MOST_FRAMES) return Array.from({ length: frames }, (_, at) => at);
  return Array.from({ length: MOST_FRAMES }, (_, at) => Math.round((at * (frames - 1)) / (MOST_FRAMES - 1)));
}

/** What libvips says when it does not decode, in our words. */
export function asRefusal(error: unknown, format: PictureFormat, { maxPixels }: DecodingLimits): Refusal {
  const said = error instanceof Error ? error.message : "unknown";
  if (/pixel limit/i.test(said))
    return refusal("media.too-many-pixels", `It has more than the ${maxPixels} pixels that are decoded.`);
  return refusal("media.broken", `It begins as ${format} and cannot be decoded (${said.split("\n", 1)[0]}).`);
}
