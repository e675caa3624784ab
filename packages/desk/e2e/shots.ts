import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { assertAccessible, type Look } from "./desk-page.ts";

/**
 * For people who want to look: where DESK_SHOTS names a folder, a picture of the page, of its dialog as it is seen, or of one part.
 * @param part of the page; all of it when left out
 */
export async function shoot(
  page: Page,
  { scheme, width }: Look,
  what: string,
  part?: Locator,
): Promise<void> {
  const folder = process.env["DESK_SHOTS"];
  if (folder === undefined) return;
  const path = join(folder, `${scheme}-${width}-${what.replaceAll(" ", "-")}.png`);
  if (part === undefined)
    await page.screenshot({ path, fullPage: (await page.getByRole("dialog").count()) === 0 });
  else await part.screenshot({ path });
}

/** Zero violations that a machine can find, and a picture. */
export async function check(page: Page, look: Look, what: string): Promise<void> {
  await assertAccessible(page, what);
  await shoot(page, look, what);
}
