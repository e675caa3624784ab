import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { after, before, suite, test } from "node:test";
import { type Browser, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { findChromium } from "../../../tools/browser.ts";
import { lastingChecks, storeChecks } from "../src/client/store/conformance.ts";

let browser: Browser;
let page: Page;

before(async () => {
  const executablePath = findChromium(process.env);
  if (executablePath === null) throw new Error("There is no Chromium. Install it, or set CHROMIUM_PATH.");
  browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
  page = await browser.newPage();
  // A database needs an origin; nothing needs a server.
  await page.route("http://store.example/", (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><title>store</title>" }),
  );
  await page.goto("http://store.example/");
  await page.addScriptTag({ content: await bundled("../src/client/store/page-testing.ts") });
});
after(async () => {
  await browser.close();
});

suite("the IndexedDB store, in a real browser", () => {
  for (const { name } of [...storeChecks, ...lastingChecks])
    test(name, async () => {
      await page.evaluate(`run(${JSON.stringify(name)})`);
    });

  test("the page knows the same checks as this file", async () => {
    assert.deepEqual(
      await page.evaluate("names"),
      [...storeChecks, ...lastingChecks].map(({ name }) => name),
    );
  });
});

/** The module and what it imports, as one script. */
async function bundled(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      target: "es2023",
      lib: { entry: fileURLToPath(new URL(entry, import.meta.url)), formats: ["iife"], name: "page" },
    },
  });
  const output = [result].flat().flatMap((one) => ("output" in one ? one.output : []));
  const code = output.find((one) => one.type === "chunk")?.code;
  assert.ok(code !== undefined, "vite made no script");
  return code;
}
