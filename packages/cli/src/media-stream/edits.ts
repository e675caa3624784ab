import type { Sharp } from "sharp";
import { type Original, pictureOf } from "./original.ts";
import { withoutMetadata } from "./strip-metadata.ts";
import { withBand } from "./watermark.ts";

type Edit = (original: Original) => Promise<Uint8Array>;

/** JPEG as most platforms write it: each copy is saved again, as it is when somebody has changed it. */
const saved = async (picture: Sharp) => await picture.jpeg({ quality: 85 }).toBuffer();

/** What is left when so many hundredths of each side are cut away: left, top, right, bottom. */
const cropped =
  (left: number, top: number, right: number, bottom: number): Edit =>
  async ({ photograph }) => {
    const { width, height } = photograph;
    const [x, y] = [Math.round((width * left) / 100), Math.round((height * top) / 100)];
    return await saved(
      pictureOf(photograph).extract({
        left: x,
        top: y,
        width: width - x - Math.round((width * right) / 100),
        height: height - y - Math.round((height * bottom) / 100),
      }),
    );
  };
const recompressed =
  (quality: number): Edit =>
  async ({ photograph }) =>
    await pictureOf(photograph).jpeg({ quality }).toBuffer();
const resized =
  (percent: number): Edit =>
  async ({ photograph }) =>
    await saved(pictureOf(photograph).resize(Math.round((photograph.width * percent) / 100)));

/** What people and platforms do to a picture between two posts of it, by name. */
export const EDITS = {
  "same bytes": async ({ file }) => await Promise.resolve(file),
  "metadata taken away": async ({ file }) => await Promise.resolve(withoutMetadata(file)),
  "JPEG of quality 90": recompressed(90),
  "JPEG of quality 60": recompressed(60),
  "JPEG of quality 30": recompressed(30),
  "as PNG": async ({ photograph }) => await pictureOf(photograph).png({ compressionLevel: 1 }).toBuffer(),
  "as WebP": async ({ photograph }) =>
    await pictureOf(photograph).webp({ quality: 80, effort: 0 }).toBuffer(),
  "half as large": resized(50),
  "a quarter as large": resized(25),
  "half as large again": resized(150),
  "cropped 1 % all round": cropped(1, 1, 1, 1),
  "cropped 2.5 % all round": cropped(2.5, 2.5, 2.5, 2.5),
  "cropped 5 % all round": cropped(5, 5, 5, 5),
  "cropped 5 % on one side": cropped(5, 0, 0, 0),
  "with a band of text": async ({ photograph }) => await saved(pictureOf(withBand(photograph))),
  brighter: async ({ photograph }) => await saved(pictureOf(photograph).modulate({ brightness: 1.25 })),
  "warmer and less coloured": async ({ photograph }) =>
    await saved(pictureOf(photograph).modulate({ saturation: 0.6, hue: 15 })),
  grey: async ({ photograph }) => await saved(pictureOf(photograph).greyscale()),
  mirrored: async ({ photograph }) => await saved(pictureOf(photograph).flop()),
  "turned by 90 degrees": async ({ photograph }) => await saved(pictureOf(photograph).rotate(90)),
} as const satisfies Record<string, Edit>;
export type EditName = keyof typeof EDITS;
export const EDIT_NAMES = Object.keys(EDITS) as EditName[];
