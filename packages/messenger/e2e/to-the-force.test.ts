import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import type { Browser } from "playwright-core";
import { type Chain, startChain } from "../../cli/src/demo/run.ts";
import { DeskClient } from "../../cli/src/demo/desk-client.ts";
import type { StationKey } from "../../cli/src/demo/layout.ts";
import { assertAccessible, openBrowser, openDesk } from "../../desk/e2e/desk-page.ts";
import { addPerson, newSignInLink, type ReportView } from "../../station/src/index.ts";
import { accept, choose, line, newPerson, say, type Somebody, startTalking } from "./people.ts";
import { captureTraffic, wordsIn, wordsInDatabase, wordsInFolder, wordsInMemory } from "./search.ts";

/** What is said in the conversation and stands nowhere else in the world; one of them is kept back from the report. */
const SHOWN = ["Kestrel-meadow-7731 is where the kite came down", "Bring the Amberly-lantern-4402 tomorrow"];
const KEPT_BACK = "The Quillfeather-bridge-9958 is closed";
const ALL = [...SHOWN, KEPT_BACK];
/** Known to the hub by right: if these were not found, the search would not see anything. */
const HANDLE = "rowan-control-6120";

let root: string;
let chain: Chain;
let browser: Browser;
let rowan: Somebody;
let sky: Somebody;
const traffic: Buffer[] = [];
const logs: string[] = [];

