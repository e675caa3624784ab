import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import test from "node:test";
import sharp from "sharp";
import { likeness } from "../video/frames.ts";
import { openVideoHasher, type VideoHasherOptions } from "./video-hasher.ts";

const { decoder } = await openVideoHasher();
const skip = decoder === null ? "ffmpeg is not installed: no video is decoded here" : false;

/** Moving geometry, made by ffmpeg's own generators. */
function made(source: string, ...words: readonly string[]): Buffer {
  const input = ["-v", "error", "-f", "lavfi", "-i", `${source}=size=320x180:rate=10`, "-t", "6"];
  const output = ["-c:v", "mpeg4", "-q:v", "4", ...words, "-f", "matroska", "pipe:1"];
  return execFileSync("ffmpeg", [...input, ...output], { maxBuffer: 64 * 1024 * 1024 });
}

async function* inPieces(file: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.length; at += 10_000) yield file.subarray(at, at + 10_000);
}

async function hash(file: Uint8Array, options: VideoHasherOptions = {}) {
  return await (await openVideoHasher(options)).hash(inPieces(file));
}

async function refused(file: Uint8Array, options: VideoHasherOptions = {}): Promise<string> {
  const answer = await hash(file, options);
  return answer.kind === "refused" ? answer.code : answer.kind;
}

test("a video is found again smaller, coarser and cut, and another is not", { skip }, async () => {
  const original = await hash(made("testsrc2"));
  const smaller = await hash(made("testsrc2", "-vf", "scale=240:136", "-q:v", "12"));
  const part = await hash(made("testsrc2", "-ss", "2", "-t", "2"));
  const other = await hash(made("mandelbrot"));
  assert.ok(
    original.kind === "video" && smaller.kind === "video" && part.kind === "video" && other.kind === "video",
  );
  assert.deepEqual([original.frames.length, original.more, original.framesPerSecond], [6, false, 1]);
  assert.deepEqual(likeness(smaller.frames, original.frames), { ofQuery: 100, ofOther: 100 });
  assert.equal(likeness(other.frames, original.frames).ofQuery, 0);
  const found = likeness(part.frames, original.frames);
  assert.ok(found.ofQuery > 0 && found.ofOther < 100, JSON.stringify(found));
});

test("a video that is longer than what is looked at says so", { skip }, async () => {
  const answer = await hash(made("testsrc2"), { maxFrames: 2 });
  assert.ok(answer.kind === "video" && answer.more && answer.frames.length === 2);
});

test("what is too large, too slow, cut off or no video is refused by name", { skip }, async () => {
  const video = made("testsrc2");
  assert.equal(await refused(video, { maxBytes: 100 }), "media.too-many-bytes");
  assert.equal(await refused(video, { maxPixels: 1000 }), "media.too-many-pixels");
  assert.equal(await refused(video, { milliseconds: 1 }), "media.too-slow");
  assert.equal(await refused(video.subarray(0, 300)), "media.broken");
  assert.equal(
    await refused(Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0 and then nothing of the kind", "latin1")),
    "media.broken",
  );
  assert.equal(
    await refused(
      await sharp({ create: { width: 9, height: 9, channels: 3, background: "red" } })
        .png()
        .toBuffer(),
    ),
    "media.format-unknown",
  );
});

test("a playlist that names other files is no video", { skip }, async () => {
  const texts = ["#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n", "ffconcat version 1.0\nfile /etc/hostname\n"];
  for (const text of texts) assert.equal(await refused(Buffer.from(text)), "media.format-unknown");
});

test("a file that begins as a video and would be read as a list of addresses is not read at all", {
  skip,
}, async () => {
  const session =
    "G\nv=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\n";
  const answer = await hash(Buffer.from(`${session.padEnd(188, "x")}${"G".padEnd(200, "x")}`));
  assert.ok(answer.kind === "refused" && answer.code === "media.broken", JSON.stringify(answer));
  assert.match(answer.message, /not on whitelist 'mov,/);
});

test("where there is no ffmpeg, a video is refused with what to install", async () => {
  const answer = await hash(Buffer.from("\x1a\x45\xdf\xa3", "latin1"), { ffmpeg: "no-such-program" });
  assert.ok(answer.kind === "refused" && answer.code === "media.no-decoder");
  assert.match(answer.remedy, /ffmpeg/);
});
