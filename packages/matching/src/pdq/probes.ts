import { type Dihedral, dihedrals } from "./dihedral.ts";
import { distance, type PdqHash } from "./hash.ts";
import { checkPixels, lumaOf, type Pixels } from "./pixels.ts";
import type { Pdq } from "./plain.ts";

/** How wide a border is on each side, in hundredths of the picture's width or height. */
export interface Border {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * A hash to ask a bank for, of a picture that was changed first. What a little cropping took away, a border of the outermost
 * pixels gives back nearly in its place. A hit says only what it was found by: no other system can make the same comparison.
 */
export interface PdqProbe {
  /** `pad-2.6`, `pad-1.3-3.9-1.3-1.3+rotate90`: its border, all round or left, top, right, bottom, and how the picture is turned. */
  readonly name: string;
  /** Null for a picture that was only turned. */
  readonly border: Border | null;
  readonly turn: Dihedral;
  readonly hash: PdqHash;
  readonly quality: number;
  /** The same picture turned the same way without the border; null if it has none. */
  readonly unpadded: PdqHash | null;
}

/**
 * Borders that are the same all round. A crop of 2.5 on each side leaves 95 of 100, of which 2.6 are what is missing; the others are
 * as far apart as a hash bears.
 */
const EVEN = [1, 2, 2.6, 3.5, 5];
/**
 * Borders that differ from side to side: a crop of up to 5 on a side is never further than 1.3 from one of the two, which a hash mostly
 * bears. A third width would make 81 probes of 16.
 */
const UNEVEN = [1.3, 3.9];

/** The borders of all probes. */
export const borders: readonly Border[] = [
  ...EVEN.map((all) => ({ left: all, top: all, right: all, bottom: all })),
  ...UNEVEN.flatMap((left) =>
    UNEVEN.flatMap((top) =>
      UNEVEN.flatMap((right) => UNEVEN.map((bottom) => ({ left, top, right, bottom }))),
    ),
  ),
];

/**
 * A border must bring a picture nearer to what it finds by this many bits. What a crop took away comes back by dozens; a picture that
 * merely looks alike is moved about, and one of many probes may move it over the threshold by chance: `npm run deep -- lookalikes`.
 */
const GAIN_BITS = 8;

/**
 * Whether a probe finds a hash: it lies within the radius, and, if the probe has a border, it is the border that brought it there.
 *
 * @param radius 0 to 31
 */
export function probeFinds(
  { hash, unpadded }: Pick<PdqProbe, "hash" | "unpadded">,
  known: PdqHash,
  radius: number,
): boolean {
  const bits = distance(hash, known);
  return bits <= radius && (unpadded === null || distance(unpadded, known) - bits >= GAIN_BITS);
}

/** A probe is looked for within a distance, not told to others: it is made from a smaller copy, which is far cheaper to change. */
const LONGEST = 512;

/**
 * The probes of a picture for a search that goes deeper than plain hashes; the picture as it is is looked for by its own.
 *
 * @param turns whether to look for copies that are turned or mirrored too: eight times as many
 * @throws PixelsError as `hashPixels` does
 */
export function probesOf(pdq: Pdq, picture: Pixels, turns: boolean): readonly PdqProbe[] {
  checkPixels(picture);
  const small = smallGrey(picture);
  const taken = turns ? dihedrals : (["original"] as const);
  const plain = pdq.hashPixels(small, "pdq/full");
  const unpadded = plain.dihedral();
  const turned = taken
    .filter((turn) => turn !== "original")
    .map((turn) => ({
      name: turn.toLowerCase(),
      border: null,
      turn,
      hash: unpadded[turn],
      quality: plain.quality,
      unpadded: null,
    }));
  const bordered = borders.flatMap((border) => {
    const { quality, dihedral } = pdq.hashPixels(padded(small, border), "pdq/full");
    const hashes = dihedral();
    return taken.map((turn) => ({
      name: turn === "original" ? nameOf(border) : `${nameOf(border)}+${turn.toLowerCase()}`,
      border,
      turn,
      hash: hashes[turn],
      quality,
      unpadded: unpadded[turn],
    }));
  });
  return [...turned, ...bordered];
}

function nameOf({ left, top, right, bottom }: Border): string {
  const isEven = left === top && left === right && left === bottom;
  return `pad-${isEven ? left : [left, top, right, bottom].join("-")}`;
}

/** The luma of a picture, each side at most 512, each pixel the mean of those that it stands for. */
function smallGrey(picture: Pixels): Pixels {
  const luma = lumaOf(picture);
  const [width, height] = [Math.min(luma.width, LONGEST), Math.min(luma.height, LONGEST)];
  const pixels = new Uint8Array(width * height);
  const row = new Float32Array(luma.width);
  const sums = new Float64Array(width);
  const columns = Uint32Array.from({ length: luma.width }, (_, x) => Math.floor((x * width) / luma.width));
  const across = new Uint32Array(width);
  for (const column of columns) across[column] = (across[column] ?? 0) + 1;
  let rows = 0;
  for (let y = 0; y < luma.height; y++) {
    luma.row(y, row);
    const line = Math.floor((y * height) / luma.height);
    for (let x = 0; x < luma.width; x++) {
      const column = columns[x] ?? 0;
      sums[column] = (sums[column] ?? 0) + (row[x] ?? 0);
    }
    rows += 1;
    if (y + 1 < luma.height && Math.floor(((y + 1) * height) / luma.height) === line) continue;
    for (let x = 0; x < width; x++)
      pixels[line * width + x] = Math.round((sums[x] ?? 0) / ((across[x] ?? 1) * rows));
    sums.fill(0);
    rows = 0;
  }
  return { pixels, width, height, channels: 1 };
}

/** A grey picture with a border of its outermost pixels. */
function padded({ pixels, width, height }: Pixels, border: Border): Pixels {
  const part = (side: number, percent: number) => Math.round((side * percent) / 100);
  const [left, right] = [part(width, border.left), part(width, border.right)];
  const [top, bottom] = [part(height, border.top), part(height, border.bottom)];
  const [across, down] = [width + left + right, height + top + bottom];
  const out = new Uint8Array(across * down);
  for (let y = 0; y < down; y++) {
    const from = Math.min(Math.max(y - top, 0), height - 1) * width;
    const to = y * across;
    out.fill(pixels[from] ?? 0, to, to + left);
    out.set(pixels.subarray(from, from + width), to + left);
    out.fill(pixels[from + width - 1] ?? 0, to + left + width, to + across);
  }
  return { pixels: out, width: across, height: down, channels: 1 };
}
