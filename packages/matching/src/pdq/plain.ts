import type { JpegAnswer } from "../jpeg/hash-jpeg.ts";
import { COEFFICIENTS, coefficientsOf, hashOf } from "./coefficients.ts";
import { type DihedralHashes, dihedralHashesOf } from "./dihedral.ts";
import { gridOf, qualityOf } from "./grid.ts";
import { HASH_BYTES, type PdqHash, type PdqSemantics } from "./hash.ts";
import { checkPixels, LEAST_SIDE, lumaOf, nearestLumaOf, type Pixels } from "./pixels.ts";

/** What PDQ says of one picture. */
export interface PdqOfPicture {
  readonly semantics: PdqSemantics;
  readonly hash: PdqHash;
  /** 0 to 100; below 50 there is too little in the picture for the hash to mean much. */
  readonly quality: number;
  /** Whether every bit is what the reference makes of the same pixels. Only such a hash may be handed to an exchange. */
  readonly exact: boolean;
  /** The hashes that the picture would have if it were turned or mirrored, of the same semantics. */
  readonly dihedral: () => DihedralHashes;
}

/** PDQ, in one of its two forms: plain, or compiled. */
export interface Pdq {
  readonly engine: "plain" | "simd";
  /**
   * The hash of decoded pixels, bit for bit that of the reference.
   *
   * @throws PixelsError if the picture's size and its bytes do not belong together
   */
  readonly hashPixels: (picture: Pixels, semantics: PdqSemantics) => PdqOfPicture;
  /**
   * The hashes of a JPEG, one for each of the semantics, straight from the coefficients in it: many times faster than by its
   * pixels, within a few bits of the reference's, and so never `exact`. What it refuses, with a reason, is hashed by its pixels.
   */
  readonly hashJpeg: (file: Uint8Array, semantics: readonly PdqSemantics[]) => JpegAnswer;
}

/** PDQ in plain TypeScript, for where there is no WebAssembly with SIMD. */
export function plainPdq(): Pdq {
  return {
    engine: "plain",
    hashPixels: (picture, semantics) => {
      checkPixels(picture);
      if (picture.width < LEAST_SIDE || picture.height < LEAST_SIDE) return nothingToHash(semantics);
      const grid = gridOf(semantics === "pdq/full" ? lumaOf(picture) : nearestLumaOf(picture));
      const coefficients = coefficientsOf(grid);
      return {
        semantics,
        hash: hashOf(coefficients),
        quality: qualityOf(grid),
        exact: true,
        dihedral: () => dihedralHashesOf(coefficients),
      };
    },
    hashJpeg: () => ({ refused: "no_simd" }),
  };
}

/** What the reference says of a picture that is too small for it. */
export function nothingToHash(semantics: PdqSemantics): PdqOfPicture {
  return {
    semantics,
    hash: new Uint8Array(HASH_BYTES),
    quality: 0,
    exact: true,
    dihedral: () => dihedralHashesOf(new Float32Array(COEFFICIENTS)),
  };
}
