import assert from "node:assert/strict";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "../../../tools/browser.ts";

export interface Look {
  scheme: "light" | "dark";
  width: 1280 | 375;
}

/** Every way in which a page is looked at: both themes, at a desk's width and a telephone's. */
export const LOOKS: readonly Look[] = [
  { scheme: "light", width: 1280 },
  { scheme: "dark", width: 1280 },
  { scheme: "light", width: 375 },
  { scheme: "dark", width: 375 },
];
export const WIDE: Look = { scheme: "light", width: 1280 };

/** Debian's Chromium. As root it has no sandbox to run in. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findChromium(process.env);
  if (executablePath === null) throw new Error("There is no Chromium. Install it, or set CHROMIUM_PATH.");
  return await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
}

export interface DeskPage {
  page: Page;
  /** Fails when the page has broken its content security policy, thrown, or logged an error that nobody expected. */
  assertQuiet: () => void;
}

/** A fresh browser profile at the desk. */
export async function openDesk(browser: Browser, { scheme, width }: Look): Promise<DeskPage> {
  const context = await browser.newContext({
    viewport: { width, height: 860 },
    colorScheme: scheme,
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // The browser itself logs every refusal of the station's API, and the desk asks while nobody is signed in.
    const isRefusal =
      /^Failed to load resource: .* (?:401|403|404)/.test(message.text()) &&
      new URL(message.location().url).pathname.startsWith("/api/");
    if (message.type() === "error" && !isRefusal) complaints.push(message.text());
  });
  return { page, assertQuiet: () => assert.deepEqual(complaints, []) };
}

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Zero violations of WCAG 2.2 AA that a machine can find, and nothing to scroll to sideways (1.4.10). */
export async function assertAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`,
  );
  assert.deepEqual(found, [], what);
  const root = page.locator("html");
  const sideways = await root.evaluate(
    (element: { scrollWidth: number; clientWidth: number }) => element.scrollWidth - element.clientWidth,
  );
  assert.ok(sideways <= 0, `${what} is ${sideways} px wider than the window`);
}
