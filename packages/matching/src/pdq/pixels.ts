/**
 * A decoded picture: rows from the top, without padding, one byte a channel. One channel is luma; three are red, green and
 * blue; a fourth is alpha, which PDQ leaves out of account (a transparent pixel counts with the colour that it hides), as
 * pdqhash does.
 */
export interface Pixels {
  readonly pixels: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
}

/** A side below this has no hash: the reference gives all zeroes with quality 0. */
export const LEAST_SIDE = 5;

/** No picture of more pixels is hashed: what asks for more is an attack or a mistake. */
export const MOST_PIXELS = 1_000_000_000;

/** A picture whose pixels do not fit its size. */
export class PixelsError extends RangeError {
  readonly code = "pixels_do_not_fit";
}

/** @throws PixelsError if size, channels and bytes do not belong together */
export function checkPixels({ pixels, width, height, channels }: Pixels): void {
  const sides = [width, height].every((side) => Number.isInteger(side) && side > 0);
  if (!sides || width * height > MOST_PIXELS)
    throw new PixelsError(
      `a picture is 1 to ${MOST_PIXELS} pixels, not ${width} x ${height}: check the decoder`,
    );
  if (channels !== 1 && channels !== 3 && channels !== 4)
    throw new PixelsError(`a picture has 1, 3 or 4 channels, not ${String(channels)}: convert it to RGB`);
  if (pixels.length !== width * height * channels)
    throw new PixelsError(
      `${width} x ${height} x ${channels} pixels are ${width * height * channels} bytes, not ${pixels.length}`,
    );
}

/** A picture as luma, row by row. */
export interface LumaRows {
  readonly width: number;
  readonly height: number;
  /** Writes row `y`, 0 to 255, into the first `width` places. */
  readonly row: (y: number, into: Float32Array) => void;
}

// Rec. 601, in the float precision of the reference; each product and each sum is rounded to it.
const RED = Math.fround(0.299);
const GREEN = Math.fround(0.587);
const BLUE = Math.fround(0.114);

/** Every pixel of the picture as luma. */
export function lumaOf({ pixels, width, height, channels }: Pixels): LumaRows {
  const columns = Uint32Array.from({ length: width }, (_, x) => x * channels);
  return { width, height, row: (y, into) => fill(pixels, y * width * channels, columns, channels > 1, into) };
}

/** The longer side of what the C++ tool hashes. */
export const NEAREST_SIDE = 512;

/** Which of `side` pixels stands at place `at` of the grid of 512. */
export function nearest(at: number, side: number): number {
  return Math.floor((at * side) / NEAREST_SIDE);
}

/**
 * The picture as the C++ tool sees it: if a side is longer than 512, the nearest pixels of a grid of 512 by 512, whatever
 * the shape (CImg's `resize(512, 512)`); otherwise all of it.
 */
export function nearestLumaOf(picture: Pixels): LumaRows {
  const { pixels, width, height, channels } = picture;
  if (width <= NEAREST_SIDE && height <= NEAREST_SIDE) return lumaOf(picture);
  const columns = Uint32Array.from({ length: NEAREST_SIDE }, (_, x) => nearest(x, width) * channels);
  return {
    width: NEAREST_SIDE,
    height: NEAREST_SIDE,
    row: (y, into) => fill(pixels, nearest(y, height) * width * channels, columns, channels > 1, into),
  };
}

function fill(
  pixels: Uint8Array,
  start: number,
  columns: Uint32Array,
  coloured: boolean,
  into: Float32Array,
): void {
  for (let x = 0; x < columns.length; x++) {
    const at = start + (columns[x] ?? 0);
    into[x] = coloured
      ? Math.fround(
          Math.fround(Math.fround(RED * (pixels[at] ?? 0)) + Math.fround(GREEN * (pixels[at + 1] ?? 0))) +
            Math.fround(BLUE * (pixels[at + 2] ?? 0)),
        )
      : (pixels[at] ?? 0);
  }
}
