import type { Dihedral } from "../pdq/dihedral.ts";
import { JpegRefused } from "./refused.ts";

/** One colour of a frame: its number in the file, how many blocks it has in a unit, and its quantisers' table. */
export interface Component {
  readonly id: number;
  readonly across: number;
  readonly down: number;
  readonly quantisers: number;
}

/** A frame's head (ITU-T T.81, B.2.2). */
export interface Frame {
  readonly progressive: boolean;
  readonly width: number;
  readonly height: number;
  readonly components: readonly Component[];
}

/** A scan's head (B.2.3). */
export interface Scan {
  readonly parts: ReadonlyArray<{ readonly id: number; readonly dc: number; readonly ac: number }>;
  readonly first: number;
  readonly last: number;
  /** The bit that was sent before (0: none), and the one that is sent now. */
  readonly high: number;
  readonly low: number;
}

const at = (bytes: Uint8Array, place: number) => {
  const byte = bytes[place];
  if (byte === undefined) throw new JpegRefused("damaged");
  return byte;
};
const word = (bytes: Uint8Array, place: number) => at(bytes, place) * 256 + at(bytes, place + 1);

/** @param marker 0xc0, 0xc1 or 0xc2 */
export function frameOf(marker: number, bytes: Uint8Array): Frame {
  if (at(bytes, 0) !== 8) throw new JpegRefused("twelve_bit");
  const [height, width, count] = [word(bytes, 1), word(bytes, 3), at(bytes, 5)];
  if (width === 0 || height === 0 || count === 0) throw new JpegRefused("damaged");
  if (count === 4) throw new JpegRefused("inks");
  if (count !== 1 && count !== 3) throw new JpegRefused("not_luma");
  if (bytes.length !== 6 + 3 * count) throw new JpegRefused("damaged");
  const components = Array.from({ length: count }, (_, index) => {
    const shape = at(bytes, 7 + 3 * index);
    const [across, down] = [shape >> 4, shape & 15];
    const quantisers = at(bytes, 8 + 3 * index);
    if (across < 1 || across > 4 || down < 1 || down > 4 || quantisers > 3) throw new JpegRefused("damaged");
    return { id: at(bytes, 6 + 3 * index), across, down, quantisers };
  });
  if (new Set(components.map(({ id }) => id)).size !== count) throw new JpegRefused("damaged");
  return { progressive: marker === 0xc2, width, height, components };
}

/** @throws JpegRefused if the scan is none that this frame can have */
export function scanOf(bytes: Uint8Array, { progressive, components }: Frame): Scan {
  const count = at(bytes, 0);
  if (count < 1 || count > components.length || bytes.length !== 4 + 2 * count)
    throw new JpegRefused("damaged");
  const parts = Array.from({ length: count }, (_, index) => {
    const tables = at(bytes, 2 + 2 * index);
    return { id: at(bytes, 1 + 2 * index), dc: tables >> 4, ac: tables & 15 };
  });
  const [first, last, bits] = [at(bytes, 1 + 2 * count), at(bytes, 2 + 2 * count), at(bytes, 3 + 2 * count)];
  const [high, low] = [bits >> 4, bits & 15];
  const known = parts.every(({ id, dc, ac }) => components.some((one) => one.id === id) && dc < 4 && ac < 4);
  const distinct = new Set(parts.map(({ id }) => id)).size === count;
  const band = progressive
    ? first <= last && last < 64 && low < 14 && (first > 0 ? count === 1 : last === 0)
    : first === 0 && last === 63 && bits === 0;
  if (!known || !distinct || !band) throw new JpegRefused("damaged");
  return { parts, first, last, high, low };
}

/** The 64 quantisers of each table in a segment (B.2.4.1), in zigzag order. */
export function quantisersOf(bytes: Uint8Array): ReadonlyMap<number, Uint16Array> {
  const tables = new Map<number, Uint16Array>();
  for (let place = 0; place < bytes.length; ) {
    const [wide, number] = [at(bytes, place) >> 4, at(bytes, place) & 15];
    if (wide > 1 || number > 3) throw new JpegRefused("damaged");
    place++;
    const from = place;
    tables.set(
      number,
      Uint16Array.from({ length: 64 }, (_, index) =>
        wide === 1 ? word(bytes, from + 2 * index) : at(bytes, from + index),
      ),
    );
    place += wide === 1 ? 128 : 64;
  }
  return tables;
}

/** A Huffman table as it is in the file (B.2.4.2). */
export interface CodeTable {
  readonly ac: boolean;
  readonly number: number;
  /** How many codes there are of each length from 1 to 16. */
  readonly counts: Uint8Array;
  readonly symbols: Uint8Array;
}

export function codesOf(bytes: Uint8Array): readonly CodeTable[] {
  const tables: CodeTable[] = [];
  for (let place = 0; place < bytes.length; ) {
    const [kind, number] = [at(bytes, place) >> 4, at(bytes, place) & 15];
    const counts = bytes.subarray(place + 1, place + 17);
    const many = counts.reduce((sum, count) => sum + count, 0);
    const symbols = bytes.subarray(place + 17, place + 17 + many);
    if (kind > 1 || number > 3 || counts.length !== 16 || many > 256 || symbols.length !== many)
      throw new JpegRefused("damaged");
    tables.push({ ac: kind === 1, number, counts, symbols });
    place += 17 + many;
  }
  return tables;
}

/** How many units lie between restarts (B.2.4.4); 0 for none. */
export function restartOf(bytes: Uint8Array): number {
  if (bytes.length !== 2) throw new JpegRefused("damaged");
  return word(bytes, 0);
}

const orientations: Readonly<Record<number, Dihedral>> = {
  1: "original",
  2: "flipY",
  3: "rotate180",
  4: "flipX",
  5: "flipPlus1",
  6: "rotate270",
  7: "flipMinus1",
  8: "rotate90",
};

/**
 * How a picture must be turned to be seen as it was meant, by the orientation in its Exif segment; null if the segment is none
 * or says nothing. Damage here is no reason to refuse the picture.
 *
 * Source: CIPA DC-008 (Exif), 4.6.5.1, tag 0x0112.
 */
export function orientationOf(bytes: Uint8Array): Dihedral | null {
  const tiff = bytes.subarray(6);
  if (String.fromCharCode(...bytes.subarray(0, 6)) !== "Exif\0\0" || tiff.length < 14) return null;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const order = view.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) return null;
  const little = order === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return null;
  const entries = view.getUint16(directory, little);
  for (let entry = directory + 2, left = entries; left > 0 && entry + 12 <= tiff.length; entry += 12, left--)
    if (view.getUint16(entry, little) === 0x0112)
      return orientations[view.getUint16(entry + 8, little)] ?? null;
  return null;
}
