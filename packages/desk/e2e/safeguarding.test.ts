import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import type { Claim, Flag, Person } from "@fairlead/report";
import type { SimulatedReport } from "@fairlead/simulator";
import type { Browser, Page } from "playwright-core";
import { endOfFile } from "../../station/src/testing/station.ts";
import { assertAccessible, LOOKS, openBrowser, openDesk } from "./desk-page.ts";
import { handsAt } from "./hands.ts";
import { type Chain, type HandedIn, signInLink, startChain } from "./stations.ts";
import { shoot } from "./shots.ts";

const COUNCIL = {
  id: "example-council",
  name: "Example Council, front door for children",
  areas: ["GB"],
  contact: { telephone: "01632 960001", outOfHours: "01632 960002", note: "Day and night." },
};
/** A page that takes longer than this to reach a desk would be no page. */
const SECONDS = { timeout: 15_000 };

const hook = endOfFile();
let chain: Chain;
let browser: Browser;

before(async () => {
  chain = await startChain(hook, 3, { safeguarding: { authorities: [COUNCIL] } });
  browser = await openBrowser();
  hook.after(() => browser.close());
});

suite("crisis: a report that is immediate", () => {
  test("calls a person within seconds, is answered, referred for the child and told, while the queue below stays as it was", async () => {
    const officer = await openDesk(browser, { scheme: "light", width: 1280 });
    const lead = await openDesk(browser, { scheme: "dark", width: 1280 });
    const hands = handsAt(officer.page);
    const leadsHands = handsAt(lead.page);
    await signIn(officer.page, await signInLink(chain.platform, "Sam Example", "reviewer"));
    await signIn(lead.page, await signInLink(chain.platform, "Kim Example", "lead"));
    await hands.press("j", "j");
    const rows = async () => await officer.page.getByRole("row").getByRole("link").allInnerTexts();
    const [seen, focused] = [await rows(), await hands.focused()];
    // The lead is in the middle of something, in a dialog.
    await leadsHands.press("?");
    await lead.page.getByRole("dialog").waitFor();

    const { number } = await handIn("live-abuse");
    const banner = officer.page.getByRole("region", { name: "Call", exact: true });
    await banner.getByText(`Immediate: report ${number}`).waitFor(SECONDS);
    assert.match(
      await officer.page.locator('[role="alert"][data-live-announcer]').innerText(),
      new RegExp(`Call: report ${number} is immediate. Abuse is said to be going on`),
    );
    assert.deepEqual(await rows(), seen);
    assert.equal(await hands.focused(), focused);
    await assertAccessible(officer.page, "the queue with a call");

    // It stands over the open dialog, and is reached from it by key.
    await lead.page.getByText(`Immediate: report ${number}`).waitFor(SECONDS);
    await leadsHands.press("F8");
    assert.match(await leadsHands.focused(), new RegExp(`link "Open report ${number}"`));
    await leadsHands.press("Escape");

    await hands.press("F8", "Enter");
    await officer.page.getByRole("heading", { name: `Report ${number}`, level: 1 }).waitFor();
    await hands.press("F8", "Tab");
    assert.match(await hands.focused(), /button "Answer: I have it"/);
    await hands.press("Enter");
    await banner.waitFor({ state: "detached" });
    await officer.page.locator("#calls").getByText("You, since").waitFor();
    await assertAccessible(officer.page, "the report of a call that was answered");
    // Nobody else is called any more.
    await lead.page.getByRole("region", { name: "Call", exact: true }).waitFor({ state: "detached" });

    await officer.page.locator("#safeguarding").getByText("to be decided").waitFor();
    await hands.press("s");
    await assertAccessible(officer.page, "the referral of a child");
    await hands.choose(COUNCIL.name);
    await hands.tabTo('textbox "Why?"');
    await hands.type("A child may be at risk now.");
    await hands.tabTo('button "Decide to refer"');
    await hands.press("Enter");
    const child = officer.page.locator("#safeguarding");
    await child.getByText("decided, nobody told yet").first().waitFor();
    await child.getByText(COUNCIL.contact.telephone).waitFor();
    const text = await child.locator(".briefing").innerText();
    assert.match(text, new RegExp(`Our report number is ${number}`));
    assert.match(text, /At once: a child may be at risk now/);
    await assertAccessible(officer.page, "whom to tell, and what");

    await hands.tabTo(`button "I have told them: ${COUNCIL.name}"`);
    await hands.press("Enter");
    await hands.choose("by telephone");
    await hands.tabTo('textbox "Who took it?"');
    await hands.type("R. Example, duty desk");
    await hands.tabTo('textbox "Their reference');
    await hands.type("EX-17");
    await assertAccessible(officer.page, "who took it");
    await hands.tabTo('button "Record that they were told"');
    await hands.press("Enter");
    await child.getByText("their reference EX-17").waitFor();
    await child.getByText("told, no answer yet").first().waitFor();

    await hands.press("q");
    await officer.page.getByRole("grid").waitFor();
    assert.deepEqual(await rows(), seen);
    officer.assertQuiet();
    lead.assertQuiet();
  });
});

