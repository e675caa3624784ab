import { createHash, randomBytes } from "node:crypto";

export const PORTION = 1024 * 1024;

/** A file that is nowhere in memory as a whole: any piece of it can be made again. */
export interface LargeFile {
  readonly bytes: number;
  /** The bytes from an offset to the end of the portion in which it lies. */
  from(offset: number): Buffer;
  sha256(): string;
}

/** Random bytes repeated, each portion with its own number at its beginning. */
export function largeFile(bytes: number): LargeFile {
  const random = randomBytes(PORTION);
  const from = (offset: number): Buffer => {
    const start = offset - (offset % PORTION);
    const portion = Buffer.from(random.subarray(0, Math.min(PORTION, bytes - start)));
    if (portion.length >= 6) portion.writeUIntBE(start, 0, 6);
    return portion.subarray(offset - start);
  };
  return {
    bytes,
    from,
    sha256() {
      const hash = createHash("sha256");
      for (let at = 0; at < bytes; at += PORTION) hash.update(from(at));
      return hash.digest("hex");
    },
  };
}
