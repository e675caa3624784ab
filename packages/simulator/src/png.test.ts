import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, inflateSync } from "node:zlib";
import { encodePng, type Picture } from "./png.ts";

interface Chunk {
  type: string;
  data: Buffer;
}

/** The chunks of a PNG, each with its checksum verified. */
function chunksOf(bytes: Uint8Array): Chunk[] {
  const file = Buffer.from(bytes);
  assert.equal(file.subarray(0, 8).toString("latin1"), "\x89PNG\r\n\x1a\n");
  const chunks: Chunk[] = [];
  for (let at = 8; at < file.length; ) {
    const length = file.readUInt32BE(at);
    const named = file.subarray(at + 4, at + 8 + length);
    assert.equal(file.readUInt32BE(at + 8 + length), crc32(named));
    chunks.push({ type: named.subarray(0, 4).toString("latin1"), data: named.subarray(4) });
    at += 12 + length;
  }
  return chunks;
}

function picture(width: number, height: number, frames: number): Picture {
  return {
    width,
    height,
    palette: [
      [1, 2, 3],
      [250, 251, 252],
    ],
    frames: Array.from({ length: frames }, (_, frame) =>
      Uint8Array.from({ length: width * height }, (__, i) => (i + frame) % 2),
    ),
  };
}

/** Pixels of zlib data whose rows have no filter. */
function pixelsOf(data: Buffer, width: number, height: number): Uint8Array {
  const rows = inflateSync(data);
  assert.equal(rows.length, (width + 1) * height);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    assert.equal(rows[y * (width + 1)], 0);
    pixels.set(rows.subarray(y * (width + 1) + 1, (y + 1) * (width + 1)), y * width);
  }
  return pixels;
}

test("a still picture decodes to the pixels and colours that went in", () => {
  const still = picture(7, 5, 1);
  const chunks = chunksOf(encodePng(still));
  assert.deepEqual(
    chunks.map(({ type }) => type),
    ["IHDR", "PLTE", "IDAT", "IEND"],
  );
  const [header, palette, data] = chunks;
  assert.ok(header && palette && data);
  assert.deepEqual([...header.data], [0, 0, 0, 7, 0, 0, 0, 5, 8, 3, 0, 0, 0]);
  assert.deepEqual([...palette.data], [1, 2, 3, 250, 251, 252]);
  assert.deepEqual(pixelsOf(data.data, 7, 5), still.frames[0]);
});

test("a picture of more than one stored block decodes too", () => {
  const large = picture(400, 300, 1);
  const data = chunksOf(encodePng(large)).find(({ type }) => type === "IDAT");
  assert.ok(data);
  assert.deepEqual(pixelsOf(data.data, 400, 300), large.frames[0]);
});

test("a moving picture has its frames in order, numbered without a gap", () => {
  const moving = picture(6, 4, 3);
  const chunks = chunksOf(encodePng(moving));
  assert.deepEqual(
    chunks.map(({ type }) => type),
    ["IHDR", "acTL", "PLTE", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"],
  );
  const numbered = chunks.filter(({ type }) => type === "fcTL" || type === "fdAT");
  assert.deepEqual(
    numbered.map(({ data }) => data.readUInt32BE(0)),
    [0, 1, 2, 3, 4],
  );
  const later = chunks.filter(({ type }) => type === "fdAT");
  later.forEach(({ data }, index) =>
    assert.deepEqual(pixelsOf(data.subarray(4), 6, 4), moving.frames[index + 1]),
  );
});
