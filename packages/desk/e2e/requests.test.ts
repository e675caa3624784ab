import assert from "node:assert/strict";
import { before, beforeEach, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { exampleEvent, exampleSuspect, SENDER } from "@fairlead/assessment/testing";
import { momentOf, type Claim, type Event, type Report } from "@fairlead/report";
import { accepted, testFile, testSender, type TestFile } from "../../station/src/testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../../station/src/testing/station.ts";
import { until } from "../../station/src/testing/desk.ts";
import { LOOKS, WIDE, assertAccessible, openBrowser, openDesk } from "./desk-page.ts";
import { check } from "./shots.ts";
import { signInLink } from "./stations.ts";

const DAY_MS = 86_400_000;
const CARRIER_NAT = "198.51.100.7";
const hook = endOfFile();
let ahead = 0;
let at: TestStation;
let browser: Browser;

before(async () => {
  at = await startTestStation(hook, {
    id: "example-chat",
    profile: "platform",
    clock: () => Date.now() + ahead,
    config: {
      networks: {
        name: "documentation ranges",
        entries: [
          { prefix: "198.51.100.0/24", country: "GB", network: "carrier-nat" },
          { prefix: "192.0.2.0/24", country: "GB", network: "access" },
        ],
      },
    },
  });
  browser = await openBrowser();
  hook.after(() => browser.close());
});

/** Uploaded ten days ago by somebody with this account. */
const upload = (parts: Parameters<typeof exampleEvent>[0] = {}): Event =>
  exampleEvent({ moment: momentOf(uploadedAt), ...parts });
const uploadedAt = Math.floor((Date.now() - 10 * DAY_MS) / 1000) * 1000;
const stated = new Date(uploadedAt).toISOString();

async function handIn(
  event: Event,
  { isViewed }: { isViewed: boolean },
): Promise<{ id: string; number: string }> {
  const file: TestFile = testFile();
  const viewed: Claim = {
    about: { kind: "evidence", id: file.id },
    source: SENDER,
    states: { kind: "flag", flag: "viewed-in-full", value: true },
  };
  const incident: Report["incident"] = {
    type: "abuse-material",
    occurred: momentOf(uploadedAt),
    platform: "Example Chat",
  };
  const parts = {
    incident,
    persons: [exampleSuspect({ events: [event] })],
    claims: isViewed ? [viewed] : [],
  };
  const id = await accepted(await testSender(at), [file], parts);
  const number = await until("the assessment", async () => {
    const row = await at.station.db.kysely
      .selectFrom("report")
      .select("number")
      .where("id", "=", id)
      .where("level", "is not", null)
      .executeTakeFirst();
    return row?.number;
  });
  return { id, number };
}

async function deskAt(id: string): Promise<{ page: Page; assertQuiet: () => void }> {
  const desk = await openDesk(browser, { scheme: "light", width: 1280 });
  await desk.page.goto(await signInLink(at, "Sam Example", "reviewer"));
  await desk.page.getByRole("grid").waitFor();
  await desk.page.goto(`${at.url}/reports/${id}`);
  await desk.page.locator("#summary").waitFor();
  // The clock of this file goes on by days; a session would end meanwhile.
  await at.station.db.pool.query("update session set expires_at = '2100-01-01'");
  return desk;
}

const level = async (page: Page) => await page.locator("#summary .card-grade").nth(1).innerText();

/** Drafts the request whose question has these words, and says that it has been sent. */
async function ask(page: Page, what: RegExp): Promise<void> {
  await page.keyboard.press("a");
  const dialog = page.getByRole("dialog", { name: /^Draft a request/ });
  await dialog.getByText(what).first().click();
  await dialog
    .getByRole("textbox", { name: /necessary and proportionate/ })
    .fill("Nothing less leads to whoever uploaded it.");
  await assertAccessible(page, "the draft");
  await shootEvery(page, "draft");
  await dialog.getByRole("button", { name: "Keep the draft" }).click();
  await page.locator("#requests").getByText("draft", { exact: true }).waitFor();
  await page.getByRole("button", { name: "It has been sent" }).click();
  const sent = page.getByRole("dialog", { name: "The request has been sent" });
  await sent.getByRole("textbox", { name: "To whom" }).fill("law.enforcement@chat.example");
  await sent.getByText("portal", { exact: true }).click();
  await assertAccessible(page, "the request to be marked as sent");
  await sent.getByRole("button", { name: "It has been sent" }).click();
  await page.locator("#requests").getByText("waits for an answer", { exact: true }).waitFor();
}

async function reply(page: Page, fill: (page: Page) => Promise<void>): Promise<void> {
  await page.getByRole("button", { name: "Record an answer" }).click();
  const dialog = page.getByRole("dialog", { name: "Record an answer" });
  await dialog.getByRole("textbox", { name: "Who answers" }).fill("Example Chat");
  await dialog
    .getByRole("textbox", { name: "When it came" })
    .fill(new Date(at.station.clock()).toISOString());
  await fill(page);
  await dialog.getByText("Yes", { exact: true }).click();
  await assertAccessible(page, "the answer");
  await shootEvery(page, "answer");
  await dialog.getByRole("button", { name: "Record the answer" }).click();
  await dialog.waitFor({ state: "detached" });
}

const event = (parts: { time: string; address: string; port?: string }) => async (page: Page) => {
  await page.getByText("Something that happened, from a log").click();
  await page.getByLabel("Whose event is it?").selectOption("suspect-1");
  await page.getByRole("textbox", { name: /^When \(/ }).fill(parts.time);
  await page.getByRole("textbox", { name: /^From which address/ }).fill(parts.address);
  if (parts.port !== undefined) await page.getByRole("textbox", { name: /^Source port/ }).fill(parts.port);
};

const queueOrder = async (page: Page, numbers: readonly string[]) => {
  await page.goto(at.url);
  await page.getByRole("grid").waitFor();
  const names = await page.getByRole("row").getByRole("link").allInnerTexts();
  return names.map((name) => name.replace(/\D/g, "")).filter((number) => numbers.includes(number));
};

suite("assessment at work", () => {
  beforeEach(() => {
    ahead = 0;
  });

  test("a late reply raises a level: asked, answered after days, L2 becomes L3 and stands higher in the queue", async () => {
    const nat = upload({ ip: { raw: CARRIER_NAT, address: CARRIER_NAT } });
    const first = await handIn(nat, { isViewed: true });
    const second = await handIn(nat, { isViewed: true });
    const { page, assertQuiet } = await deskAt(second.id);
    assert.match(await level(page), /^L2/);
    const numbers = [first.number, second.number];
    assert.deepEqual(await queueOrder(page, numbers), numbers);
    await page.goto(`${at.url}/reports/${second.id}`);
    await page.locator("#summary").waitFor();
    await ask(page, /source port and destination address/);
    ahead = 9 * DAY_MS;
    await page.goto(`${at.url}/requests?list=overdue`);
    await page.getByRole("link", { name: `Report ${second.number}` }).waitFor();
    await assertAccessible(page, "the list of requests");
    await shootEvery(page, "requests");
    await page.getByRole("link", { name: `Report ${second.number}` }).click();
    await page.locator("#requests").getByText("overdue", { exact: true }).waitFor();
    await reply(page, event({ time: stated, address: CARRIER_NAT, port: "40123" }));
    await page.locator("#requests").getByText("The level rose from L2 to L3.").waitFor();
    await page.locator("#requests").getByText("late", { exact: true }).waitFor();
    assert.match(await level(page), /^L3/);
    await assertAccessible(page, "the report with its answer");
    await shootEvery(page, "report with its answer");
    assert.deepEqual(await queueOrder(page, numbers), numbers.toReversed());
    assertQuiet();
  });

  test("a wrong zone blocks: the page says why and what to ask, and the answer unblocks", async () => {
    const raw = stated.replace("T", " ").slice(0, 19);
    const { id } = await handIn(upload({ moment: { raw, zone: "none" } }), { isViewed: true });
    const { page, assertQuiet } = await deskAt(id);
    assert.match(await level(page), /^L2/);
    await page.locator("summary", { hasText: "Why these values" }).click();
    await page.getByText(/zone/i).first().waitFor();
    await page.locator(".next-request").getByText(/zone/).first().waitFor();
    await ask(page, /time with seconds and zone of the event/);
    await reply(page, event({ time: stated, address: "192.0.2.7" }));
    await page.locator("#requests").getByText("The level rose from L2 to L3.").waitFor();
    assert.match(await level(page), /^L3/);
    assertQuiet();
  });

  test("a file that nobody has viewed: the sender is asked for a view, and its answer lifts what the file shows", async () => {
    const { id } = await handIn(upload(), { isViewed: false });
    const { page, assertQuiet } = await deskAt(id);
    assert.match(await level(page), /^L2/);
    await ask(page, /whether a person viewed all of it/);
    await reply(page, async () => {
      await page.getByText("A person has viewed the whole file").click();
    });
    await page.locator("#requests").getByText("Offence: O2 became O3.").waitFor();
    assert.match(await level(page), /^L3/);
    assertQuiet();
  });
});

/** A picture in every look of a page that was opened in one, for people who want to look. */
async function shootEvery(page: Page, what: string): Promise<void> {
  if (process.env["DESK_SHOTS"] === undefined) return;
  for (const look of [...LOOKS, WIDE]) {
    await page.setViewportSize({ width: look.width, height: 860 });
    await page.emulateMedia({ colorScheme: look.scheme });
    await check(page, look, what);
  }
}
