import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { before, suite, test } from "node:test";
import { exampleIdentifier, exampleSuspect } from "@fairlead/assessment/testing";
import type { Browser, Page } from "playwright-core";
import { addPerson } from "../../station/src/index.ts";
import { checkCertificate, eraseReport } from "../../station/src/erasing/index.ts";
import { decideKeeping, placeHold } from "../../station/src/keeping/index.ts";
import { linkReport } from "../../station/src/linking/index.ts";
import { watchEffects } from "../../station/src/tasks/index.ts";
import { accepted, testFile, testSender } from "../../station/src/testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../../station/src/testing/station.ts";
import { assertAccessible, LOOKS, openBrowser, openDesk, WIDE } from "./desk-page.ts";
import { handsAt } from "./hands.ts";
import { check, shoot } from "./shots.ts";
import { signInAs } from "./stations.ts";

const DAY = 86_400_000;
const hook = endOfFile();
let platform: TestStation;
let browser: Browser;
/** Filed with a clearinghouse a year ago but for ten days, a year and a day ago, and lately. */
let soon: string;
let over: string;
let fresh: string;

before(async () => {
  // Without workers: what ends is looked at by hand.
  const config = { roles: ["intake", "desk"] };
  platform = await startTestStation(hook, {
    id: "example-chat",
    profile: "platform",
    config,
    clock: () => Date.now(),
  });
  const { kysely } = platform.station.db;
  const sam = await addPerson(kysely, "Sam Example", "reviewer", Date.now());
  soon = await filed(355);
  over = await filed(367);
  fresh = await filed(1);
  const hold = {
    kind: "preservation-request",
    authority: "Example Police",
    reference: "EP/2026/17",
  } as const;
  const lastDay = { day: new Date(Date.now() + 60 * DAY).toISOString().slice(0, 10), zone: "Europe/London" };
  await placeHold(platform.station, fresh, { ...hold, reason: "Their warrant is on its way.", lastDay }, sam);
  await watchEffects(platform.station);
  browser = await openBrowser();
  hook.after(() => browser.close());
});

/** A report that a clearinghouse confirmed so many days ago. */
async function filed(daysAgo: number): Promise<string> {
  const { pool } = platform.station.db;
  const report = await accepted(await testSender(platform), [testFile()]);
  const at = new Date(Date.now() - daysAgo * DAY).toISOString();
  await pool.query(
    `insert into peer (id, name, url, verify_key, recipient, wire, valid_from)
     values ('example-house', 'Example Clearinghouse', 'http://127.0.0.1:9', '', '', 'cybertipline', now()) on conflict do nothing`,
  );
  await pool.query(
    `with made as (
       insert into referral (id, report_id, peer_id, reason, decided_by, decided_at, as_of, moved_at, stage, delivered_at)
       select gen_random_uuid(), $1, 'example-house', 'Theirs.', person.id, $2, $2, $2, 'confirmed', $2
       from person order by person.id limit 1 returning id
     ), event as (
       insert into keeping_event (referral_id, started, report_id, at) select id, 'filed', $1, $2 from made
     )
     insert into keeping (report_id, counted) values ($1, false)`,
    [report, at],
  );
  return report;
}

/** Signs somebody in. */
async function openReport(page: Page, id: string): Promise<void> {
  await page.goto(`${platform.url}/reports/${id}#keeping-title`);
  await section(page).getByText("Kept until").waitFor();
}
const section = (page: Page) => page.getByRole("region", { name: "How long this is kept" });

