/** One picture of a stream: red, green and blue, a byte each, row by row from the top. */
export interface RgbPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** The stream is not what ffmpeg's `ppm` encoder writes, or a picture in it is larger than allowed. */
export class PpmError extends Error {
  override readonly name = "PpmError";
}

/** `P6`, width, height and 255 in at most this many bytes. */
const LONGEST_HEAD = 32;
const HEAD = /^P6\n(\d{1,6}) (\d{1,6})\n255\n/;

/**
 * The pictures of a stream of binary PPM files, one after the other, as they come (netpbm's ppm(5), in the one form that
 * ffmpeg writes).
 *
 * @param maxPixels of one picture
 * @throws PpmError
 */
export async function* ppmPictures(
  stream: AsyncIterable<Uint8Array>,
  maxPixels: number,
): AsyncGenerator<RgbPicture> {
  let picture: { width: number; height: number; pixels: Uint8Array; have: number } | null = null;
  let rest: Uint8Array = new Uint8Array(0);
  for await (const chunk of stream) {
    rest = rest.length === 0 ? chunk : joined(rest, chunk);
    while (rest.length > 0) {
      if (picture === null) {
        const head = headOf(rest, maxPixels);
        if (head === null) break;
        rest = rest.subarray(head.length);
        picture = { ...head, pixels: new Uint8Array(3 * head.width * head.height), have: 0 };
      }
      const part: Uint8Array = rest.subarray(0, picture.pixels.length - picture.have);
      picture.pixels.set(part, picture.have);
      picture.have += part.length;
      rest = rest.subarray(part.length);
      if (picture.have < picture.pixels.length) break;
      yield { width: picture.width, height: picture.height, pixels: picture.pixels };
      picture = null;
    }
  }
  if (picture !== null || rest.length > 0) throw new PpmError("the stream of pictures ends within a picture");
}

function headOf(
  bytes: Uint8Array,
  maxPixels: number,
): { width: number; height: number; length: number } | null {
  const text = String.fromCharCode(...bytes.subarray(0, LONGEST_HEAD));
  const [head, width, height] = HEAD.exec(text) ?? [];
  if (head === undefined) {
    if (bytes.length >= LONGEST_HEAD)
      throw new PpmError("a picture of the stream does not begin as a PPM file does");
    return null;
  }
  const size = { width: Number(width), height: Number(height), length: head.length };
  const pixels = size.width * size.height;
  if (pixels === 0 || pixels > maxPixels)
    throw new PpmError(`a picture of the stream has ${pixels} pixels; 1 to ${maxPixels} are read`);
  return size;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
