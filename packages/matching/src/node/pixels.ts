import sharp, { type SharpOptions } from "sharp";
import type { Pixels } from "../pdq/pixels.ts";

/** What a decoder may spend. */
export interface DecodingLimits {
  /** A picture of more pixels is refused before any is decoded. */
  readonly maxPixels: number;
}

/** libvips' loaders for the formats that `formatOf` knows; every other one is blocked, whatever a file says that it is. */
const LOADERS = ["Jpeg", "Png", "Webp", "Nsgif", "Tiff", "Heif"].map((name) => `VipsForeignLoad${name}`);

sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({ operation: LOADERS });

/** How every picture is read: as it lies in the file, never shrunk, and refused where the file is damaged. */
export function readingOptions({ maxPixels }: DecodingLimits): SharpOptions {
  return { limitInputPixels: maxPixels, ignoreIcc: true, failOn: "error" };
}

/**
 * A file's pixels as PDQ's reference sees them: of its full size, as they lie in the file whatever its orientation says, without
 * colour management. Inks become light as Pillow has it, which is what pdqhash is fed by.
 *
 * The decoder is libvips, which hostile files may break: give it files of strangers only in a process that has nothing to lose.
 *
 * @param frame of an animation, from 0
 * @throws Error if the file is not a picture, is damaged, or is larger than the limit
 */
export async function pixelsOf(file: Uint8Array, limits: DecodingLimits, frame = 0): Promise<Pixels> {
  const picture = sharp(file, { ...readingOptions(limits), page: frame });
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