suite("what must be kept, at the desk", () => {
  for (const look of LOOKS)
    test(`is legible and accessible, ${look.scheme}, ${look.width} wide`, async () => {
      const { page, assertQuiet } = await openDesk(browser, look);
      const check = async (what: string) => {
        await assertAccessible(page, what);
        await shoot(page, look, `keeping ${what}`);
      };
      await signInAs(page, platform, "Lee Example", "lead");
      await page.getByRole("link", { name: "What expires next" }).click();
      await page
        .getByRole("row", { name: /Report/ })
        .nth(1)
        .waitFor();
      await check("overdue");
      for (const [tab, list] of [
        ["Next 30 days", "month"],
        ["On hold", "held"],
        ["May go", "let-go"],
      ] as const) {
        await page
          .getByRole("navigation", { name: "Which reports" })
          .getByRole("link", { name: tab })
          .click();
        await page.waitForURL(`**/keeping?list=${list}`);
        await page.locator(".table, .empty:has-text('to be erased')").first().waitFor();
        await check(list);
      }
      await openReport(page, fresh);
      await section(page).scrollIntoViewIfNeeded();
      await assertAccessible(page, "section");
      await shoot(page, look, "keeping section", section(page));
      await section(page).getByRole("button", { name: "Put a hold on it" }).click();
      await check("place");
      await page.keyboard.press("Escape");
      await section(page).getByRole("button", { name: "Extend: Example Police" }).click();
      await page.getByRole("dialog").getByText("Until a day", { exact: true }).click();
      await check("extend");
      await page.keyboard.press("Escape");
      await openReport(page, over);
      await section(page)
        .getByText(/The duty to keep it is over/)
        .waitFor();
      await shoot(page, look, "keeping section over", section(page));
      await section(page).getByRole("button", { name: "Decide that it may go" }).click();
      await check("let go");
      await page.keyboard.press("Escape");
      await page.goto(`${platform.url}/tasks`);
      await page.locator(".task-card").first().waitFor();
      await check("tasks");
      assertQuiet();
    });

  test("a hold is placed by the keyboard alone, released by another person, and the law's end is back", async () => {
    const { page, assertQuiet } = await openDesk(browser, WIDE);
    const hands = handsAt(page);
    await signInAs(page, platform, "Robin Example", "reviewer");
    await openReport(page, soon);
    const end = await section(page).locator(".summary-row time").first().getAttribute("datetime");
    await page.locator("#keeping-title").focus();
    await hands.tabTo('button "Put a hold on it"');
    await hands.press("Enter");
    await page.getByRole("dialog").waitFor();
    await hands.choose("Legal hold");
    await hands.tabTo('textbox "Who asks for it"');
    await hands.type("Example Crown Court");
    await hands.tabTo('textbox "Their reference (optional)"');
    await hands.type("T2026/17");
    await hands.tabTo('textbox "Why"');
    await hands.type("The trial is not over.");
    await hands.choose("Until somebody releases it");
    await hands.tabTo('button "Put a hold on it"');
    await hands.press("Enter");
    await page.getByText("The hold stands.").first().waitFor();
    await section(page).getByText("Until somebody releases the hold").first().waitFor();
    assert.equal(
      await section(page)
        .getByRole("button", { name: /^Release/ })
        .count(),
      0,
    );
    assert.equal(await section(page).getByRole("button", { name: "Decide that it may go" }).count(), 0);
    assertQuiet();

    const { page: second, assertQuiet: secondQuiet } = await openDesk(browser, WIDE);
    await signInAs(second, platform, "Kim Example", "lead");
    await openReport(second, soon);
    await second.getByRole("button", { name: "Release: Example Crown Court" }).click();
    await second.getByRole("textbox", { name: "Why" }).fill("The trial is over.");
    await second.getByRole("dialog").getByRole("button", { name: "Release" }).click();
    await second.getByText("The hold is released.").first().waitFor();
    assert.equal(await section(second).locator(".summary-row time").first().getAttribute("datetime"), end);
    secondQuiet();
  });

  test("a lead decides that something may go, which erases nothing and ends its task", async () => {
    const { page, assertQuiet } = await openDesk(browser, WIDE);
    await signInAs(page, platform, "Kit Example", "lead");
    await openReport(page, over);
    await section(page).getByRole("button", { name: "Decide that it may go" }).click();
    await page
      .getByText(/until another lead reads your reason/)
      .first()
      .waitFor();
    await page.getByRole("textbox", { name: "Why" }).fill("Nobody has asked for it in a year.");
    await page.getByRole("dialog").getByRole("button", { name: "Decide that it may go" }).click();
    await section(page)
      .getByText(/A lead has decided that it may go/)
      .waitFor();
    await page.goto(`${platform.url}/keeping?list=let-go`);
    await page.getByText("Nobody has asked for it in a year.").waitFor();
    await page.goto(`${platform.url}/tasks`);
    await page.locator(".task-card", { hasText: "the week of" }).first().waitFor();
    const before = await page.locator(".task-card", { hasText: "the week of" }).count();
    await watchEffects(platform.station);
    await page.reload();
    await page.locator(".task-card", { hasText: "the week of" }).first().waitFor();
    assert.equal(await page.locator(".task-card", { hasText: "the week of" }).count(), before - 1);
    assertQuiet();
  });

  test("another lead confirms, the report is erased, and its page shows the certificate and nothing else", async () => {
    const report = await filed(370);
    const kit = await addPerson(platform.station.db.kysely, "Kit Example", "lead", Date.now());
    const letGo = { kind: "let-go", reason: "Nobody has asked for it in a year." } as const;
    await decideKeeping(platform.station, report, letGo, kit);
    await watchEffects(platform.station);
    const { page, assertQuiet } = await openDesk(browser, WIDE);
    await signInAs(page, platform, "Ash Example", "lead");
    await page.goto(`${platform.url}/tasks`);
    const task = page.getByRole("article", { name: /Reports may be erased/ });
    const waiting = task.getByText(/^\d+ reports?$/);
    await waiting.waitFor();
    const before = Number.parseInt(await waiting.innerText(), 10);
    await check(page, WIDE, "erasing task");
    await task.getByRole("link", { name: "May go" }).click();
    await page.waitForURL("**/keeping?list=let-go");
    await openReport(page, report);
    await section(page)
      .getByText(/Its time is over/)
      .waitFor();
    await assertAccessible(page, "erasing waits");
    await shoot(page, WIDE, "erasing waits", section(page));
    await section(page).getByRole("button", { name: "Confirm: erase it" }).click();
    await page.getByRole("textbox", { name: "Why" }).fill("I have read why, and agree.");
    await check(page, WIDE, "erasing confirm");
    await page.getByRole("dialog").getByRole("button", { name: "Confirm: erase it" }).click();
    await section(page).getByText("Confirmed: it is erased next").waitFor();
    const { rows } = await platform.station.db.pool.query<{ number: string }>(
      "select number::text from erasure where report_id = $1",
      [report],
    );
    await eraseReport(platform.station, { number: rows[0]?.number ?? "" });
    for (const look of LOOKS) {
      const { page: shown, assertQuiet: quiet } = await openDesk(browser, look);
      await signInAs(shown, platform, "Ash Example", "lead");
      await shown.goto(`${platform.url}/reports/${report}`);
      await shown.getByText(`Erased: certificate ${rows[0]?.number ?? ""}`).waitFor();
      assert.equal(await shown.getByRole("region", { name: "How long this is kept" }).count(), 0);
      await check(shown, look, "erased");
      const [saved] = await Promise.all([
        shown.waitForEvent("download"),
        shown.getByRole("link", { name: "Save the certificate" }).click(),
      ]);
      assert.match(saved.suggestedFilename(), /^erasure-certificate/);
      const file = JSON.parse(await readFile(await saved.path(), "utf8")) as unknown;
      assert.equal(checkCertificate(file, platform.card).certificate.report.id, report);
      quiet();
      await shown.close();
    }
    await watchEffects(platform.station);
    await page.goto(`${platform.url}/tasks`);
    await page.locator(".task-card").first().waitFor();
    const left = (await task.count()) === 0 ? 0 : Number.parseInt(await waiting.innerText(), 10);
    assert.equal(left, before - 1);
    assertQuiet();
  });

  test("a hold is placed on the linked report that the person chooses, and on no other", async () => {
    const account = exampleIdentifier("account", randomUUID(), { platform: "Example Chat" });
    const persons = [exampleSuspect({ identifiers: [account], events: [] })];
    const [first = "", second = "", third = ""] = await Promise.all(
      [1, 2, 3].map(async () => await accepted(await testSender(platform), [testFile()], { persons })),
    );
    for (const report of [first, second, third]) await linkReport(platform.station, report);
    const { rows } = await platform.station.db.pool.query<{ number: string }>(
      "select number::text from report where id = $1",
      [second],
    );
    for (const look of [WIDE, ...LOOKS.slice(-1)]) {
      const { page, assertQuiet } = await openDesk(browser, look);
      await signInAs(page, platform, "Robin Example", "reviewer");
      await openReport(page, first);
      await section(page).getByRole("button", { name: "Put a hold on it" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByText("Legal hold", { exact: true }).click();
      await dialog.getByRole("textbox", { name: "Who asks for it" }).fill("Example Crown Court");
      await dialog.getByRole("textbox", { name: "Why" }).fill("The trial is not over.");
      await dialog.getByText("Until somebody releases it", { exact: true }).click();
      await dialog.getByText(new RegExp(`^Report ${rows[0]?.number ?? ""}`)).click();
      await dialog.getByText("Linked reports to keep as well").scrollIntoViewIfNeeded();
      await check(page, look, "keeping linked");
      if (look !== WIDE) continue;
      await dialog.getByRole("button", { name: "Put a hold on it" }).click();
      await page.getByText("The hold stands.").first().waitFor();
      await openReport(page, second);
      await section(page)
        .getByText(/Placed with report/)
        .waitFor();
      await openReport(page, third);
      assert.equal(await section(page).getByText("Example Crown Court").count(), 0);
      assertQuiet();
    }
  });
});
