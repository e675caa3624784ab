import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, suite, test } from "node:test";
import { exampleIdentifier, exampleSuspect } from "@fairlead/assessment/testing";
import type { Browser } from "playwright-core";
import { rollUpCampaigns } from "../../station/src/campaigns/index.ts";
import { until } from "../../station/src/testing/desk.ts";
import {
  accepted,
  testFile,
  type TestFile,
  testSender,
  type TestSender,
} from "../../station/src/testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../../station/src/testing/station.ts";
import { type Look, LOOKS, openBrowser, openDesk, WIDE } from "./desk-page.ts";
import { handsAt } from "./hands.ts";
import { signInAs } from "./stations.ts";
import { check } from "./shots.ts";

const hook = endOfFile();
let at: TestStation;
let sender: TestSender;
let browser: Browser;

before(async () => {
  at = await startTestStation(hook, { id: "example-chat", profile: "platform" });
  sender = await testSender(at);
  browser = await openBrowser();
  hook.after(() => browser.close());
});

/** Hands a report in and waits until the station has worked it up. */
async function reportOf(account: string, files: readonly TestFile[] = []): Promise<string> {
  const identifiers = [exampleIdentifier("account", account, { platform: "Example Chat" })];
  const own = files.map((file) => ({ ...file, id: randomUUID() as TestFile["id"] }));
  const id = await accepted(sender, own, { persons: [exampleSuspect({ identifiers, events: [] })] });
  await until("the work-up of a report", async () => {
    const { rows } = await at.station.db.pool.query<{ tier: number | null }>(
      "select tier from report where id = $1",
      [id],
    );
    return rows[0]?.tier !== null;
  });
  return id;
}

async function signIn(look: Look, name: string) {
  const desk = await openDesk(browser, look);
  await signInAs(desk.page, at, name, "lead");
  return desk;
}

const addressOf = (path: string) => new URL(path, at.url).href;

suite("who is who, at the desk", () => {
  test("same person again: the next report joins the subject of the officer who has it, and says so", async () => {
    const account = randomUUID();
    const first = await reportOf(account);
    await reportOf(account);
    const { page, assertQuiet } = await signIn(WIDE, "Kim Example");
    const hands = handsAt(page);
    await page.goto(addressOf(`/reports/${first}`));
    await page.getByText("One person in 2 reports").waitFor();
    await page.getByRole("link", { name: "Open the subject" }).click();
    await hands.tabTo('button "Take over');
    await hands.press("Enter");
    await page
      .locator("dd")
      .getByText(/^Kim Example, /)
      .waitFor();
    const third = await reportOf(account);
    await page.goto(addressOf(`/reports/${third}`));
    await page.getByText("One person in 3 reports").waitFor();
    await page
      .locator("dd")
      .getByText(/^Kim Example, /)
      .waitFor();
    for (const each of LOOKS) {
      const other = await signIn(each, "Lou Example");
      await other.page.goto(addressOf(`/reports/${third}`));
      await other.page.getByText("One person in 3 reports").waitFor();
      await check(other.page, each, "report with a subject");
      await other.page.getByRole("link", { name: "Open the subject" }).click();
      await other.page.getByRole("row").nth(3).waitFor();
      await check(other.page, each, "subject");
      other.assertQuiet();
    }
    await page
      .locator("#links")
      .getByRole("button", { name: /^Not the same person/ })
      .first()
      .focus();
    await hands.press("Enter");
    await page.getByRole("dialog").waitFor();
    await check(page, WIDE, "not the same person");
    await page.getByRole("textbox").fill("Two brothers share it.");
    await hands.tabTo('button "Record the decision');
    await hands.press("Enter");
    await page.getByText("Decided by people").waitFor();
    await page.getByText("One person in 3 reports").waitFor({ state: "detached" });
    await page.locator("#links").getByRole("button", { name: "Take back" }).focus();
    await hands.press("Enter");
    await page.getByRole("textbox").fill("They are one after all.");
    await hands.tabTo('button "Record the decision');
    await hands.press("Enter");
    await page.getByText("One person in 3 reports").waitFor();
    assertQuiet();
  });

  test("viral trap: the lead inside is on top, copies are closed with a sample, and one opens again by a new link", async () => {
    const kite = testFile({ name: "kite.png" });
    const accounts = Array.from({ length: 27 }, () => randomUUID());
    const copies: string[] = [];
    for (const account of accounts) copies.push(await reportOf(account, [kite]));
    const lead = await reportOf(randomUUID(), [kite, testFile({ name: "harbour.png" })]);
    await rollUpCampaigns(at.station);
    const { page, assertQuiet } = await signIn(WIDE, "Sam Example");
    const hands = handsAt(page);
    for (const each of LOOKS) {
      const other = await signIn(each, "Lou Example");
      await other.page.goto(addressOf("/"));
      await other.page.getByText("Viral item, held by 28").first().waitFor();
      await check(other.page, each, "queue with copies");
      await other.page.goto(addressOf("/campaigns"));
      await other.page.getByRole("row").nth(1).waitFor();
      await check(other.page, each, "campaigns");
      await other.page.locator("table a").first().click();
      await other.page.getByText("27 open reports show nothing beyond the item.").waitFor();
      await check(other.page, each, "campaign");
    }
    await page.goto(addressOf("/campaigns"));
    await page.locator("table a").first().click();
    const href = await page.locator("#leads a").first().getAttribute("href");
    assert.equal(href, `/reports/${lead}`);
    await hands.tabTo('button "Draw a sample');
    await hands.press("Enter");
    await page.locator("#copies li").first().waitFor();
    await check(page, WIDE, "campaign with its sample");
    assert.equal(await page.getByRole("button", { name: /^Close / }).count(), 0);
    const drawn = await page.locator("#copies li").count();
    for (let left = drawn; left > 0; left -= 1) {
      await page.getByText(`${left} still to look at`).waitFor();
      await page
        .locator("#copies li")
        .getByRole("button", { name: /^A copy/ })
        .first()
        .press("Enter");
    }
    await page.getByRole("button", { name: "Close 27 copies" }).press("Enter");
    await page.getByRole("textbox").fill("All of one kite.");
    await hands.tabTo('button "Record the decision');
    await hands.press("Enter");
    await page.getByText("27 copies were closed.").waitFor();
    await page.goto(addressOf(`/reports/${copies[0]}`));
    await page.locator("#history").getByText("Closed together with the copies of its campaign").waitFor();
    await reportOf(accounts[0] ?? "");
    await page.goto(addressOf(`/reports/${copies[0]}`));
    await page.locator("#history").getByText("Opened again").waitFor();
    await page.getByText("One person in 2 reports").waitFor();
    assertQuiet();
  });
});
