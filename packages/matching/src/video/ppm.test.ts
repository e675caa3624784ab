import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { PpmError, ppmPictures, type RgbPicture } from "./ppm.ts";

const aPicture = fc
  .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: 3 * width * height, maxLength: 3 * width * height })
      .map((pixels) => ({ width, height, pixels })),
  );

function written(pictures: readonly RgbPicture[]): Buffer {
  return Buffer.concat(
    pictures.flatMap(({ width, height, pixels }) => [Buffer.from(`P6\n${width} ${height}\n255\n`), pixels]),
  );
}

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

test("every picture of a stream is read as it was written, wherever the stream is cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(aPicture, { maxLength: 4 }),
      fc.integer({ min: 1, max: 70 }),
      async (pictures, size) => {
        assert.deepEqual(await Array.fromAsync(ppmPictures(cut(written(pictures), size), 100)), pictures);
      },
    ),
  );
});

test("a stream that ends within a picture is an error, and so is one that is none", async () => {
  const whole = written([{ width: 3, height: 2, pixels: new Uint8Array(18) }]);
  const read = async (bytes: Uint8Array, most = 100) =>
    await Array.fromAsync(ppmPictures(cut(bytes, 7), most));
  for (let length = 1; length < whole.length; length++)
    await assert.rejects(read(whole.subarray(0, length)), PpmError, `cut at ${length}`);
  await assert.rejects(read(Buffer.from("P5\n3 2\n255\n".padEnd(60, "x"))), /does not begin/);
  await assert.rejects(read(Buffer.from("P6\n0 2\n255\n")), /0 pixels/);
  await assert.rejects(read(whole, 5), /6 pixels; 1 to 5 are read/);
  await assert.rejects(read(Buffer.from("P6\n999999 999999\n255\n"), 1e9), /pixels/);
});
