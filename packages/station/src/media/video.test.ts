import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { before, test } from "node:test";
import type { z } from "zod";
import type { reviewStateSchema } from "../desk-api/media-contract.ts";
import { deskOf, until } from "../testing/desk.ts";
import { bankOf, type MediaPlatform, startMediaPlatform } from "../testing/media.ts";
import { measuresOf } from "../testing/report.ts";
import { endOfFile } from "../testing/station.ts";
import { MOST_BYTES } from "./look-up.ts";
import { openVideos } from "./videos.ts";

const end = endOfFile();
const videos = await openVideos({ maxBytes: MOST_BYTES });
const shown = await videos.look(Buffer.from("\x1a\x45\xdf\xa3", "latin1"));
const hasNone = shown.kind === "refused" && shown.code === "media.no-decoder";
const skip = hasNone ? "ffmpeg is not installed: no video is decoded here" : false;

/** Moving geometry, made by ffmpeg's own generators. */
function made(source: string, ...words: readonly string[]): Uint8Array<ArrayBuffer> {
  const input = ["-v", "error", "-f", "lavfi", "-i", `${source}=size=320x180:rate=10`, "-t", "6"];
  const output = ["-c:v", "mpeg4", "-q:v", "4", ...words, "-f", "matroska", "pipe:1"];
  return new Uint8Array(execFileSync("ffmpeg", [...input, ...output], { maxBuffer: 64 * 1024 * 1024 }));
}

let at: MediaPlatform;
before(async () => {
  if (hasNone) return;
  at = await startMediaPlatform(end, { roles: ["intake", "desk"] });
  const known = await videos.look(made("testsrc2"));
  assert.equal(known.kind, "video");
  const frames = known.kind === "video" ? known.frames : [];
  const signals = frames.map(({ hash, quality }) => ({ kind: "pdq" as const, value: hash, quality }));
  await bankOf(
    at,
    "clips",
    [
      { key: "clip-1", media: "video", signals },
      { key: "still-3", media: "image", signals: signals.slice(3, 4) },
    ],
    { semantics: "pdq/full", trust: "vetted-graded" },
  );
  await until("the bank", async () => {
    const response = await fetch(`${at.url}/door/media/hashes`, {
      method: "POST",
      headers: { authorization: at.authorization, "content-type": "application/json" },
      body: JSON.stringify({ signals: signals.slice(0, 1).map(({ kind, value }) => ({ kind, value })) }),
    });
    return ((await response.json()) as { matches: unknown[] }).matches.length > 0;
  });
});

test("a smaller, coarser copy of a video is found by its frames, an inference that a person looks at, with its seconds", {
  skip,
}, async () => {
  const answer = await at.answer(made("testsrc2", "-vf", "scale=240:136", "-q:v", "12"));
  assert.equal(answer.action, "review");
  assert.deepEqual(answer.video, { taken: 6, looked: answer.video?.looked, more: false });
  const clip = answer.matches.find(({ entry }) => entry === "clip-1");
  assert.deepEqual([clip?.match, clip?.probe, clip?.semantics], ["perceptual", "frames", "pdq/full"]);
  const { looked } = answer.video;
  assert.deepEqual([clip?.frames?.alike, clip?.frames?.of], [looked, looked]);
  const seconds = clip?.frames?.seconds ?? [];
  assert.ok(seconds.length === looked && seconds[0] === 0 && (seconds.at(-1) ?? 9) < 6, String(seconds));
  // Of a known still picture only the seconds that show it.
  const still = answer.matches.find(({ entry }) => entry === "still-3");
  assert.ok((still?.frames?.alike ?? 9) < looked, JSON.stringify(still));
  assert.ok(still?.frames?.seconds.includes(3));
  const desk = await deskOf(at, "reviewer");
  const state = (await (await desk.request("POST", "/api/review/turns")).json()) as z.infer<
    typeof reviewStateSchema
  >;
  assert.deepEqual(state.item?.matches.find(({ entry }) => entry === "clip-1")?.frames, clip?.frames);
});

test("another video matches nothing and is not kept; the very same bytes match by their digest alone where a bank has it", {
  skip,
}, async () => {
  const other = made("mandelbrot");
  const answer = await at.answer(other);
  assert.deepEqual([answer.action, answer.matches], ["nothing", []]);
  assert.equal(answer.refused, undefined);
  await bankOf(at, "digests", [{ signals: [{ kind: "md5", value: measuresOf(other).md5 }] }]);
  const found = await until("the bank", async () => {
    const [match] = (await at.answer(other)).matches;
    return match;
  });
  assert.deepEqual([found.match, found.frames], ["exact", undefined]);
});

test("a video that cannot be decoded, is too large or has no decoder is refused by name and with what to do", {
  skip,
}, async () => {
  const video = made("testsrc2");
  const broken = await at.answer(video.slice(0, 300));
  assert.equal(broken.refused?.code, "media.broken");
  const codeOf = async (options: Parameters<typeof openVideos>[0]) => {
    const said = await (await openVideos(options)).look(video);
    return said.kind === "refused" ? [said.code, said.remedy] : said;
  };
  assert.equal(((await codeOf({ maxBytes: 100 })) as string[])[0], "media.too-many-bytes");
  assert.equal(((await codeOf({ maxBytes: MOST_BYTES, milliseconds: 1 })) as string[])[0], "media.too-slow");
  const [code, remedy] = (await codeOf({ maxBytes: MOST_BYTES, ffmpeg: "no-such-program" })) as string[];
  assert.equal(code, "media.no-decoder");
  assert.match(remedy ?? "", /Install ffmpeg/);
});

test("videos have their turn one after another, and each its own answer", { skip }, async () => {
  const [one, other] = [made("testsrc2"), made("mandelbrot")];
  const all = await Promise.all([one, other, one, other].map(async (file) => await videos.look(file)));
  assert.ok(all.every(({ kind }) => kind === "video"));
  assert.deepEqual(all[0], all[2]);
  assert.deepEqual(all[1], all[3]);
  assert.notDeepEqual(all[0], all[1]);
});
