import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { until } from "../../station/src/testing/desk.ts";
import { bankOf, squares } from "../../station/src/testing/media.ts";
import { measuresOf } from "../../station/src/testing/report.ts";
import { type SharedKites, startSharedKites } from "../../station/src/testing/shared-kites.ts";
import { endOfFile } from "../../station/src/testing/station.ts";
import { LOOKS, openBrowser, openDesk, WIDE } from "./desk-page.ts";
import { handsAt } from "./hands.ts";
import { check } from "./shots.ts";
import { signInLink } from "./stations.ts";

const hook = endOfFile();
const posted = squares(3);
const likeness = "f8f8f0cee0f4a84f06370a22038f63f0b36e2ed596621e1d33e6b39c4e9c9b22";
const withdrawn = "ab".repeat(16);
let at: SharedKites;
let browser: Browser;

before(async () => {
  at = await startSharedKites(hook, [
    {
      classification: "K1",
      categories: ["delta", "single line"],
      tags: ["red"],
      signals: [
        { kind: "md5", value: measuresOf(posted).md5 },
        { kind: "pdq", value: likeness, quality: 100 },
      ],
    },
    { categories: ["box"], signals: [{ kind: "sha1", value: "cd".repeat(20) }] },
    { categories: ["box"], signals: [{ kind: "md5", value: "ef".repeat(16) }] },
  ]);
  const { station } = at.platform;
  await bankOf(at.platform, "empty", [], { name: "Empty list" });
  await bankOf(at.platform, "boats", [{ key: "boat-1", signals: [{ kind: "md5", value: withdrawn }] }], {
    name: "Boats",
    source: "Example Boat Society",
    semantics: "pdq/nn512",
    enabled: false,
  });
  await bankOf(at.platform, "harbour", [], { name: "Harbours", source: "Example Harbour Office" });
  await station.db.pool.query(
    `insert into bank_exchange (bank_id, kind, failing_since, trouble, last_error, attempts, next_at)
     values ('harbour', 'stopncii', now() - interval '3 hours', 'blocked', 'The source answered 401.', 17, now() + interval '5 minutes')`,
  );
  browser = await openBrowser();
  hook.after(() => browser.close());
});

const openBanks = async (page: Page, name: string, role: string) => {
  await page.goto(await signInLink(at.platform, name, role));
  await page.getByRole("link", { name: "Banks", exact: true }).click();
  await page.getByRole("table", { name: "Banks" }).getByRole("row").nth(4).waitFor();
};
const search = async (page: Page, value: string) => {
  await page.getByRole("textbox", { name: /^MD5, SHA-1/ }).fill(value);
  await page.getByRole("button", { name: "Look for it" }).click();
};

