import sharp, { type Sharp } from "sharp";
import type { Photograph } from "@fairlead/simulator";

/** A picture as it was first posted: a JPEG, with its pixels as they are in that file. */
export interface Original {
  readonly name: string;
  readonly file: Buffer;
  readonly photograph: Photograph;
}

/** What cameras and shops write beside a picture; a platform that takes it away changes the file and no pixel. */
const BESIDE = { IFD0: { ImageDescription: "Kites over a hill", Software: "Example Camera 1.0" } };

/** Makes the file from pixels. */
export async function originalOf(name: string, drawn: Photograph): Promise<Original> {
  const file = await pictureOf(drawn).withExif(BESIDE).jpeg({ quality: 92 }).toBuffer();
  return { name, file, photograph: await pixelsIn(file) };
}

/** Pixels as a picture that can be changed. */
export function pictureOf({ pixels, width, height }: Photograph): Sharp {
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** The pixels of a picture of one's own, at most this long and wide: never of a stranger's, which is decoded in confinement. */
export async function pixelsIn(file: Uint8Array, longest?: number): Promise<Photograph> {
  const picture = sharp(file).rotate().toColourspace("srgb").removeAlpha();
  const sized =
    longest === undefined
      ? picture
      : picture.resize(longest, longest, { fit: "inside", withoutEnlargement: true });
  const { data, info } = await sized.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  if (info.channels === 3) return { pixels: data, width: info.width, height: info.height };
  const pixels = new Uint8Array(info.width * info.height * 3);
  for (let at = 0; at < pixels.length; at += 1) pixels[at] = data[Math.floor(at / 3) * info.channels] ?? 0;
  return { pixels, width: info.width, height: info.height };
}
