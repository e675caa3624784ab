import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { newToken, saveAccount } from "../../station/src/access/index.ts";
import { peerConfigSchema } from "../../station/src/config.ts";
import { syncPeers } from "../../station/src/peers/index.ts";
import { decideReferral } from "../../station/src/referral/index.ts";
import { until } from "../../station/src/testing/desk.ts";
import { accepted, testFile, testSender } from "../../station/src/testing/report.ts";
import {
  endOfFile,
  secretFile,
  startTestStation,
  type TestStation,
} from "../../station/src/testing/station.ts";
import { assertAccessible, type Look, LOOKS, openBrowser, openDesk, WIDE } from "./desk-page.ts";
import { handsAt } from "./hands.ts";
import { signInAs } from "./stations.ts";
import { shoot } from "./shots.ts";

const hook = endOfFile();
let platform: TestStation;
let agency: TestStation;
let browser: Browser;

before(async () => {
  platform = await startTestStation(hook, { id: "example-chat", profile: "platform" });
  agency = await startTestStation(hook, { id: "example-agency", profile: "national-agency" });
  const { secret, path } = await secretFile(hook, newToken());
  const { id, name, url, verifyKey, recipient } = agency.card;
  const card = { id, name, url, verifyKey, recipient };
  const ukDirect = { username: "example-chat", passwordFile: path, established: "uk" };
  const peer = peerConfigSchema.parse({ ...card, wire: "uk-direct", ukDirect });
  const house = { ...card, id: "example-house", name: "Example Clearinghouse", wire: "cybertipline" };
  platform.station.config.peers = [peer];
  await syncPeers(platform.station.db.kysely, [peer, peerConfigSchema.parse(house)], Date.now());
  const account = { username: "example-chat", name: "Example Chat", kind: "platform" as const, secret };
  await saveAccount(agency.station.db.kysely, account, Date.now());
  browser = await openBrowser();
  hook.after(() => browser.close());
});

async function newReport(): Promise<string> {
  return await accepted(await testSender(platform), [testFile()]);
}

async function signIn(at: TestStation, look: Look, role: string, name = "Sam Example") {
  const desk = await openDesk(browser, look);
  await signInAs(desk.page, at, name, role);
  return desk;
}

/** The agency's id for the report that the platform made last, with its reference. */
async function arrivedFrom(reportId: string): Promise<{ id: string; reference: string }> {
  const filing = await until("the reference", async () => {
    return await platform.station.db.kysely
      .selectFrom("uk_filing")
      .select(["referral_id", "reference"])
      .where("report_id", "=", reportId)
      .where("reference", "is not", null)
      .executeTakeFirst();
  });
  const { report_id } = await agency.station.db.kysely
    .selectFrom("uk_report")
    .select("report_id")
    .where("reference", "=", filing.reference)
    .executeTakeFirstOrThrow();
  return { id: report_id, reference: filing.reference ?? "" };
}

/** Says of everything that the report does not have that somebody looked and it is not held. */
async function lookForEverything(page: Page): Promise<void> {
  const open = page.locator(".uk-looked select");
  const count = await open.count();
  for (let each = 0; each < count; each += 1) await open.nth(each).selectOption("not-held");
}

