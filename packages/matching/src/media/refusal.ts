/** Why a file has no perceptual hash. Its digests exist all the same. */
export type RefusalCode =
  | "media.format-unknown"
  | "media.broken"
  | "media.too-many-bytes"
  | "media.too-many-pixels"
  | "media.too-slow"
  | "media.too-much-memory"
  | "media.no-decoder";

export interface Refusal {
  readonly kind: "refused";
  readonly code: RefusalCode;
  /** What, and why. */
  readonly message: string;
  /** What can be done about it. */
  readonly remedy: string;
}

const remedies: Record<RefusalCode, string> = {
  "media.format-unknown":
    "Send JPEG, PNG, GIF, WebP, TIFF, AVIF, or video as MP4, Matroska, WebM, AVI, MPEG-TS, FLV or Ogg.",
  "media.broken":
    "Send the file as it was uploaded; one that was cut off can be matched by its digests only.",
  "media.too-many-bytes": "Match it by its digests, or raise the limit where memory allows it.",
  "media.too-many-pixels": "Match it by its digests, or raise the limit where memory allows it.",
  "media.too-slow":
    "Match it by its digests. If it is an ordinary file, the machine has too much to do: try again later.",
  "media.too-much-memory": "Match it by its digests, or raise the limit where memory allows it.",
  "media.no-decoder": "Install ffmpeg (on Debian: apt-get install ffmpeg).",
};

export function refusal(code: RefusalCode, message: string): Refusal {
  return { kind: "refused", code, message, remedy: remedies[code] };
}
