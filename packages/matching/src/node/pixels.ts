import sharp from "sharp";
import type { Pixels } from "../pdq/pixels.ts";

/** What a decoder may spend. */
export interface DecodingLimits {
  /** A picture of more pixels is refused before any is decoded. */
  readonly maxPixels: number;
}

/**
 * A file's pixels as PDQ's reference sees them: of its full size, as they lie in the file whatever its orientation says, without
 * colour management; of an animation the first frame. Inks become light as Pillow has it, which is what pdqhash is fed by.
 *
 * The decoder is libvips, which hostile files may break: give it files of strangers only in a process that has nothing to lose.
 *
 * @throws Error if the file is not a picture, is damaged, or is larger than the limit
 */
export async function pixelsOf(file: Uint8Array, { maxPixels }: DecodingLimits): Promise<Pixels> {
  const options = { limitInputPixels: maxPixels, ignoreIcc: true, failOn: "error" } as const;
  const picture = sharp(file, options);
  const { space } = await picture.metadata();
  const printed = space === "cmyk";
  const { data, info } = await (printed
    ? picture.pipelineColourspace("cmyk").toColourspace("cmyk")
    : picture.toColourspace("srgb").removeAlpha()
  )
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (printed) return { pixels: lightOfInks(data), width, height, channels: 3 };
  if (channels !== 1 && channels !== 3)
    throw new Error(`the picture has ${channels} channels after decoding: convert it to RGB first`);
  return { pixels: data, width, height, channels };
}

/** Red, green and blue of cyan, magenta, yellow and black. */
function lightOfInks(inks: Uint8Array): Uint8Array {
  const light = new Uint8Array((inks.length / 4) * 3);
  for (let from = 0, to = 0; from < inks.length; from += 4) {
    const paper = 255 - (inks[from + 3] ?? 0);
    for (let ink = 0; ink < 3; ink++)
      light[to++] = paper - Math.round(((inks[from + ink] ?? 0) * paper) / 255);
  }
  return light;
}