suite("a UK direct report, from the platform's form to the agency's desk", () => {
  test("a reviewer makes a P1 report by keyboard, sees its reference, and the agency sees at once what is held, not held and not asked", async () => {
    const id = await newReport();
    const { page, assertQuiet } = await signIn(platform, WIDE, "reviewer");
    const hands = handsAt(page);
    await page.goto(new URL(`/reports/${id}`, platform.url).href);
    await hands.tabTo('link "UK direct report"');
    await hands.press("Enter");
    await hands.tabTo('link "Make a UK direct report"');
    await hands.press("Enter");
    await page.getByRole("heading", { level: 1, name: "UK direct report to Test example-agency" }).waitFor();
    await assertAccessible(page, "the form for a UK direct report");

    // What is missing is said before anything leaves.
    await hands.choose("P1");
    await page.getByText("The law: immediately.").waitFor();
    await hands.tabTo('textbox "What is the threat, and how do you know?"');
    await hands.type("She writes that she stands on the pier in the storm.");
    await hands.tabTo('textbox "Last name"');
    await hands.type("Example");
    await hands.tabTo('button "Check before it goes"');
    await hands.press("Enter");
    await page.getByText("It cannot be made yet").waitFor();
    await page.getByText("Nobody is named who makes the report and can be reached.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Make the report" }).count(), 0);
    await assertAccessible(page, "a report that cannot be made yet");
    await hands.tabTo('button "Change something"');
    await hands.press("Enter");

    await hands.tabTo('textbox "E-mail address');
    await hands.type("sam@example.com");
    await hands.tabTo('textbox "How it was detected, in your words');
    await hands.type("A user told us.");
    await hands.tabTo('combobox "E-mail for recovery"');
    await hands.type("looked");
    await hands.tabTo('button "Check before it goes"');
    await hands.press("Enter");
    await page.getByRole("heading", { level: 1, name: /^Check:/ }).waitFor();
    await page.getByText("What the rules remark on").waitFor();
    await assertAccessible(page, "the check of a UK direct report");
    await hands.tabTo('button "Make the report"');
    await hands.press("Enter");
    await page.getByRole("heading", { level: 1, name: "The report is decided" }).waitFor();

    const { id: there, reference } = await arrivedFrom(id);
    await page.getByText(reference, { exact: true }).waitFor();
    await page.getByText("Reference kept until").waitFor();
    await assertAccessible(page, "a UK direct report that was made");
    assertQuiet();

    const desk = await signIn(agency, WIDE, "analyst", "Kim Example");
    const row = desk.page.getByRole("row").filter({ hasText: "R1" });
    await row.first().waitFor();
    await desk.page.goto(new URL(`/reports/${there}`, agency.url).href);
    const section = desk.page.locator("#uk-direct");
    await section.getByText(reference, { exact: true }).waitFor();
    await section.getByText("She writes that she stands on the pier in the storm.").waitFor();
    await section.getByText("It is the provider’s word.").waitFor();
    const stateOf = (item: string) =>
      section.getByRole("row").filter({ has: desk.page.getByRole("rowheader", { name: item, exact: true }) });
    await stateOf("User’s names").getByText("held", { exact: true }).waitFor();
    await stateOf("E-mail for recovery").getByText("not held", { exact: true }).waitFor();
    await stateOf("E-mail for recovery")
      .getByText(/^reviewer, /)
      .waitFor();
    await stateOf("User’s telephone").getByText("nobody looked").waitFor();
    await desk.page.locator("#calls").getByText("The sender asks for immediate attention").first().waitFor();
    await assertAccessible(desk.page, "a UK direct report at the agency");
    desk.assertQuiet();
  });

  test("what is left over follows in a subsequent report, and each page leads to the other", async () => {
    const id = await newReport();
    const { page, assertQuiet } = await signIn(platform, WIDE, "reviewer");
    const form = new URL(`/reports/${id}/uk-direct`, platform.url).href;
    const fill = async () => {
      await page.getByLabel("Last name").fill("Example");
      await page.getByLabel("E-mail address").fill("sam@example.com");
      await lookForEverything(page);
      await page
        .getByLabel("All information that is reasonably available to us is included")
        .check({ force: true });
      await page.getByRole("button", { name: "Check before it goes" }).click();
      await page.getByRole("button", { name: "Make the report" }).click();
      await page.getByRole("heading", { level: 1, name: "The report is decided" }).waitFor();
    };
    await page.goto(form);
    await fill();
    const { id: first, reference } = await arrivedFrom(id);
    await page.goto(form);
    await page.getByLabel("Reference of the earlier report").waitFor();
    await fill();
    const second = await until("the subsequent report", async () => {
      return await agency.station.db.kysely
        .selectFrom("uk_report")
        .select("report_id")
        .where("first_report", "=", first)
        .executeTakeFirst();
    });
    assertQuiet();
    const desk = await signIn(agency, WIDE, "analyst");
    await desk.page.goto(new URL(`/reports/${second.report_id}`, agency.url).href);
    const section = desk.page.locator("#uk-direct");
    await section.getByText("Subsequent to").waitFor();
    await section.getByText(reference, { exact: true }).first().waitFor();
    await section.getByRole("link", { name: /^Report / }).click();
    await desk.page.locator("#uk-direct").getByText("Followed by").waitFor();
    desk.assertQuiet();
  });

  test("where a clearinghouse carries the report the desk says so and offers no form", async () => {
    const id = await newReport();
    const { kysely } = platform.station.db;
    const { page, assertQuiet } = await signIn(platform, WIDE, "reviewer");
    const person = await kysely.selectFrom("person").selectAll().limit(1).executeTakeFirstOrThrow();
    await decideReferral(platform.station, id, { peer: "example-house", reason: "A case for it." }, person);
    await page.goto(new URL(`/reports/${id}`, platform.url).href);
    const section = page.locator("#uk-direct");
    await section.getByText("This report is not made directly").waitFor();
    await section.getByText("It goes or went by Example Clearinghouse.").waitFor();
    assert.equal(await section.getByRole("link", { name: /UK direct report/ }).count(), 0);
    await page.goto(new URL(`/reports/${id}/uk-direct`, platform.url).href);
    await page.getByText("This report is not made directly").waitFor();
    assert.equal(await page.getByRole("button", { name: "Check before it goes" }).count(), 0);
    assertQuiet();
  });
});

suite("UK direct reports, by WCAG 2.2 AA as far as a machine can tell", () => {
  for (const look of LOOKS)
    test(`${look.scheme}, ${look.width} px wide`, async () => {
      const id = await newReport();
      const { page, assertQuiet } = await signIn(platform, look, "reviewer");
      const check = async (of: Page, what: string) => {
        await assertAccessible(of, what);
        await shoot(of, look, what);
      };
      await page.goto(new URL(`/reports/${id}/uk-direct`, platform.url).href);
      await page.getByLabel("Last name").fill("Example");
      await page.getByLabel("E-mail address").fill("sam@example.com");
      await page.getByText("P2: serious harm").click();
      await page.getByLabel("What is the threat, and how do you know?").fill("A storm is near.");
      await page.getByText("Where the child is").click();
      await page.getByLabel("What shows it: Where the child is").fill("She writes of the pier at Whitby.");
      await lookForEverything(page);
      await page.getByText("All information that is reasonably available to us is included").click();
      await check(page, "uk form");
      await page.getByRole("button", { name: "Check before it goes" }).click();
      await page.getByRole("button", { name: "Make the report" }).waitFor();
      await check(page, "uk check");
      await page.getByRole("button", { name: "Make the report" }).click();
      const { id: there, reference } = await arrivedFrom(id);
      await page.getByText(reference, { exact: true }).waitFor();
      await check(page, "uk made");
      assertQuiet();
      const desk = await signIn(agency, look, "analyst");
      await desk.page.goto(new URL(`/reports/${there}`, agency.url).href);
      await desk.page.locator("#uk-direct").getByText(reference, { exact: true }).waitFor();
      await check(desk.page, "uk received");
      desk.assertQuiet();
    });
});
