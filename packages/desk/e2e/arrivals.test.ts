import { randomUUID } from "node:crypto";
import { before, suite, test } from "node:test";
import { exampleIdentifier, exampleSuspect } from "@fairlead/assessment/testing";
import type { Report } from "@fairlead/report";
import type { Browser } from "playwright-core";
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
const EVENT = new Date(Date.now() - 400 * 86_400_000).toISOString().slice(0, 19);
let at: TestStation;
let senders: [TestSender, TestSender];
let browser: Browser;

before(async () => {
  at = await startTestStation(hook, { id: "example-chat", profile: "platform" });
  senders = [await testSender(at), await testSender(at)];
  browser = await openBrowser();
  hook.after(() => browser.close());
});

/** Hands a report in and waits until the station has worked it up. */
async function tell(
  by: TestSender,
  file: TestFile | undefined,
  references: Report["references"],
  more: Partial<Report> = {},
): Promise<string> {
  const own = file === undefined ? [] : [{ ...file, id: randomUUID() as TestFile["id"] }];
  const occurred = { raw: `${EVENT}Z`, at: `${EVENT}Z`, zone: "stated", offset: "Z" } as const;
  const id = await accepted(by, own, {
    references,
    incident: { type: "abuse-material", occurred, platform: "Example Chat" },
    persons: [exampleSuspect({ events: [] })],
    ...more,
  });
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

const called = (value: string) => ({ kind: "this-report", issuer: "Example Platform", value }) as const;

suite("the same report again, at the desk", () => {
  test("one row says that it arrived again; its page says how, and a person parts what is not the same", async () => {
    const file = testFile({ name: "kite.png" });
    const first = await tell(senders[0], file, [called("case-1")]);
    const copy = await tell(senders[1], file, [called("case-1-again")]);
    const identifiers = [...exampleSuspect().identifiers, exampleIdentifier("email", "kite@example.com")];
    await tell(
      senders[0],
      undefined,
      [called("case-2"), { kind: "prior-report", issuer: "Example Platform", value: "case-1" }],
      { persons: [exampleSuspect({ identifiers, events: [] })] },
    );
    await tell(senders[0], testFile({ name: "harbour.png" }), [
      called("case-3"),
      { kind: "prior-report", issuer: "Example Platform", value: "case-0" },
    ]);
    for (const each of LOOKS) {
      const { page, assertQuiet } = await signIn(each, "Lou Example");
      await page.getByText("Arrived 3 times").first().waitFor();
      await check(page, each, "queue with a report that arrived again");
      await page.goto(new URL(`/reports/${first}`, at.url).href);
      await page.locator("#arrivals").getByText("They are one thing to work on").waitFor();
      await page.locator("#arrivals").getByText("sender, second, accounts and files agree").waitFor();
      await page.locator("#arrivals").getByText("email kite@example.com").waitFor();
      await page.locator("#arrivals").getByText("400 days after the event").first().waitFor();
      await check(page, each, "report that arrived again");
      assertQuiet();
    }
    const { page, assertQuiet } = await signIn(WIDE, "Kim Example");
    const hands = handsAt(page);
    await page.goto(new URL(`/reports/${first}`, at.url).href);
    const parts = page.locator("#arrivals").getByRole("button", { name: /^Not the same report/ });
    await parts.nth(1).focus();
    await hands.press("Enter");
    await page.getByRole("textbox").fill("Another kite.");
    await check(page, WIDE, "parting an arrival");
    await hands.tabTo('button "Record the decision');
    await hands.press("Enter");
    await page
      .locator("#arrivals")
      .getByText("sender, second, accounts and files agree")
      .waitFor({ state: "detached" });
    await page.goto(new URL(`/reports/${copy}`, at.url).href);
    await page.locator("#arrivals").getByText("Stands by itself").waitFor();
    await check(page, WIDE, "report that was parted");
    await page.locator("#arrivals").getByRole("button", { name: "Take back" }).focus();
    await hands.press("Enter");
    await page.getByRole("textbox").fill("It is that kite after all.");
    await hands.tabTo('button "Record the decision');
    await hands.press("Enter");
    await page.locator("#arrivals").getByText("They are one thing to work on").waitFor();
    assertQuiet();
  });

  test("what agrees in part is offered and joined by a person, and an addition says what it waits for", async () => {
    const file = testFile({ name: "meadow.png" });
    const account = [exampleIdentifier("account", "77", { platform: "Example Chat" })];
    const persons = [exampleSuspect({ identifiers: account, events: [] })];
    const other = await tell(senders[0], file, [called("case-10")], { persons });
    const late = await tell(
      senders[1],
      undefined,
      [called("case-11"), { kind: "prior-report", issuer: "Example Platform", value: "case-12" }],
      { persons },
    );
    const { page, assertQuiet } = await signIn(WIDE, "Sam Example");
    const hands = handsAt(page);
    await page.goto(new URL(`/reports/${late}`, at.url).href);
    await page.locator("#arrivals").getByText("It adds to a report that has not come yet").waitFor();
    await check(page, WIDE, "report that waits for its original");
    await page
      .locator("#arrivals")
      .getByRole("button", { name: /^The same report/ })
      .focus();
    await hands.press("Enter");
    await page.getByRole("textbox").fill("One evening, one kite.");
    await hands.tabTo('button "Record the decision');
    await hands.press("Enter");
    await page.locator("#arrivals").getByText("They are one thing to work on").waitFor();
    await page.goto(new URL(`/reports/${other}`, at.url).href);
    await page.locator("#history").getByText("Decided whether it is the same report as another").waitFor();
    assertQuiet();
  });
});
