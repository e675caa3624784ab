import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, suite, test } from "node:test";
import type { Browser } from "playwright-core";
import { until } from "../../station/src/testing/desk.ts";
import { endOfFile, type TestStation } from "../../station/src/testing/station.ts";
import { assertAccessible, type Look, LOOKS, openBrowser, openDesk, WIDE } from "./desk-page.ts";
import { type Forces, startForces } from "./forces.ts";
import { handsAt } from "./hands.ts";
import { signInAs } from "./stations.ts";
import { shoot } from "./shots.ts";

const hook = endOfFile();
let forces: Forces;
let browser: Browser;

before(async () => {
  forces = await startForces(hook);
  browser = await openBrowser();
  hook.after(() => browser.close());
});

/** Waits until a force has learned that another has an interest too. */
async function hitAt({ station }: TestStation, report: string): Promise<void> {
  await until("the hit", async () => {
    const { rows } = await station.db.pool.query("select from conflict where report_id = $1", [report]);
    return rows.length > 0;
  });
}

async function signIn(at: TestStation, look: Look, name: string, role = "officer") {
  const desk = await openDesk(browser, look);
  await signInAs(desk.page, at, name, role);
  return desk;
}

suite("deconfliction: two forces, one person", () => {
  test("each learns that the other works on the person and no more; an officer takes it, speaks, and releases it, and the log has it", async () => {
    const { east, west, reportAt } = forces;
    const account = randomUUID();
    const nobody = randomUUID();
    const theirs = await reportAt(west, [account]);
    const ours = await reportAt(east, [account]);
    const alone = await reportAt(east, [nobody]);
    await hitAt(east, ours.id);
    await hitAt(west, theirs.id);

    const { page, assertQuiet } = await signIn(east, WIDE, "Sam Example");
    const hands = handsAt(page);
    const row = page.getByRole("row").filter({ hasText: `Report ${ours.number}` });
    await row.getByText("another agency too").waitFor();
    const other = page.getByRole("row").filter({ hasText: `Report ${alone.number}` });
    assert.equal(await other.getByText("another agency too").count(), 0);
    await page.getByText("Other agencies").waitFor();
    await assertAccessible(page, "the queue with another agency's interest");

    await hands.tabTo('link "Deconfliction"');
    await hands.press("Enter");
    await page.getByRole("heading", { name: "Deconfliction", level: 1 }).waitFor();
    await hands.tabTo(`link "Report ${ours.number}"`);
    await hands.press("Enter");
    await page.getByRole("heading", { name: `Report ${ours.number}`, level: 1 }).waitFor();

    const section = page.locator("#conflicts");
    await section.getByText("Test force-west has an interest in the same person.").waitFor();
    await section.getByText("What waits until it is released").waitFor();
    await section.getByText("deconfliction@force-west.example").waitFor();
    await section.getByText("nobody yet; until somebody takes it, it is the leads’").waitFor();
    // Which report, what of, how many: nothing of that is here.
    const said = await section.innerText();
    assert.ok(!said.includes(theirs.id) && !said.includes(account) && !said.includes("Example Chat"));
    await assertAccessible(page, "another agency's interest");

    await hands.press("d");
    assert.match(await hands.focused(), /button "Take it: Test force-west"/);
    await hands.press("Enter");
    await section.getByText("You have it.").waitFor();
    await section.getByText("Sam Example took it").waitFor();

    await hands.tabTo('button "Note that you spoke: Test force-west"');
    await hands.press("Enter");
    await hands.tabTo('textbox "With whom, and what was said?"');
    await hands.type("R. Example, their intelligence desk: the case is theirs since May.");
    await assertAccessible(page, "that somebody spoke with them");
    await hands.tabTo('button "Note that you spoke"');
    await hands.press("Enter");
    await section.getByText("spoken with", { exact: true }).waitFor();

    // Who is about to ask somebody, which the person or the other agency may notice, is told again.
    await hands.press("a");
    await page.getByRole("dialog").getByText("Test force-west: not released yet.").waitFor();
    await assertAccessible(page, "a request under another agency's interest");
    await hands.press("Escape");
    await hands.press("d");
    await hands.tabTo('button "Release: Test force-west"');
    await hands.press("Enter");
    await hands.choose("together");
    await hands.tabTo('textbox "Why?"');
    await hands.type("They lead; we give them what comes in here.");
    await assertAccessible(page, "the release");
    await hands.tabTo('button "Release"');
    await hands.press("Enter");
    await section.getByText("Sam Example released it: together").waitFor();
    assert.equal(await section.getByRole("button").count(), 0);

    const history = page.locator("#history");
    await history.getByText("Another station has an interest too").first().waitFor();
    // Each question that hit has its leaf for each of the three steps.
    const hits = await history.getByText("Another station has an interest too").count();
    assert.equal(await history.getByText("Step between this station and another").count(), 3 * hits);
    await hands.press("q");
    await page.getByRole("grid").waitFor();
    await page.reload();
    await row.waitFor();
    assert.equal(await row.getByText("another agency too").count(), 0);

    // The other side has its own, with its own owner and clock, until somebody there releases it.
    const there = await signIn(west, WIDE, "Kim Example");
    await there.page.goto(new URL(`/reports/${theirs.id}`, west.url).href);
    const mirrored = there.page.locator("#conflicts");
    await mirrored.getByText("Test force-east has an interest in the same person.").waitFor();
    await mirrored.getByText("To be released by").waitFor();
    await mirrored.getByText("nobody has spoken with them yet").waitFor();
    await there.page.locator("#history").getByText("Another station has an interest too").first().waitFor();
    assertQuiet();
    there.assertQuiet();
  });

  test("both sides have a number that names what they speak of, and it is the same", async () => {
    const { east, west, reportAt } = forces;
    const account = randomUUID();
    const theirs = await reportAt(west, [account]);
    const ours = await reportAt(east, [account]);
    await hitAt(east, ours.id);
    await hitAt(west, theirs.id);
    const numbers: string[][] = [];
    for (const [at, { id }] of [
      [east, ours],
      [west, theirs],
    ] as const) {
      const { page } = await signIn(at, WIDE, "Sam Example");
      await page.goto(new URL(`/reports/${id}`, at.url).href);
      await page.locator("#conflicts code").first().waitFor();
      numbers.push(await page.locator("#conflicts code").allInnerTexts());
    }
    // Where both asked there are two, and the answer to the later question may still be on its way.
    assert.ok(numbers[0]?.some((number) => numbers[1]?.includes(number)));
  });

  test("one that nobody released in time stands out in the queue, on its page and in the list, says what happens then, and can be put off", async () => {
    const { east, west, reportAt } = forces;
    const account = randomUUID();
    await reportAt(west, [account]);
    const ours = await reportAt(east, [account]);
    await hitAt(east, ours.id);
    await east.station.db.pool.query(
      "update conflict set content = jsonb_set(content, '{deadline}', '\"2026-01-01T00:00:00Z\"') where report_id = $1",
      [ours.id],
    );
    const { page, assertQuiet } = await signIn(east, WIDE, "Lou Example", "lead");
    const hands = handsAt(page);
    await page
      .getByRole("row")
      .filter({ hasText: `Report ${ours.number}` })
      .getByText("another agency too: release overdue")
      .waitFor();
    await page.goto(new URL("/conflicts?list=overdue", page.url()).href);
    await page.getByRole("link", { name: `Report ${ours.number}`, exact: true }).click();
    const section = page.locator("#conflicts");
    await section.getByText("Nothing is released by itself.").waitFor();
    await hands.press("d");
    await hands.tabTo('button "More time: Test force-west"');
    await hands.press("Enter");
    await hands.choose("3 days");
    await hands.tabTo('textbox "Why?"');
    await hands.type("Their officer is back on Thursday.");
    await assertAccessible(page, "more time");
    await hands.tabTo('button "More time"');
    await hands.press("Enter");
    await section.getByText("Lou Example put it off until").waitFor();
    assert.equal(await section.getByText("Nothing is released by itself.").count(), 0);

    await hands.tabTo('button "Give it to somebody: Test force-west"');
    await hands.press("Enter");
    await hands.choose("Sam Example");
    await assertAccessible(page, "a colleague");
    await hands.tabTo('button "Give it to somebody"');
    await hands.press("Enter");
    await section.getByText("Lou Example gave it to Sam Example").waitFor();
    assertQuiet();
  });
});

