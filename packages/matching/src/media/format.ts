/** Pictures that are decoded. */
export type PictureFormat = "jpeg" | "png" | "gif" | "webp" | "tiff" | "avif";

/** Containers of moving pictures that are decoded. */
export type VideoFormat = "mp4" | "matroska" | "avi" | "mpegts" | "flv" | "ogg";

export type MediaFormat = PictureFormat | VideoFormat;

/** The length of a packet of an MPEG transport stream: ISO/IEC 13818-1, 2.4.3.2. */
const TS_PACKET = 188;

/** How many bytes of a file `formatOf` wants to see. */
export const HEAD_BYTES = TS_PACKET + 1;

const HEIF_PICTURES = new Set(["avif", "avis"]);
const HEIF_OTHERS = new Set(["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]);

/**
 * What a file is by its first bytes, never by its name or by what its sender calls it: a decoder is chosen from this list
 * and no other (a picture format that can name other files, such as SVG, is not in it).
 *
 * @param head the first `HEAD_BYTES` bytes, or the whole file if it is shorter
 * @returns null for anything else
 */
export function formatOf(head: Uint8Array): MediaFormat | null {
  if (starts(head, 0xff, 0xd8, 0xff)) return "jpeg";
  if (starts(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "png";
  if (["GIF87a", "GIF89a"].includes(text(head, 0, 6))) return "gif";
  if (starts(head, 0x49, 0x49, 0x2a, 0) || starts(head, 0x4d, 0x4d, 0, 0x2a)) return "tiff";
  if (text(head, 0, 4) === "RIFF") return riff(text(head, 8, 4));
  if (text(head, 4, 4) === "ftyp") return isoMedia(text(head, 8, 4));
  if (starts(head, 0x1a, 0x45, 0xdf, 0xa3)) return "matroska";
  if (text(head, 0, 4) === "OggS") return "ogg";
  if (starts(head, 0x46, 0x4c, 0x56, 1)) return "flv";
  if (head[0] === 0x47 && head[TS_PACKET] === 0x47) return "mpegts";
  return null;
}

export function isPicture(format: MediaFormat): format is PictureFormat {
  return ["jpeg", "png", "gif", "webp", "tiff", "avif"].includes(format);
}

function riff(kind: string): MediaFormat | null {
  if (kind === "WEBP") return "webp";
  return kind === "AVI " ? "avi" : null;
}

function isoMedia(brand: string): MediaFormat | null {
  if (HEIF_PICTURES.has(brand)) return "avif";
  return HEIF_OTHERS.has(brand) ? null : "mp4";
}

function starts(head: Uint8Array, ...bytes: readonly number[]): boolean {
  return bytes.every((byte, at) => head[at] === byte);
}

function text(head: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...head.subarray(from, from + length));
}
