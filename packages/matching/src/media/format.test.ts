import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import test from "node:test";
import fc from "fast-check";
import sharp from "sharp";
import { formatOf, HEAD_BYTES, isPicture } from "./format.ts";

const pictures = new URL("../../data/pdq/images/", import.meta.url);
const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

test("a picture is known by its first bytes, whatever its name", async () => {
  const names = await readdir(pictures);
  assert.ok(names.length > 20);
  for (const name of names) {
    const head = (await readFile(new URL(name, pictures))).subarray(0, HEAD_BYTES);
    assert.equal(formatOf(head), name.endsWith(".png") ? "png" : "jpeg", name);
  }
  const square = sharp({ create: { width: 8, height: 8, channels: 3, background: "#468" } });
  for (const format of ["webp", "gif", "tiff", "avif"] as const)
    assert.equal(formatOf(await square.clone()[format]().toBuffer()), format);
});

test("containers of video are known by theirs", () => {
  assert.equal(formatOf(bytes("\0\0\0\x18ftypmp42\0\0\0\0")), "mp4");
  assert.equal(formatOf(bytes("\x1a\x45\xdf\xa3\x9f")), "matroska");
  assert.equal(formatOf(bytes("RIFF\0\0\0\0AVI LIST")), "avi");
  assert.equal(formatOf(bytes("FLV\x01\x05")), "flv");
  assert.equal(formatOf(bytes("OggS\0\x02")), "ogg");
  const packets = new Uint8Array(HEAD_BYTES);
  packets[0] = packets[188] = 0x47;
  assert.equal(formatOf(packets), "mpegts");
  assert.equal(isPicture("mp4"), false);
});

test("what can name other files, and what there is no decoder for, has no format", () => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///x"/></svg>`;
  for (const text of [
    svg,
    "#EXTM3U\n",
    "ffconcat version 1.0\n",
    "%PDF-1.7\n",
    "\0\0\0\x18ftypheic\0",
    "RIFF\0\0\0\0WAVE",
    "",
  ])
    assert.equal(formatOf(bytes(text)), null, text);
});

test("no bytes make it fail", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (head) => void formatOf(head)));
});