suite("deconfliction, by WCAG 2.2 AA as far as a machine can tell", () => {
  let several: { id: string; number: string };
  before(async () => {
    const { east, west, reportAt } = forces;
    const accounts = [randomUUID(), randomUUID()];
    await reportAt(west, accounts);
    several = await reportAt(east, accounts);
    await hitAt(east, several.id);
    // As if a third agency had asked about one of the two, and the time had passed.
    await east.station.db.pool.query(
      `insert into conflict select gen_random_uuid(), report_id, 'example-chat', year, token, query, 'was-asked',
        content - 'contact' || '{"peer": "example-chat", "side": "was-asked", "deadline": "2026-01-01T00:00:00Z"}', opened_at, null
        from conflict where report_id = $1 limit 1`,
      [several.id],
    );
  });
  for (const look of LOOKS) {
    test(`${look.scheme}, ${look.width} px wide`, async () => {
      const { page, assertQuiet } = await signIn(forces.east, look, "Sam Example", "lead");
      const check = async (what: string) => {
        await assertAccessible(page, what);
        await shoot(page, look, what);
      };
      await page.getByText("another agency too: release overdue").first().waitFor();
      await check("queue with other agencies");
      for (const list of ["", "?list=mine", "?list=overdue"]) {
        await page.goto(new URL(`/conflicts${list}`, page.url()).href);
        await page.locator("main").locator("table, .empty").first().waitFor();
        await check(`conflicts ${list.replace("?list=", "")}`.trim());
      }
      await page.goto(new URL(`/reports/${several.id}`, page.url()).href);
      const section = page.locator("#conflicts");
      await section.getByText("Test example-chat has an interest").waitFor();
      await section.getByText("Test force-west has an interest").waitFor();
      await check("report with two other agencies");
      await section.getByRole("button", { name: "Release: Test force-west" }).click();
      await page.getByRole("dialog").waitFor();
      await check("release");
      await page.keyboard.press("Escape");
      await section.getByRole("button", { name: "More time: Test force-west" }).click();
      await page.getByRole("dialog").waitFor();
      await check("more time");
      assertQuiet();
    });
  }
});
