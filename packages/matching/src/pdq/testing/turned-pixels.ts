import type { Dihedral } from "../dihedral.ts";
import type { Pixels } from "../pixels.ts";

/** A picture with its pixels moved, by the words of `dihedrals`, so that hashes can be compared with what they stand for. */
export function turnedPixels({ pixels, width, height, channels }: Pixels, way: Dihedral): Pixels {
  const sideways = ["rotate90", "rotate270", "flipPlus1", "flipMinus1"].includes(way);
  const [across, down] = sideways ? [height, width] : [width, height];
  const moved = new Uint8Array(pixels.length);
  for (let y = 0; y < down; y++)
    for (let x = 0; x < across; x++) {
      const [fromX, fromY] = origin(way, x, y, width, height);
      const from = (fromY * width + fromX) * channels;
      moved.set(pixels.subarray(from, from + channels), (y * across + x) * channels);
    }
  return { pixels: moved, width: across, height: down, channels };
}

function origin(way: Dihedral, x: number, y: number, width: number, height: number): [number, number] {
  const [right, bottom] = [width - 1, height - 1];
  switch (way) {
    case "original":
      return [x, y];
    case "rotate90":
      return [right - y, x];
    case "rotate180":
      return [right - x, bottom - y];
    case "rotate270":
      return [y, bottom - x];
    case "flipX":
      return [x, bottom - y];
    case "flipY":
      return [right - x, y];
    case "flipPlus1":
      return [y, x];
    case "flipMinus1":
      return [right - y, bottom - x];
  }
}
