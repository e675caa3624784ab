import { formatOf, HEAD_BYTES, isPicture } from "../media/format.ts";
import type { PdqValue, PictureFrame, PictureHashes } from "../media/picture-hashes.ts";
import { type Refusal, refusal } from "../media/refusal.ts";
import { hexOfHash } from "../pdq/hash.ts";
import { loadPdq } from "../pdq/load.ts";
import type { PdqOfPicture } from "../pdq/plain.ts";
import { probesOf } from "../pdq/probes.ts";
import { asRefusal, decodePicture, type DecodedFrame } from "./decode-picture.ts";
import { messagesOf, writeMessage } from "./message.ts";

// A program: hashes the picture in each message on its standard input and says on its standard output what it found.

const MOST_BYTES = 0xffff_ffff;
const pdq = await loadPdq();

interface Request {
  readonly deep: boolean;
  readonly quick: boolean;
  readonly maxPixels: number;
}

for await (const { words, bytes } of messagesOf(process.stdin, MOST_BYTES))
  writeMessage(process.stdout, await answerTo(words as Request, bytes));

async function answerTo(
  { deep, quick, maxPixels }: Request,
  file: Uint8Array,
): Promise<PictureHashes | Refusal> {
  const format = formatOf(file.subarray(0, HEAD_BYTES));
  if (format === null || !isPicture(format)) return refusal("media.format-unknown", "It is no picture.");
  const read = quick && !deep && format === "jpeg" ? ofCoefficients(file, maxPixels) : null;
  if (read !== null) return { kind: "picture", format, frames: 1, hashed: [read] };
  const decoded = await decodePicture(file, format, { maxPixels });
  if (decoded.kind === "refused") return decoded;
  try {
    const hashed: PictureFrame[] = [];
    for await (const frame of decoded.taken) hashed.push(hashesOf(frame, deep));
    return { kind: "picture", format, frames: decoded.frames, hashed };
  } catch (error) {
    return asRefusal(error, format, { maxPixels });
  }
}

/** A JPEG's hashes without its pixels; null if that cannot be done, or there would be more pixels than are decoded. */
function ofCoefficients(file: Uint8Array, maxPixels: number): PictureFrame | null {
  const read = pdq.hashJpeg(file, ["pdq/full", "pdq/nn512"]);
  if ("refused" in read || read.width * read.height > maxPixels) return null;
  const [full, nn512] = read.hashes;
  if (full === undefined || nn512 === undefined) return null;
  const { width, height } = read;
  return { frame: 0, width, height, full: valueOf(full), nn512: valueOf(nn512), probes: [] };
}

function hashesOf({ frame, picture }: DecodedFrame, deep: boolean): PictureFrame {
  const full = pdq.hashPixels(picture, "pdq/full");
  const nn512 = pdq.hashPixels(picture, "pdq/nn512");
  const probes = deep ? probesOf(pdq, picture, true) : [];
  return {
    frame,
    width: picture.width,
    height: picture.height,
    full: valueOf(full),
    nn512: valueOf(nn512),
    probes: probes.map(({ name, hash, unpadded }) => ({
      name,
      hash: hexOfHash(hash),
      ...(unpadded === null ? {} : { unpadded: hexOfHash(unpadded) }),
    })),
  };
}

function valueOf({ hash, quality, exact }: PdqOfPicture): PdqValue {
  return { hash: hexOfHash(hash), quality, exact };
}
