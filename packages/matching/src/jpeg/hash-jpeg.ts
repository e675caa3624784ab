import type { Dihedral } from "../pdq/dihedral.ts";
import type { PdqSemantics } from "../pdq/hash.ts";
import type { PdqOfPicture } from "../pdq/plain.ts";
import type { Tent } from "../pdq/tent.ts";
import type { Finish } from "../pdq/simd/finish.ts";
import type { Kernel, Room } from "../pdq/simd/kernel.ts";
import { Coder } from "./coder.ts";
import { type JpegRefusal, JpegRefused, limits } from "./refused.ts";
import { codesOf, frameOf, orientationOf, quantisersOf, restartOf, scanOf, type Frame } from "./segments.ts";

/** What came of hashing a JPEG from its coefficients. */
export type JpegAnswer = PdqOfJpeg | { readonly refused: JpegRefusal };

/** A JPEG's hashes, made without its pixels: within a few bits of the reference's, so never `exact`. */
export interface PdqOfJpeg {
  readonly width: number;
  readonly height: number;
  /**
   * How the file says it is to be turned before a person sees it. The hashes are those of the picture as it lies in the file, as
   * pdqhash and HMA have it; of the picture as it is seen, `dihedral()[orientation]` is the hash.
   */
  readonly orientation: Dihedral;
  /** One for each of the semantics that were asked for, in that order. */
  readonly hashes: readonly PdqOfPicture[];
}

/** Kinds of frames that are rare, by their marker. */
const rare: Readonly<Record<number, JpegRefusal>> = {
  0xc3: "lossless",
  0xc5: "lossless",
  0xc6: "lossless",
  0xc7: "lossless",
  0xc9: "arithmetic",
  0xca: "arithmetic",
  0xcb: "arithmetic",
  0xcd: "arithmetic",
  0xce: "arithmetic",
  0xcf: "arithmetic",
};

/** Where a JPEG is hashed: the compiled code, its memory, and the last steps. */
export interface Workplace {
  readonly kernel: Kernel;
  readonly room: Room;
  readonly finish: Finish;
  readonly tents: (side: number) => Tent;
}

/**
 * Hashes a JPEG from the coefficients of its luma.
 *
 * @param semantics one or both; none only reads the file, which is the floor that hashing is measured against
 */
export function hashJpeg(place: Workplace, file: Uint8Array, semantics: readonly PdqSemantics[]): JpegAnswer {
  const mark = place.room.mark();
  try {
    return read(place, file, semantics);
  } catch (problem) {
    if (problem instanceof JpegRefused) return { refused: problem.code };
    throw problem;
  } finally {
    place.room.back(mark);
  }
}

function read(place: Workplace, file: Uint8Array, semantics: readonly PdqSemantics[]): PdqOfJpeg {
  if (file[0] !== 0xff || file[1] !== 0xd8) throw new JpegRefused("not_jpeg");
  if (file.length > limits.fileBytes) throw new JpegRefused("too_large");
  const coder = new Coder(place, file, semantics);
  let frame: Frame | null = null;
  let orientation: Dihedral | null = null;
  let [jfif, adobe] = [false, -1];
  let at = 2;
  for (let left = limits.segments; left > 0; left--) {
    while (file[at] === 0xff && file[at + 1] === 0xff) at++;
    const marker = file[at + 1];
    if (marker === undefined) throw new JpegRefused("truncated");
    if (file[at] !== 0xff) throw new JpegRefused("damaged");
    at += 2;
    if (marker === 0xd9) {
      if (frame === null) throw new JpegRefused("damaged");
      const hashes = coder.finished();
      const { width, height } = frame;
      return { width, height, orientation: orientation ?? "original", hashes };
    }
    // Standing alone, and meaning nothing here.
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) continue;
    const [high, low] = [file[at], file[at + 1]];
    if (high === undefined || low === undefined) throw new JpegRefused("truncated");
    const length = high * 256 + low;
    if (length < 2) throw new JpegRefused("damaged");
    const next = at + length;
    if (next > file.length) throw new JpegRefused("truncated");
    const bytes = file.subarray(at + 2, next);
    at = next;
    const refusal = rare[marker];
    if (refusal !== undefined) throw new JpegRefused(refusal);
    if (marker >= 0xc0 && marker <= 0xc2) {
      if (frame !== null) throw new JpegRefused("damaged");
      frame = frameOf(marker, bytes);
    } else if (marker === 0xc4) for (const table of codesOf(bytes)) coder.codes(table);
    else if (marker === 0xdb) coder.quantisers(quantisersOf(bytes));
    else if (marker === 0xdd) coder.restart = restartOf(bytes);
    else if (marker === 0xe0 && startsWith(bytes, "JFIF\0")) jfif = true;
    else if (marker === 0xee && startsWith(bytes, "Adobe")) adobe = bytes[11] ?? -1;
    else if (marker === 0xe1) orientation ??= orientationOf(bytes);
    else if (marker === 0xda) {
      if (frame === null) throw new JpegRefused("damaged");
      if (!isLumaFirst(frame, jfif, adobe)) throw new JpegRefused("not_luma");
      at = coder.scan(frame, scanOf(bytes, frame), at);
    }
  }
  throw new JpegRefused("too_much_work");
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return Array.from(text).every((letter, at) => bytes[at] === letter.charCodeAt(0));
}

/** Whether the first component is luma, as libjpeg tells it. */
function isLumaFirst({ components }: Frame, jfif: boolean, adobe: number): boolean {
  if (components.length === 1 || jfif) return true;
  if (adobe >= 0) return adobe === 1;
  return components.map(({ id }) => String.fromCharCode(id)).join("") !== "RGB";
}