before(async () => {
  root = await mkdtemp(join(tmpdir(), "fairlead-to-the-force-"));
  chain = await startChain({
    root,
    reports: 0,
    seed: 1,
    say: (one) => logs.push(one),
    progress: () => undefined,
  });
  browser = await openBrowser();
  const { url } = chain.layout.places.platform;
  rowan = await newPerson(browser, { url }, { name: "Rowan Example", handle: HANDLE });
  sky = await newPerson(browser, { url }, { name: "Sky Example", handle: "sky" });
  captureTraffic(rowan.page, traffic);
  captureTraffic(sky.page, traffic);
});
after(async () => {
  await browser.close();
  await chain[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

/** Where any of these words stand at the platform: database, files of every station, logs, the hub's memory, what went over the line. */
async function foundAtTheHub(words: readonly string[]) {
  return {
    database: await wordsInDatabase(chain.dbs.platform.pool, words),
    files: await wordsInFolder(root, words),
    logs: wordsIn(Buffer.from(logs.join("\n")), words),
    traffic: wordsIn(Buffer.concat(traffic), words),
    // Null where the system lets nobody look; then the first test says so.
    memory: wordsInMemory(chain.stations.platform.pid() ?? 0, words) ?? [],
  };
}

const NOTHING = { database: [], files: [], logs: [], traffic: [], memory: [] };

suite("what two people say stays between them until one of them reports it", () => {
  test("they talk, and the hub has not one word of it: not stored, not logged, not in its memory, not on the line", async (t) => {
    await startTalking(rowan.page, ["sky"]);
    await say(rowan.page, SHOWN[0] ?? "");
    await accept(sky.page, "Rowan Example");
    await say(rowan.page, KEPT_BACK);
    await say(rowan.page, SHOWN[1] ?? "");
    await line(sky.page, SHOWN[1] ?? "").waitFor();
    assert.deepEqual(await foundAtTheHub(ALL), NOTHING);

    const control = await foundAtTheHub([HANDLE]);
    assert.ok(control.database.length > 0 && control.traffic.length > 0, "the search sees what is there");
    const pid = chain.stations.platform.pid() ?? 0;
    if (wordsInMemory(pid, [HANDLE]) === null) t.diagnostic("memory could not be looked at on this system");
    else assert.deepEqual(control.memory, [HANDLE]);
    const verifier = wordsInMemory(chain.verifier.pid() ?? 0, ALL);
    assert.deepEqual(verifier ?? [], []);
  });

  test("one reports; the words are then in the sealed evidence, and still nowhere at the hub", async () => {
    const { page } = sky;
    await choose(page, SHOWN[1] ?? "", "Report");
    await page.getByRole("heading", { name: "What happened?" }).waitFor();
    await page.getByText("Threats or pressure", { exact: true }).click();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("heading", { name: "Which messages?" }).waitFor();
    await page
      .getByRole("dialog")
      .getByRole("article")
      .filter({ hasText: KEPT_BACK })
      .getByRole("button", { name: "Keep this one back" })
      .click();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("heading", { name: "Anything to add?" }).waitFor();
    await page.getByRole("button", { name: "Go on" }).click();
    await page.getByRole("heading", { name: "Look it over" }).waitFor();
    await page.getByRole("button", { name: "Send the report" }).click();
    await page.getByRole("button", { name: "See what becomes of it" }).click();
    await page.getByText("Checked: the messages are genuine").waitFor({ timeout: 60_000 });
    assert.deepEqual(await foundAtTheHub(ALL), NOTHING);
  });
});

suite("the report goes to the police as evidence, and what came of it comes back", () => {
  test("the reviewer sees what is proven, reads what was shown with its gap marked, and files it", async () => {
    const desk = await scripted("platform", "reviewer");
    const view = await theReport(desk, isAtLeastO3);
    await readAt("platform", "reviewer", view.entry.id);
    const to = view.destinations.find(({ recommended }) => recommended) ?? view.destinations[0];
    const peer = to?.peer ?? "example-clearinghouse";
    await desk.refer(view.entry.id, { peer, reason: "Reported by a person in the conversation." });
  });

  test("clearinghouse and agency check the same proof by themselves and pass it on", async () => {
    const clearinghouse = await scripted("clearinghouse", "analyst");
    const there = await theReport(clearinghouse, isProvenBy("clearinghouse"));
    const reason = "For your investigation.";
    await clearinghouse.refer(there.entry.id, { peer: "example-national-agency", reason });
    const agency = await scripted("agency", "analyst");
    const here = await theReport(agency, isProvenBy("agency"));
    // Nobody's address leads to a place here: the analyst decides for a force.
    await agency.refer(here.entry.id, { peer: "example-police", agency: "cumbria", reason });
  });

  test("the officer reads the same, of which no byte was altered, and records an outcome", async () => {
    const desk = await scripted("force", "officer");
    const view = await theReport(desk, isProvenBy("force"));
    await readAt("force", "officer", view.entry.id);
    const bundle = view.evidence.find(({ kind }) => kind === "message-bundle");
    assert.ok(bundle !== undefined);
    const bytes = Buffer.from(await desk.openEvidence(view.entry.id, bundle.id, "identify-a-suspect"));
    for (const words of SHOWN) assert.equal(bytes.includes(words), true);
    assert.equal(bytes.includes(KEPT_BACK), false);
    await desk.recordOutcome(view.entry.id, { kind: "arrest", arrests: 1 });
  });

  test("the person who reported sees on their receipt what came of it", async () => {
    await sky.page.getByText("Somebody was arrested", { exact: true }).waitFor({ timeout: 60_000 });
    rowan.assertQuiet();
    sky.assertQuiet();
  });
});

/** Somebody at a station opens the report's page, then the conversation for a purpose, in a browser of their own. */
async function readAt(key: StationKey, role: string, reportId: string): Promise<void> {
  const { page, assertQuiet } = await openDesk(browser, { scheme: "light", width: 1280 });
  const { url } = chain.layout.places[key];
  await page.goto(`${url}/sign-in#${await linkFor(key, role)}`);
  await page.getByRole("grid").waitFor();
  await page.goto(`${url}/reports/${reportId}`);
  await page.locator("#origin").getByText("What is proven", { exact: true }).waitFor();
  await page.locator("#origin").getByText("One message between", { exact: false }).waitFor();
  await assertAccessible(page, "the proof of origin");
  const bundle = page.locator("#evidence li", { hasText: "Message bundle" }).first();
  await bundle.getByRole("button", { name: "Open for a purpose" }).click();
  await page.getByText("To assess the report", { exact: true }).click();
  await page.getByRole("button", { name: "Record this and open" }).click();
  const messages = page.getByRole("list", { name: "Messages" });
  for (const words of SHOWN) await messages.getByText(words).waitFor();
  await messages.getByText("One message was kept back here").waitFor();
  assert.equal(await page.getByText(KEPT_BACK).count(), 0);
  await assertAccessible(page, "the conversation");
  assertQuiet();
  await page.context().close();
}

function isAtLeastO3({ assessment }: ReportView): boolean {
  return /^O[34]$/.test(assessment?.attributes.find(({ attribute }) => attribute === "offence")?.value ?? "");
}

/** The station has checked the proof by itself and says so. */
const isProvenBy =
  (key: StationKey) =>
  ({ claims }: ReportView): boolean =>
    claims.some(
      ({ source, states }) =>
        states.kind === "franking" &&
        states.verified &&
        source.kind === "station" &&
        source.id === chain.layout.places[key].id,
    );

async function linkFor(key: StationKey, role: string): Promise<string> {
  const { kysely } = chain.dbs[key];
  const { id } = await addPerson(kysely, `Test ${role}`, role, Date.now());
  return await newSignInLink(kysely, id, Date.now());
}

async function scripted(key: StationKey, role: string): Promise<DeskClient> {
  return new DeskClient(chain.layout.places[key].url, () => linkFor(key, role));
}

/** The one report at a station, once it is as wanted. */
async function theReport(desk: DeskClient, isReady: (view: ReportView) => boolean): Promise<ReportView> {
  const until = Date.now() + 90_000;
  for (;;) {
    const { entries } = await desk.queue("new");
    const view = entries[0] === undefined ? undefined : await desk.report(entries[0].id);
    if (view !== undefined && isReady(view)) return view;
    if (Date.now() > until)
      throw new Error(`the report is not there, or not as wanted: ${JSON.stringify(view?.claims)}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
  }
}
