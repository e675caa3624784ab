import { type Dihedral, dihedrals } from "./dihedral.ts";
import type { PdqHash } from "./hash.ts";
import { checkPixels, lumaOf, type Pixels } from "./pixels.ts";
import type { Pdq } from "./plain.ts";

/**
 * A hash to ask a bank for, of a picture that was changed first. What a little cropping took away, a border of the outermost
 * pixels gives back nearly in its place. A hit says only what it was found by: no other system can make the same comparison.
 */
export interface PdqProbe {
  /** `pad-2.6 rotate90`: how wide the border is, in hundredths of each side, and how the picture is turned. */
  readonly name: string;
  readonly padPercent: number;
  readonly turn: Dihedral;
  readonly hash: PdqHash;
  readonly quality: number;
}

/**
 * Borders in hundredths of a side. A crop of 2.5 on each side leaves 95 of 100, of which 2.6 are what is missing; the others are as
 * far apart as a hash bears.
 */
export const padPercents: readonly number[] = [0, 1, 2, 2.6, 3.5, 5];

/** A probe is looked for within a distance, not told to others: it is made from a smaller copy, which is far cheaper to change. */
const LONGEST = 512;

/**
 * The probes of a picture for a search that goes deeper than plain hashes.
 *
 * @param turns whether to look for copies that are turned or mirrored too: eight times as many
 * @throws PixelsError as `hashPixels` does
 */
export function probesOf(pdq: Pdq, picture: Pixels, turns: boolean): readonly PdqProbe[] {
  checkPixels(picture);
  const small = smallGrey(picture);
  return padPercents.flatMap((padPercent) => {
    const { quality, dihedral } = pdq.hashPixels(padded(small, padPercent), "pdq/full");
    const hashes = dihedral();
    return (turns ? dihedrals : (["original"] as const)).map((turn) => ({
      name: turn === "original" ? `pad-${padPercent}` : `pad-${padPercent} ${turn}`,
      padPercent,
      turn,
      hash: hashes[turn],
      quality,
    }));
  });
}

/** The luma of a picture, each side at most 512, each pixel the mean of those that it stands for. */
function smallGrey(picture: Pixels): Pixels {
  const luma = lumaOf(picture);
  const [width, height] = [Math.min(luma.width, LONGEST), Math.min(luma.height, LONGEST)];
  const pixels = new Uint8Array(width * height);
  const row = new Float32Array(luma.width);
  const sums = new Float64Array(width);
  const counts = new Uint32Array(width);
  for (let y = 0; y < luma.height; y++) {
    luma.row(y, row);
    const line = Math.floor((y * height) / luma.height);
    for (let x = 0; x < luma.width; x++) {
      const column = Math.floor((x * width) / luma.width);
      sums[column] = (sums[column] ?? 0) + (row[x] ?? 0);
      counts[column] = (counts[column] ?? 0) + 1;
    }
    if (y + 1 < luma.height && Math.floor(((y + 1) * height) / luma.height) === line) continue;
    for (let x = 0; x < width; x++) pixels[line * width + x] = Math.round((sums[x] ?? 0) / (counts[x] ?? 1));
    sums.fill(0);
    counts.fill(0);
  }
  return { pixels, width, height, channels: 1 };
}

/** A grey picture with a border of its outermost pixels. */
function padded({ pixels, width, height }: Pixels, percent: number): Pixels {
  const [beside, above] = [Math.round((width * percent) / 100), Math.round((height * percent) / 100)];
  const [across, down] = [width + 2 * beside, height + 2 * above];
  const out = new Uint8Array(across * down);
  for (let y = 0; y < down; y++) {
    const from = Math.min(Math.max(y - above, 0), height - 1) * width;
    const to = y * across;
    out.fill(pixels[from] ?? 0, to, to + beside);
    out.set(pixels.subarray(from, from + width), to + beside);
    out.fill(pixels[from + width - 1] ?? 0, to + beside + width, to + across);
  }
  return { pixels: out, width: across, height: down, channels: 1 };
}
