import { readFile } from "node:fs/promises";
import { pixelsOf } from "../../node/pixels.ts";
import type { Pixels } from "../pixels.ts";

const data = new URL("../../../data/pdq/", import.meta.url);

/** What the reference's own code makes of one of its pictures. */
export interface Expected {
  readonly file: string;
  readonly full: string;
  readonly qualityFull: number;
  readonly nearest: string;
  readonly qualityNearest: number;
}

/** The rows of `expected.csv`. */
export async function expectations(): Promise<readonly Expected[]> {
  const text = await readFile(new URL("expected.csv", data), "utf8");
  return text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => {
      const [file = "", full = "", qualityFull = "", nearest = "", qualityNearest = ""] = line.split(",");
      return {
        file,
        full,
        qualityFull: Number(qualityFull),
        nearest,
        qualityNearest: Number(qualityNearest),
      };
    });
}

/** The bytes of one of the reference's pictures. */
export function pictureFile(file: string): Promise<Buffer> {
  return readFile(new URL(`images/${file}`, data));
}

/** The pixels of one of the reference's pictures. */
export async function pictureOf(file: string): Promise<Pixels> {
  return pixelsOf(await pictureFile(file), { maxPixels: 100_000_000 });
}
