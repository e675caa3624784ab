import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import {
  bankOf,
  type MediaPlatform,
  photograph,
  squares,
  startMediaPlatform,
} from "../../station/src/testing/media.ts";
import { until } from "../../station/src/testing/desk.ts";
import { measuresOf } from "../../station/src/testing/report.ts";
import { endOfFile, startTestStation } from "../../station/src/testing/station.ts";
import { LOOKS, openBrowser, openDesk, WIDE } from "./desk-page.ts";
import { handsAt } from "./hands.ts";
import { check } from "./shots.ts";
import { signInLink } from "./stations.ts";

const hook = endOfFile();
let platform: MediaPlatform;
let browser: Browser;

before(async () => {
  const house = await startTestStation(hook, { id: "example-house", profile: "clearinghouse" });
  platform = await startMediaPlatform(hook, { house });
  const bridge = await photograph("bridge-mods-aaa-orig.jpg");
  const files = [bridge, new Uint8Array([...bridge, 1]), squares(3), squares(4)];
  const known = squares(5);
  const md5 = (bytes: Uint8Array) => ({ kind: "md5" as const, value: measuresOf(bytes).md5 });
  await bankOf(
    platform,
    "kites",
    files.map((bytes) => ({ classification: "K1", signals: [md5(bytes)] })),
  );
  await bankOf(platform, "graded", [{ classification: "A1", signals: [md5(known)] }], {
    name: "Example Graded List",
    trust: "vetted-graded",
  });
  const { rows } = await platform.station.db.pool.query<{ id: string }>(
    `insert into person (id, name, role, created_at) values (gen_random_uuid(), 'Kim Example', 'lead', now()) returning id`,
  );
  await platform.station.db.pool.query(
    `insert into media_policy (bank_id, exact, perceptual, decided_by, decided_at) values ('graded', 'report', 'review', $1, now())`,
    [rows[0]?.id],
  );
  await until("the banks", async () => (await platform.answer(files[2] ?? bridge)).action === "review");
  for (const bytes of files) await platform.answer(bytes);
  browser = await openBrowser();
  hook.after(() => browser.close());
});

const openReview = async (page: Page, name: string, role: string) => {
  // The queue of reports may be empty here.
  await page.goto(await signInLink(platform, name, role));
  await page.getByRole("link", { name: "What was posted" }).click();
  await page.getByRole("heading", { name: "Review of what was posted" }).waitFor();
  await page.getByRole("region", { name: "What a match does" }).getByRole("row").first().waitFor();
};

suite("the review of what was posted", () => {
  for (const look of LOOKS)
    test(`is legible and accessible, ${look.scheme}, ${look.width} wide`, async () => {
      const { page, assertQuiet } = await openDesk(browser, look);
      await openReview(page, "Lee Example", "lead");
      await check(page, look, "review waiting");
      await page.getByRole("button", { name: "Take the next file" }).click();
      await page.getByRole("heading", { name: "A posted file, closed" }).waitFor();
      await check(page, look, "review in hand");
      await page.getByRole("button", { name: "Change Bank kites" }).click();
      await page.getByRole("dialog").waitFor();
      await check(page, look, "review policy");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Give it back unseen" }).click();
      await page.getByRole("button", { name: "Take the next file" }).waitFor();
      assertQuiet();
    });

  test("by the keyboard alone a file is taken, opened under its veil, viewed, decided with its near copy and filed", async () => {
    const { page, assertQuiet } = await openDesk(browser, WIDE);
    const hands = handsAt(page);
    await openReview(page, "Robin Example", "reviewer");
    // What was decided before stands on the page as well.
    const inHand = page.getByRole("article", { name: "A posted file, closed" }).locator("code.hash");
    const sha = async () => await inHand.innerText();
    await hands.tabTo('button "Take the next file"');
    await hands.press("Enter");
    await page.getByRole("heading", { name: "A posted file, closed" }).waitFor();
    // The squares were posted first; they are left without a look.
    const first = await sha();
    await hands.choose("Leave it");
    await hands.tabTo('button "Decide, and take the next"');
    await hands.press("Enter");
    await inHand.getByText(first).waitFor({ state: "detached" });
    await hands.tabTo('button "Open it"');
    await hands.press("Enter");
    await page.getByRole("dialog").waitFor();
    await hands.tabTo('button "Record this and open"');
    await hands.press("Enter");
    const picture = page.getByRole("img", { name: "The posted picture" });
    await picture.waitFor();
    assert.equal(await picture.getAttribute("data-veil"), "blur-strong grey");
    assert.match(await hands.focused(), /Hold to see clearly/);
    await check(page, WIDE, "review veiled");
    await page.keyboard.down("Space");
    assert.equal(await picture.getAttribute("data-veil"), "none");
    await page.waitForTimeout(1600);
    await page.keyboard.up("Space");
    assert.equal(await picture.getAttribute("data-veil"), "blur-strong grey");
    await hands.press("Escape");
    await page.getByRole("button", { name: "Open it again" }).waitFor();
    const second = await sha();
    await until("the record of the view", async () => {
      const { rows } = await platform.station.db.pool.query(
        "select from media_look where sha256 = $1 and whole_ms >= 1000",
        [Buffer.from(second, "hex")],
      );
      return rows.length > 0;
    });
    await hands.choose("Report it");
    await hands.tabTo('checkbox "Decide the same for 1 near copy');
    await hands.press("Space");
    await hands.tabTo('button "Decide, and take the next"');
    await hands.press("Enter");
    await inHand.getByText(second).waitFor({ state: "detached" });
    await until("the filing", async () => {
      const { rows } = await platform.station.db.pool.query("select from referral where stage = 'confirmed'");
      return rows.length > 0;
    });
    const { rows } = await platform.station.db.pool.query<{ views: string; files: string }>(
      `select (select count(*) from claim where states ->> 'flag' = 'viewed-in-full') as views,
         (select count(*) from media_file where state = 'report' and decided_by is not null) as files`,
    );
    assert.deepEqual([rows[0]?.views, rows[0]?.files], ["1", "2"]);
    assertQuiet();
  });

  test("known files are filed by one act of a person who opens none of them", async () => {
    await platform.answer(squares(5));
    await until("its report", async () => {
      const { rows } = await platform.station.db.pool.query(
        "select from media_incident join report on report.id = report_id where report.status = 'new'",
      );
      return rows.length > 0;
    });
    const { page, assertQuiet } = await openDesk(browser, WIDE);
    await openReview(page, "Kit Example", "reviewer");
    const known = page.getByRole("region", { name: "Known, not filed yet" });
    await check(page, WIDE, "review known");
    await known.getByRole("textbox", { name: "Why" }).fill("Known, and graded by the list.");
    await known.getByRole("button", { name: /^File it with/ }).click();
    await known.waitFor({ state: "detached" });
    assertQuiet();
  });
});
