import { hexOfHash } from "../pdq/hash.ts";
import { loadPdq } from "../pdq/load.ts";
import { ppmPictures } from "../video/ppm.ts";
import { writeMessage } from "./message.ts";

// A program: hashes the pictures of the PPM stream on its standard input and says each hash on its standard output. It ends
// with a fault if the stream ends within a picture.

const maxPixels = Number(process.argv[2]);
const pdq = await loadPdq();
// Whoever has enough frames stops to listen.
process.stdout.on("error", () => process.exit(0));

for await (const picture of ppmPictures(process.stdin, maxPixels)) {
  const { hash, quality } = pdq.hashPixels({ ...picture, channels: 3 }, "pdq/full");
  writeMessage(process.stdout, { hash: hexOfHash(hash), quality });
}
