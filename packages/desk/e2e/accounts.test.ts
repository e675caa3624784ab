import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { endOfFile, startTestStation, type TestStation } from "../../station/src/testing/station.ts";
import { LOOKS, openBrowser, openDesk, WIDE } from "./desk-page.ts";
import { check } from "./shots.ts";
import { signInLink } from "./stations.ts";

const hook = endOfFile();
let platform: TestStation;
let browser: Browser;

const SIGNAL = {
  rule: "reported-and-blocked",
  from: "2026-08-01T00:00:00.000Z",
  until: "2026-10-30T00:00:00.000Z",
  met: [
    { measure: "strangers", value: 9, atLeast: 8 },
    { measure: "declined-share", value: 0.625, atLeast: 0.5 },
    { measure: "known-share", value: 0.1, atMost: 0.35 },
  ],
  counter: [{ what: "blocks-taken-back", value: 1 }],
  lookAlikes: ["community", "advertiser"],
  why: "Made up.",
  right: { share: 0.39, low: 0.267, atOneIn: 10_000 },
  reviewBy: "2027-04-01",
};

before(async () => {
  platform = await startTestStation(hook, {
    id: "example-chat",
    profile: "platform",
    config: { roles: ["intake", "desk"] },
  });
  browser = await openBrowser();
  hook.after(() => browser.close());
});

async function accountThatIsHidden(account: string): Promise<void> {
  const { pool } = platform.station.db;
  await pool.query(
    "insert into chat_account (handle, name, birth_year, created_at) values ($1, 'Kite Club', 1980, now())",
    [account],
  );
  await pool.query(
    `insert into safety_action (id, account, action, rules_version, signals, signal_at, began_at, ends_at)
     select gen_random_uuid(), $1, action, '1', $2, now(), now(), now() + interval '14 days'
     from unnest(array['friction', 'review', 'hide']) action`,
    [account, JSON.stringify([SIGNAL])],
  );
}

async function signIn(page: Page, role: string): Promise<void> {
  await page.goto(await signInLink(platform, "Robin Example", role));
  await page.getByRole("link", { name: "Senders", exact: true }).waitFor();
}

suite("accounts that wait for a person, at the desk", () => {
  test("with nothing to do, the page says so; an auditor has no such page", async () => {
    const { page, assertQuiet } = await openDesk(browser, WIDE);
    await signIn(page, "reviewer");
    await page.getByRole("link", { name: "Accounts", exact: true }).click();
    await page.getByText("No account waits for a person.").waitFor();
    await check(page, WIDE, "accounts none");
    assertQuiet();
    const other = await openDesk(browser, WIDE);
    await signIn(other.page, "auditor");
    assert.equal(await other.page.getByRole("link", { name: "Accounts", exact: true }).count(), 0);
  });

  for (const look of LOOKS)
    test(`what was counted and how often that is right is read before a decision, ${look.scheme}, ${look.width} wide`, async () => {
      const account = `kite-club-${look.scheme}-${look.width}`;
      await accountThatIsHidden(account);
      const { page, assertQuiet } = await openDesk(browser, look);
      await signIn(page, "reviewer");
      await page.goto(`${platform.url}/accounts`);
      await page.getByRole("link", { name: account }).waitFor();
      await check(page, look, "accounts list");
      await page.getByRole("link", { name: account }).press("Enter");
      await page.getByText(/right 39 times of 100, and at least 27/).waitFor();
      await check(page, look, "accounts one");
      await page.getByText("Hide for longer", { exact: true }).click();
      await page.getByRole("textbox", { name: /^For how many days/ }).fill("30");
      await page.getByRole("textbox", { name: /^Why/ }).fill("The reports are clear.");
      await page.getByRole("button", { name: "Decide", exact: true }).press("Enter");
      await page.getByText("Robin Example hid it for longer. The reports are clear.").waitFor();
      await check(page, look, "accounts decided");
      assertQuiet();
    });
});
