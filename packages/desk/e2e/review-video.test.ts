import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { before, suite, test } from "node:test";
import type { Browser } from "playwright-core";
import { openVideos } from "../../station/src/media/videos.ts";
import { until } from "../../station/src/testing/desk.ts";
import { bankOf, type MediaPlatform, startMediaPlatform } from "../../station/src/testing/media.ts";
import { endOfFile } from "../../station/src/testing/station.ts";
import { LOOKS, openBrowser, openDesk } from "./desk-page.ts";
import { check } from "./shots.ts";
import { signInLink } from "./stations.ts";

const hook = endOfFile();
const videos = await openVideos({ maxBytes: 64 * 1024 * 1024 });
const seen = await videos.look(Buffer.from("\x1a\x45\xdf\xa3", "latin1"));
const hasNone = seen.kind === "refused" && seen.code === "media.no-decoder";
let platform: MediaPlatform;
let browser: Browser;

/** Moving geometry, made by ffmpeg's own generators. */
function made(...words: readonly string[]): Uint8Array<ArrayBuffer> {
  const input = ["-v", "error", "-f", "lavfi", "-i", "testsrc2=size=320x180:rate=10", "-t", "6"];
  const output = ["-c:v", "mpeg4", ...words, "-f", "matroska", "pipe:1"];
  return new Uint8Array(execFileSync("ffmpeg", [...input, ...output], { maxBuffer: 64 * 1024 * 1024 }));
}

before(async () => {
  if (hasNone) return;
  platform = await startMediaPlatform(hook);
  const known = await videos.look(made());
  const frames = known.kind === "video" ? known.frames : [];
  const signals = frames.map(({ hash }) => ({ kind: "pdq" as const, value: hash }));
  await bankOf(platform, "clips", [{ key: "clip-1", media: "video", signals }], { semantics: "pdq/full" });
  await until("the bank", async () => (await platform.answer(made("-q:v", "9"))).action === "review");
  browser = await openBrowser();
  hook.after(() => browser.close());
});

suite("the review of a posted video", { skip: hasNone ? "ffmpeg is not installed" : false }, () => {
  for (const look of LOOKS)
    test(`says at which seconds it looks like an item, ${look.scheme}, ${look.width} wide`, async () => {
      const { page, assertQuiet } = await openDesk(browser, look);
      await page.goto(await signInLink(platform, "Lee Example", "reviewer"));
      await page.getByRole("link", { name: "What was posted" }).click();
      await page.getByRole("button", { name: "Take the next file" }).click();
      await page.getByRole("heading", { name: "A posted file, closed" }).waitFor();
      const match = await page.locator("ul.known li").first().innerText();
      assert.match(match, /In \d frames of \d that were compared; at second 0,[\d, ]+ of the video\./);
      assert.match(match, /Looks like an item of Bank clips/);
      await check(page, look, "review video");
      await page.getByRole("button", { name: "Give it back unseen" }).click();
      await page.getByRole("button", { name: "Take the next file" }).waitFor();
      assertQuiet();
    });
});
