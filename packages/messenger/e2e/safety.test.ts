import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { assertAccessible, type Look, openBrowser } from "../../desk/e2e/desk-page.ts";
import type { TestHub } from "../../station/src/testing/chat.ts";
import { newPerson, type Somebody, startChats, startTalking } from "./people.ts";

const LOOKS: readonly Look[] = [
  { scheme: "light", width: 1280 },
  { scheme: "dark", width: 375 },
];

const cleanUps: (() => Promise<void>)[] = [];
const hook = { after: (cleanUp: () => Promise<void>) => void cleanUps.push(cleanUp) };
let hub: TestHub;
let browser: Browser;

before(async () => {
  hub = await startChats(hook);
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
});

/** As the rules would have begun it. */
async function begin(account: string, ...actions: string[]): Promise<void> {
  await hub.station.db.pool.query(
    `insert into safety_action (id, account, action, rules_version, signals, signal_at, began_at, ends_at)
     select gen_random_uuid(), $1, action, '1', '[]', now(), now(), now() + interval '14 days'
     from unnest($2::text[]) action`,
    [account, actions],
  );
}

async function check(page: Page, look: Look, what: string): Promise<void> {
  await assertAccessible(page, what);
  const folder = process.env["MESSENGER_SHOTS"];
  if (folder === undefined) return;
  const name = `safety-${what.replaceAll(" ", "-")}-${look.scheme}-${look.width}.png`;
  await page.screenshot({ path: join(folder, name) });
}

suite("what signals lead to, as people see it", () => {
  for (const look of LOOKS) {
    const mark = `${look.scheme}-${look.width}`;

    test(`whoever is slowed reads why and until when, and asks a person to look: ${mark}`, async () => {
      const ada = await newPerson(browser, hub, { name: "Ada Example", handle: `ada-${mark}` }, look);
      await begin(`ada-${mark}`, "friction", "hide");
      await ada.page.reload();
      await ada.page.getByText("New people: 2 a day for now").waitFor();
      await ada.page.getByText("Hard to find for now").waitFor();
      await check(ada.page, look, "slowed");
      await ada.page.getByRole("button", { name: "Ask a person to look" }).click();
      await ada.page.getByRole("dialog").getByRole("textbox").fill("I look after the chess club.");
      await check(ada.page, look, "appeal");
      await ada.page.getByRole("button", { name: "Ask them to look" }).press("Enter");
      await ada.page.getByText(/^You asked a person to look on/).waitFor();
      const { rows } = await hub.station.db.pool.query<{ words: string }>(
        "select words from safety_appeal where account = $1",
        [`ada-${mark}`],
      );
      assert.deepEqual(rows, [{ words: "I look after the chess club." }]);
      ada.assertQuiet();
    });

    test(`a young person who is asked reads a calm word, and can let it be or block: ${mark}`, async () => {
      const year = String(new Date().getFullYear() - 13);
      const askers: Somebody[] = [];
      const kim = await newPerson(browser, hub, { name: "Kim Example", handle: `kim-${mark}`, year }, look);
      for (const name of ["Bea", "Cem"]) {
        const handle = `${name.toLowerCase()}-${mark}`;
        const asker = await newPerson(browser, hub, { name: `${name} Example`, handle });
        await begin(handle, "notice");
        await startTalking(asker.page, [`kim-${mark}`]);
        askers.push(asker);
      }
      const calm = (name: string) => kim.page.getByText(`Do you know ${name} Example?`);
      for (const name of ["Bea", "Cem"]) await calm(name).waitFor();
      await check(kim.page, look, "calm notices");
      const bea = kim.page.locator(".notice").filter({ has: calm("Bea") });
      await bea.getByRole("button", { name: "It is fine" }).press("Enter");
      await calm("Bea").waitFor({ state: "detached" });
      await kim.page.getByRole("button", { name: "Block Cem Example" }).click();
      await kim.page.getByRole("dialog").getByRole("button", { name: "Block", exact: true }).click();
      await calm("Cem").waitFor({ state: "detached" });
      kim.assertQuiet();
      for (const { page } of askers) await page.context().close();
    });
  }
});
