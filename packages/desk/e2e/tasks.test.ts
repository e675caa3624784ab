import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { addPerson, newSignInLink } from "../../station/src/index.ts";
import { advanceReferral, decideReferral } from "../../station/src/referral/index.ts";
import { watchEffects } from "../../station/src/tasks/index.ts";
import { introduce, peerOf } from "../../station/src/testing/peers.ts";
import { accepted, testFile, testSender } from "../../station/src/testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../../station/src/testing/station.ts";
import { assertAccessible, LOOKS, openBrowser, openDesk } from "./desk-page.ts";
import { handsAt } from "./hands.ts";
import { shoot } from "./shots.ts";
import { signInAs } from "./stations.ts";

const MINUTE = 60_000;

const hook = endOfFile();
let platform: TestStation;
let browser: Browser;
let ahead = 0;

before(async () => {
  // Without workers, so that what stands still does so until the test says otherwise.
  const config = { roles: ["intake", "desk"] };
  platform = await startTestStation(hook, {
    id: "example-chat",
    profile: "platform",
    config,
    clock: () => Date.now() + ahead,
  });
  const at = (id: string, name: string) =>
    peerOf({ card: { ...platform.card, id, name } }, { url: "http://127.0.0.1:9" });
  await introduce(
    platform,
    at("example-agency", "Example Agency"),
    at("example-house", "Example Clearinghouse"),
  );
  const robin = await addPerson(platform.station.db.kysely, "Robin Example", "reviewer", Date.now());
  const sender = await testSender(platform);
  // One stays in the queue, which without any has no grid.
  await accepted(sender, [testFile()]);
  const refer = async (peer: string) => {
    const report = await accepted(sender, [testFile()]);
    const id = await decideReferral(platform.station, report, { peer, reason: "A case for them." }, robin);
    await advanceReferral(platform.station, { referralId: id });
    return id;
  };
  await refer("example-agency");
  await refer("example-agency");
  const refused = await refer("example-house");
  await platform.station.db.pool.query(
    `update referral set stage = 'refused', trouble = 'refused', next_attempt_at = null,
       last_error = 'The clearinghouse refused the report: [1,638] incidentDateTime lies in the future.' where id = $1`,
    [refused],
  );
  ahead = 16 * MINUTE;
  await watchEffects(platform.station);
  browser = await openBrowser();
  hook.after(() => browser.close());
});

async function openTasks(page: Page): Promise<void> {
  await page.getByRole("link", { name: /^Tasks/ }).click();
  await page.locator(".task-card").first().waitFor();
}

suite("tasks at the desk", () => {
  for (const look of LOOKS)
    test(`are legible and accessible, ${look.scheme}, ${look.width} wide`, async () => {
      const { page, assertQuiet } = await openDesk(browser, look);
      const check = async (what: string) => {
        await assertAccessible(page, what);
        await shoot(page, look, `tasks ${what}`);
      };
      await signInAs(page, platform, "Lee Example", "lead");
      await page.getByText("2 open", { exact: true }).waitFor();
      await openTasks(page);
      await page.getByText("The other station does not answer, or says that it cannot now.").waitFor();
      await check("open");
      await page.getByRole("button", { name: /^Hand it to somebody: What was referred/ }).click();
      await check("hand on");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: /^Done elsewhere: What was referred/ }).click();
      await check("elsewhere");
      await page.keyboard.press("Escape");
      await page.goto(new URL("/tasks?list=closed", page.url()).href);
      await page.getByText("No task has been closed yet.").waitFor();
      await check("closed");
      assertQuiet();
    });

  test("a person takes one over, hands it on and ends it by the keyboard alone", async () => {
    const { page, assertQuiet } = await openDesk(browser, { scheme: "light", width: 1280 });
    const hands = handsAt(page);
    await signInAs(page, platform, "Kim Example", "lead");
    await openTasks(page);
    const text = "What was referred to Example Agency does not get through.";
    const refusal = "Example Clearinghouse has refused what was sent to it.";
    await hands.press("j");
    assert.match(
      await hands.focused(),
      new RegExp(`button "Done elsewhere: report|link "|button "Try now: ${text}"`),
    );
    await hands.tabTo(`button "Take it over: ${text}"`);
    await hands.press("Enter");
    await page.getByText("The task is yours.").waitFor();
    await page.getByText("2 open, 1 yours").waitFor();
    await hands.tabTo(`button "Hand it to somebody: ${text}"`);
    await hands.press("Enter");
    await page.getByRole("dialog").waitFor();
    await hands.choose("Robin Example");
    await hands.tabTo('button "Hand it to somebody"');
    await hands.press("Enter");
    await page.getByText("The task is handed on.").waitFor();
    await page.getByText("Robin Example (reviewer), since").first().waitFor();
    await hands.tabTo(`button "Corrected: send it anew: ${refusal}"`);
    await hands.tabTo(`button "Done elsewhere: ${refusal}"`);
    await hands.press("Enter");
    await page.getByRole("dialog").waitFor();
    await hands.tabTo('textbox "Reason"');
    await hands.type("Read out on the telephone; they call it 4711.");
    await hands.tabTo('button "Done elsewhere"');
    await hands.press("Enter");
    await page.getByText("Noted as done elsewhere.").waitFor();
    await page.locator(".task-card").nth(1).waitFor({ state: "detached" });
    await hands.tabTo('link "Closed"');
    await hands.press("Enter");
    await page
      .getByText("Done elsewhere, says Kim Example: Read out on the telephone; they call it 4711.")
      .waitFor();
    await assertAccessible(page, "closed tasks");
    await shoot(page, { scheme: "light", width: 1280 }, "tasks one closed");
    assertQuiet();
  });

  test("the owner's own desk is called about a task, and the call leads there", async () => {
    const { page, assertQuiet } = await openDesk(browser, { scheme: "dark", width: 375 });
    const { station, url } = platform;
    const robin = await station.db.kysely
      .selectFrom("person")
      .select("id")
      .where("name", "=", "Robin Example")
      .executeTakeFirstOrThrow();
    await page.goto(`${url}/sign-in#${await newSignInLink(station.db.kysely, robin.id, station.clock())}`);
    const banner = page.getByRole("region", { name: "Call", exact: true });
    await banner.getByText("What was referred to Example Agency does not get through.").waitFor();
    await assertAccessible(page, "a call about a task");
    await shoot(page, { scheme: "dark", width: 375 }, "tasks call");
    await banner.getByRole("link", { name: "Open the tasks" }).click();
    await page.locator(".task-card").first().waitFor();
    await page.getByRole("button", { name: "Answer: I have it" }).first().click();
    await banner.waitFor({ state: "detached" });
    assertQuiet();
  });
});
