import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { exampleEvent, exampleSuspect } from "../../assessment/src/testing/index.ts";
import { scoreDue } from "../../station/src/senders/index.ts";
import { watchEffects } from "../../station/src/tasks/index.ts";
import { accepted, testFile, testSender } from "../../station/src/testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../../station/src/testing/station.ts";
import { workUp } from "../../station/src/work-up.ts";
import { assertAccessible, LOOKS, openBrowser, openDesk, WIDE } from "./desk-page.ts";
import { handsAt } from "./hands.ts";
import { shoot } from "./shots.ts";
import { signInAs } from "./stations.ts";

const MINUTE = 60_000;
const hook = endOfFile();
let platform: TestStation;
let browser: Browser;
let ahead = -120 * MINUTE;

before(async () => {
  platform = await startTestStation(hook, {
    id: "example-chat",
    profile: "platform",
    config: { roles: ["intake", "desk"] },
    clock: () => Date.now() + ahead,
  });
  const { station } = platform;
  const account = await testSender(platform);
  const send = async (id: string, count: number, port: boolean) => {
    for (let index = 0; index < count; index += 1) {
      ahead += MINUTE / 2;
      const events = [exampleEvent(port ? { port: 40_000 } : {})];
      const reportId = await accepted(account, [testFile()], {
        sender: { kind: "platform", id, name: `Example ${id}` },
        persons: [exampleSuspect({ events })],
      });
      if (!port && index < 3) await workUp(station, { reportId });
      else await station.db.pool.query("insert into score_due (report_id) values ($1)", [reportId]);
    }
    await scoreDue(station);
  };
  for (const id of ["kites", "boats"]) {
    await send(id, 70, true);
    await send(id, 21, false);
  }
  ahead = 0;
  await watchEffects(station);
  browser = await openBrowser();
  hook.after(() => browser.close());
});

async function openSender(page: Page, name: string): Promise<void> {
  await page.getByRole("link", { name: "Senders", exact: true }).click();
  await page.getByRole("link", { name }).click();
  await page.getByText("Left empty: the source port").first().waitFor();
}

suite("format bursts at the desk", () => {
  for (const look of LOOKS)
    test(`are legible and accessible, ${look.scheme}, ${look.width} wide`, async () => {
      const { page, assertQuiet } = await openDesk(browser, look);
      const check = async (what: string) => {
        await assertAccessible(page, what);
        await shoot(page, look, `bursts ${what}`);
      };
      await signInAs(page, platform, "Lee Example", "lead");
      await page.getByRole("link", { name: /^Format bursts/ }).click();
      await page.getByText("Sender leaves empty: the source port").first().waitFor();
      await check("lane");
      await page
        .getByRole("link", { name: /^Report \d+/ })
        .first()
        .click();
      await page.getByText("The sender used to fill this").waitFor();
      await check("report");
      await openSender(page, "Example kites");
      await check("sender");
      await page.getByRole("button", { name: /^Accept as the new normal/ }).click();
      await page.getByRole("dialog").waitFor();
      await check("accept");
      await page.keyboard.press("Escape");
      await page.getByRole("link", { name: /^Tasks/ }).click();
      await page.getByText("The reports of Example kites do not come as they used to.").first().waitFor();
      await check("task");
      assertQuiet();
    });

  test("a lead accepts a change by keyboard, with a reason, and the lane and the task go with it", async () => {
    const { page, assertQuiet } = await openDesk(browser, WIDE);
    await signInAs(page, platform, "Lou Example", "lead");
    await openSender(page, "Example boats");
    const hands = handsAt(page);
    await hands.tabTo('button "Accept as the new normal: Left empty: the source port');
    await hands.press("Enter");
    await page.getByRole("dialog").waitFor();
    await hands.tabTo('textbox "Reason"');
    await hands.type("They told us on the telephone: no ports behind their new relay.");
    await hands.tabTo('button "Accept as the new normal"');
    await hands.press("Enter");
    await page.getByText("Changes that were settled").waitFor();
    await page.getByText(/no ports behind their new relay/).waitFor();
    await page.getByText("Left empty: the source port").first().waitFor({ state: "detached" });
    await watchEffects(platform.station);
    await page.getByRole("link", { name: /^Tasks/ }).click();
    await page.reload();
    await page.getByText("The reports of Example kites").first().waitFor();
    assert.equal(await page.getByText("The reports of Example boats").count(), 0);
    assertQuiet();
  });

  test("who does not lead sees it and accepts nothing", async () => {
    const { page } = await openDesk(browser, WIDE);
    await signInAs(page, platform, "Robin Example", "reviewer");
    await openSender(page, "Example kites");
    assert.equal(await page.getByRole("button", { name: /Accept/ }).count(), 0);
  });
});