suite("self-generated: a child's own material", () => {
  test("goes to its lane with safeguarding first, as urgent as it was", async () => {
    const { page, assertQuiet } = await openDesk(browser, { scheme: "light", width: 1280 });
    const hands = handsAt(page);
    await signIn(page, await signInLink(chain.platform, "Lou Example", "reviewer"));
    const plain = await handIn("sextortion");
    const own = await handIn("sextortion", "possible-self-production", "minor-to-minor");
    await page.locator("#main").getByText("2 new reports.").waitFor({ timeout: 40_000 });
    await hands.press("n");
    const tierOf = async (number: string) =>
      await page
        .getByRole("row")
        .filter({ hasText: `Report ${number}` })
        .locator(".tier")
        .innerText();
    await page.getByRole("link", { name: `Report ${own.number}`, exact: true }).waitFor();
    assert.equal(await tierOf(own.number), await tierOf(plain.number));

    await hands.tabTo('link "Safeguarding first');
    await hands.press("Enter");
    await page.getByText("help comes before an investigation").waitFor();
    await page.getByRole("link", { name: `Report ${own.number}`, exact: true }).waitFor();
    assert.equal(await page.getByRole("link", { name: `Report ${plain.number}`, exact: true }).count(), 0);
    await assertAccessible(page, "the lane");
    await hands.press("j", "Enter");
    await page.getByRole("heading", { name: `Report ${own.number}`, level: 1 }).waitFor();
    const child = page.locator("#safeguarding");
    await child.getByText("Safeguarding goes first here").waitFor();
    await child.getByText("It is said to be among children.").first().waitFor();
    await hands.tabTo('button "No referral is needed"');
    await hands.press("Enter");
    await hands.tabTo('textbox "Why is none needed?"');
    await hands.type("Their school has told the council.");
    await assertAccessible(page, "that none is needed");
    await hands.tabTo('button "Record that none is needed"');
    await hands.press("Enter");
    await child.getByText("decided: not needed").waitFor();
    await page.locator("#history").getByText("Decided that no safeguarding referral is needed").waitFor();
    assertQuiet();
  });
});

suite("calls and safeguarding, by WCAG 2.2 AA as far as a machine can tell", () => {
  for (const look of LOOKS) {
    test(`${look.scheme}, ${look.width} px wide`, async () => {
      const { page, assertQuiet } = await openDesk(browser, look);
      const check = async (what: string) => {
        await assertAccessible(page, what);
        await shoot(page, look, what);
      };
      const { number } = await handIn("abduction", "minor-to-minor");
      await signIn(page, await signInLink(chain.platform, "Sam Example", "lead"));
      await page.getByText(`Immediate: report ${number}`).waitFor(SECONDS);
      await check("queue with a call");
      await page.getByRole("link", { name: `Open report ${number}` }).click();
      await page.locator("#safeguarding").waitFor();
      await check("report with a call");
      await page.keyboard.press("s");
      await page.getByRole("dialog").waitFor();
      await check("refer a child under a call");
      await page.getByText(COUNCIL.name).click();
      await page.getByRole("textbox", { name: "Why?" }).fill("A child may be at risk now.");
      await page.getByRole("button", { name: "Decide to refer" }).click();
      await page.locator(".briefing").waitFor();
      await check("whom to tell");
      await page.getByRole("button", { name: `I have told them: ${COUNCIL.name}` }).click();
      await check("told");
      await page.keyboard.press("Escape");
      for (const name of ["pages", "safeguarding"]) {
        await page.goto(new URL(`/${name}`, page.url()).href);
        await page.locator("main").locator("ol, table").first().waitFor();
        await check(name);
      }
      await page.getByRole("button", { name: "Answer: I have it", exact: true }).first().click();
      await page.getByRole("region", { name: "Call", exact: true }).waitFor({ state: "detached" });
      await page.goto(new URL("/?status=safeguarding-first", page.url()).href);
      await page.getByRole("grid").waitFor();
      await check("lane");
      assertQuiet();
    });
  }
});

/** Hands in a report of somebody nobody else has reported, with these flags by its sender. */
async function handIn(...flags: Flag[]): Promise<HandedIn> {
  const base = chain.later[0];
  assert.ok(base !== undefined);
  const { report } = base;
  const claims: Claim[] = flags.map((flag) => ({
    about: { kind: "report" },
    source: { kind: "sender", name: report.sender.name },
    states: { kind: "flag", flag, value: true },
  }));
  const child: Person = {
    key: "victim-1" as Person["key"],
    role: "victim",
    firstName: "Robin",
    ageYears: 13,
    identifiers: [],
    events: [],
    places: [
      { basis: "declared", addressKind: "home", postcode: "LS1 4AP", country: "GB", verified: "unknown" },
    ],
  };
  const changed: SimulatedReport = {
    ...base,
    files: [],
    report: {
      ...report,
      references: [
        { kind: "this-report", issuer: "Example Chat", value: `kite-${flags.join("-")}-${Math.random()}` },
      ],
      persons: [child],
      evidence: [],
      claims,
      statements: [],
    },
  };
  return await chain.handIn(changed);
}

async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("grid").waitFor();
}