suite("banks of hashes, at the desk", () => {
  for (const look of LOOKS)
    test(`are legible and accessible, ${look.scheme}, ${look.width} wide`, async () => {
      const { page, assertQuiet } = await openDesk(browser, look);
      await openBanks(page, "Lee Example", "lead");
      await check(page, look, "banks list");
      await search(page, likeness);
      await page.getByRole("list", { name: "Entries with this hash" }).waitFor();
      await check(page, look, "banks found");
      await page.getByRole("link", { name: /^Entry 9-/ }).click();
      await page.getByRole("heading", { name: "Entry of Kites" }).waitFor();
      await page.getByRole("button", { name: "Tell the source" }).waitFor();
      await check(page, look, "banks entry");
      await page.getByRole("button", { name: "Tell the source" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText("It is wrong", { exact: true }).click();
      await dialog.getByText("MD5", { exact: true }).click();
      await dialog.getByText("The classification is not right").waitFor();
      await check(page, look, "banks tell");
      await page.keyboard.press("Escape");
      await page.getByRole("link", { name: "The bank Kites" }).click();
      await page.getByRole("heading", { name: "What matches" }).waitFor();
      await check(page, look, "banks bank");
      await page.getByRole("button", { name: "Change categories" }).click();
      await page.getByRole("dialog").getByText("Only those with one of these").click();
      await page.getByRole("dialog").getByText("single line").waitFor();
      await check(page, look, "banks parts");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Change what it is taken for" }).click();
      await check(page, look, "banks trust");
      await page.keyboard.press("Escape");
      await page.goto(`${at.platform.url}/banks/harbour`);
      await page.getByText("The source answered 401.").waitFor();
      await page.getByText("Never fetched yet").waitFor();
      await check(page, look, "banks failing");
      assertQuiet();
    });

  test("by the keyboard alone a lead switches a part off, finds an entry by its hash, and tells its source", async () => {
    const { page, assertQuiet } = await openDesk(browser, WIDE);
    const hands = handsAt(page);
    await openBanks(page, "Lou Example", "lead");
    await hands.tabTo('link "Kites"');
    await hands.press("Enter");
    await page.getByRole("heading", { name: "What matches" }).waitFor();
    await hands.tabTo('button "Change categories"');
    await hands.press("Enter");
    await page.getByRole("dialog").waitFor();
    await hands.choose("Only those with one of these");
    await hands.tabTo('button "Change it"');
    await hands.tabTo('checkbox "box');
    await hands.press("Space");
    await hands.tabTo('textbox "Why"');
    await hands.type("Deltas are theirs to fly.");
    await hands.tabTo('button "Change it"');
    await hands.press("Enter");
    const matches = page.getByRole("region", { name: "What matches" });
    await matches.getByText("Only this one: box").waitFor();
    await page
      .getByRole("region", { name: "What was changed" })
      .getByText("Categories: All became box")
      .waitFor();
    assert.match(await hands.focused(), /Change categories/);

    await page.getByRole("link", { name: "All banks" }).focus();
    await hands.press("Enter");
    await page.getByRole("heading", { name: "Banks of hashes" }).waitFor();
    await page.getByRole("table", { name: "Banks" }).getByText("On in part").waitFor();
    await hands.tabTo('textbox "MD5, SHA-1');
    await hands.type("kite");
    await hands.press("Enter");
    await page.getByText("A hash has 32, 40 or 64 hexadecimal digits.").waitFor();
    await hands.press("Control+a");
    await hands.type(measuresOf(posted).md5.toUpperCase());
    await hands.press("Enter");
    await page.getByText("Matches nothing: its part of the bank is off").waitFor();
    await hands.tabTo('link "Entry 9-');
    await hands.press("Enter");
    await page.getByRole("heading", { name: "Entry of Kites" }).waitFor();
    await hands.tabTo('button "Tell the source"');
    await hands.press("Enter");
    await page.getByRole("dialog", { name: "Tell Example Kite Society" }).waitFor();
    await hands.choose("MD5");
    await hands.press("Tab");
    await hands.choose("It is wrong");
    await page.getByRole("dialog").getByText("The classification is not right").waitFor();
    await hands.tabTo('textbox "Your note"');
    await hands.type("Robin says it is a box kite.");
    await hands.tabTo('button "Send it"');
    await hands.press("Enter");
    await page.getByText("Choose at least one reason.").waitFor();
    await hands.press("Shift+Tab", "Shift+Tab");
    assert.match(await hands.focused(), /checkbox "The hash matches harmless pictures/);
    await hands.press("Shift+Tab", "Space");
    await hands.tabTo('button "Send it"');
    await hands.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    const told = page.getByRole("region", { name: "What its source is told" });
    await told.getByText("It is wrong (MD5)").waitFor();
    await told.getByText("The classification is not right").waitFor();
    await told.locator(".tag", { hasText: "Delivered" }).waitFor();
    await told.getByText("Lou Example").waitFor();
    await check(page, WIDE, "banks told");
    const { rows } = await at.house.station.db.pool.query<{ kind: string; opinion: string }>(
      "select kind, opinion from bank_opinion",
    );
    assert.deepEqual(rows, [{ kind: "md5", opinion: "negative" }]);
    assertQuiet();
  });

  test("a source that takes no feedback says so in place of a button, and who may not change is not offered it", async () => {
    const { page, assertQuiet } = await openDesk(browser, WIDE);
    await openBanks(page, "Ada Example", "auditor");
    await search(page, withdrawn);
    await page.getByText("Matches nothing: the bank is off").waitFor();
    await page.getByRole("link", { name: "Entry boat-1" }).click();
    await page.getByText("there is nobody to tell from here").waitFor();
    assert.equal(await page.getByRole("button", { name: "Tell the source" }).count(), 0);
    await check(page, WIDE, "banks nobody to tell");
    await page.getByRole("link", { name: "The bank Boats" }).click();
    const matches = page.getByRole("region", { name: "What matches" });
    await matches.getByText("A lead can change this.").waitFor();
    assert.equal(await matches.getByRole("button").count(), 0);
    assertQuiet();
  });

  test("what a reviewer has decided stands closed on their page, and its source is told from there by the keyboard", async () => {
    const { pool } = at.platform.station.db;
    await pool.query("update bank set categories = null where id = 'kites'");
    await at.platform.station.db.pool.query(
      `with head as (update bank_head set seq = seq + 1 returning seq)
       insert into bank_change (seq, bank_id, what, said, at, by)
       select head.seq, bank_id, what, said || '{"categories": null}', now(), 'operator' from head, bank_change
       where bank_id = 'kites' and what = 'bank-changed' order by bank_change.seq desc limit 1`,
    );
    await until("a match", async () => (await at.platform.answer(posted)).action === "review");
    const { page, assertQuiet } = await openDesk(browser, WIDE);
    const hands = handsAt(page);
    await page.goto(await signInLink(at.platform, "Robin Example", "reviewer"));
    await page.getByRole("link", { name: "What was posted" }).click();
    await page.getByRole("button", { name: "Take the next file" }).waitFor();
    assert.equal(await page.getByRole("region", { name: "Decided by you" }).count(), 0);
    await hands.tabTo('button "Take the next file"');
    await hands.press("Enter");
    await page.getByRole("heading", { name: "A posted file, closed" }).waitFor();
    await hands.choose("Leave it");
    await hands.tabTo('button "Decide, and take the next"');
    await hands.press("Enter");
    const decided = page.getByRole("region", { name: "Decided by you" });
    await decided.getByText("Left").waitFor();
    await hands.tabTo('button "Tell the source about 9-');
    await hands.press("Enter");
    await page.getByRole("dialog").waitFor();
    await hands.choose("It is right");
    await hands.tabTo('textbox "Your note"');
    await hands.type("It is the kite.");
    await hands.tabTo('button "Send it"');
    await hands.press("Enter");
    await decided.locator(".tag", { hasText: "Delivered" }).waitFor();
    await decided.getByText("It is right (MD5)").waitFor();
    await check(page, WIDE, "review decided");
    for (const look of LOOKS.slice(1)) {
      await page.setViewportSize({ width: look.width, height: 860 });
      await page.emulateMedia({ colorScheme: look.scheme });
      await check(page, look, "review decided");
    }
    assertQuiet();
  });
});
