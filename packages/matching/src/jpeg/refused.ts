/**
 * Why a JPEG is not hashed straight from its coefficients. Its pixels may still be: these are reasons to go the longer way, and a
 * decoder may find that a file is no picture at all.
 *
 * - `not_jpeg`, `damaged`, `truncated`: what the parser found wrong
 * - `arithmetic`, `lossless`, `twelve_bit`, `inks`, `not_luma`, `unusual_sampling`: kinds of JPEG that are rare
 * - `too_small`: a block of eight pixels touches more than four of the 64 places of a side
 * - `too_large`, `too_much_work`: beyond the limits in `limits`
 * - `no_simd`: this place has no compiled form
 */
export type JpegRefusal =
  | "not_jpeg"
  | "damaged"
  | "truncated"
  | "arithmetic"
  | "lossless"
  | "twelve_bit"
  | "inks"
  | "not_luma"
  | "unusual_sampling"
  | "too_small"
  | "too_large"
  | "too_much_work"
  | "no_simd";

/** Ends the reading of a JPEG. It never leaves this package. */
export class JpegRefused extends Error {
  readonly code: JpegRefusal;

  constructor(code: JpegRefusal) {
    super(`the JPEG is not hashed from its coefficients: ${code}`);
    this.code = code;
  }
}

/** What one JPEG may cost. */
export const limits = {
  /** More is left to a decoder in a process of its own. */
  fileBytes: 64 * 1024 * 1024,
  pixels: 100_000_000,
  /** A progressive picture has some ten scans, of which some six go over the luma; libjpeg-turbo's own tool makes no more. */
  visitsPerBlock: 32,
  /** Segments before the end: an album of metadata has hundreds, each of up to 64 KiB. */
  segments: 5_000,
} as const;
