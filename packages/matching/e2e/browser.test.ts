import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import { after, before, test } from "node:test";
import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "../../../tools/browser.ts";
import { hexOfHash, plainPdq } from "../src/index.ts";
import { newDigests } from "../src/node/digests.ts";
import { expectations, pictureFile, pictureOf } from "../src/pdq/testing/reference.ts";

const source = new URL("../src/", import.meta.url);
const noble = new URL(import.meta.resolve("@noble/hashes/sha2.js"));
const site = "http://pictures.example/";

/** What a bundler does for a site: it finds the one library that is not this package's own. */
const PAGE = `<!doctype html><title>x</title><script type="importmap">{"imports":{"@noble/hashes/":"${site}@noble/hashes/"}}</script>`;

let browser: Browser;
let page: Page;

before(async () => {
  const executablePath = findChromium(process.env);
  if (executablePath === null) throw new Error("There is no Chromium. Install it, or set CHROMIUM_PATH.");
  browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
  page = await browser.newPage();
  // The package is served as it lies here, with its types taken off: what a browser gets is what Node runs.
  await page.route(`${site}**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    if (path === "") return route.fulfill({ contentType: "text/html", body: PAGE });
    if (path.startsWith("@noble/"))
      return route.fulfill({
        contentType: "text/javascript",
        body: await readFile(new URL(path.slice("@noble/hashes/".length), noble)),
      });
    if (path.startsWith("pictures/"))
      return route.fulfill({ body: await pictureFile(path.slice("pictures/".length)) });
    const text = await readFile(new URL(path, source), "utf8");
    return route.fulfill({ contentType: "text/javascript", body: stripTypeScriptTypes(text) });
  });
  await page.goto(site);
});
after(async () => {
  await browser.close();
});

interface Told {
  readonly engine: string;
  readonly hash: string;
  readonly quality: number;
  readonly plain: string;
}

/** Hashes, in the page, the pixels that it is given as base64. */
async function toldByPage(picture: {
  pixels: Uint8Array;
  width: number;
  height: number;
  channels: number;
}): Promise<Told> {
  const given = JSON.stringify({ ...picture, pixels: Buffer.from(picture.pixels).toString("base64") });
  return page.evaluate<Told>(`(async () => {
    const { hexOfHash, loadPdq, plainPdq } = await import("${site}index.ts");
    const given = ${given};
    const picture = { ...given, pixels: Uint8Array.from(atob(given.pixels), (letter) => letter.charCodeAt(0)) };
    const pdq = await loadPdq();
    const { hash, quality } = pdq.hashPixels(picture, "pdq/full");
    return { engine: pdq.engine, hash: hexOfHash(hash), quality, plain: hexOfHash(plainPdq().hashPixels(picture, "pdq/full").hash) };
  })()`);
}

test("in a real browser the compiled form is loaded, and hashes as the reference does", async () => {
  for (const { file, full, qualityFull } of await expectations()) {
    if (!["bridge-mods-square-512x512.jpg", "misc-images-wee.jpg", "misc-images-small.jpg"].includes(file))
      continue;
    assert.deepEqual(await toldByPage(await pictureOf(file)), {
      engine: "simd",
      hash: full,
      quality: qualityFull,
      plain: full,
    });
  }
});

test("a picture that the browser decoded itself has the hash that Node gives its pixels", async () => {
  const told = await page.evaluate<{
    hash: string;
    pixels: string;
    width: number;
    height: number;
  }>(`(async () => {
    const { hexOfHash, loadPdq } = await import("${site}index.ts");
    const image = await createImageBitmap(await (await fetch("${site}pictures/bridge-mods-square-512x512.jpg")).blob());
    const { width, height } = image;
    const context = new OffscreenCanvas(width, height).getContext("2d");
    context.drawImage(image, 0, 0);
    const pixels = new Uint8Array(context.getImageData(0, 0, width, height).data.buffer);
    const { hash } = (await loadPdq()).hashPixels({ pixels, width, height, channels: 4 }, "pdq/full");
    const letters = Array.from(pixels, (byte) => String.fromCharCode(byte)).join("");
    return { hash: hexOfHash(hash), pixels: btoa(letters), width, height };
  })()`);
  const pixels = new Uint8Array(Buffer.from(told.pixels, "base64"));
  const { hash } = plainPdq().hashPixels({ ...told, pixels, channels: 4 }, "pdq/full");
  assert.equal(told.hash, hexOfHash(hash));
});

test("a file has the same digests in a browser, piece by piece", async () => {
  const told = await page.evaluate(`(async () => {
    const { plainDigests } = await import("${site}index.ts");
    const stream = plainDigests();
    for await (const piece of (await fetch("${site}pictures/misc-images-wee.jpg")).body) stream.update(piece);
    return stream.finish();
  })()`);
  const here = newDigests();
  here.update(await pictureFile("misc-images-wee.jpg"));
  assert.deepEqual(told, here.finish());
});
