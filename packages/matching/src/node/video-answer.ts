import type { VideoFrame } from "../video/frames.ts";

/**
 * Reads what a hashing process says about the frame with this number.
 * @throws Error if it says anything else
 */
export function videoFrame(words: unknown, frame: number): VideoFrame {
  if (typeof words !== "object" || words === null) throw new Error("a frame is an object");
  const { hash, quality } = words as { hash?: unknown; quality?: unknown };
  if (typeof hash !== "string" || !/^[0-9a-f]{64}$/.test(hash)) throw new Error("a hash has 64 digits");
  if (typeof quality !== "number" || !Number.isInteger(quality) || quality < 0 || quality > 100)
    throw new Error("a quality is a whole number from 0 to 100");
  return { frame, hash, quality };
}
