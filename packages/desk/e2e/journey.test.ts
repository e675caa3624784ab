import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { endOfFile } from "../../station/src/testing/station.ts";
import { assertAccessible, openBrowser, openDesk } from "./desk-page.ts";
import { type Hands, handsAt } from "./hands.ts";
import { type Chain, type HandedIn, signInLink, startChain } from "./stations.ts";

const hook = endOfFile();
let chain: Chain;
let browser: Browser;

before(async () => {
  chain = await startChain(hook, 6);
  browser = await openBrowser();
  hook.after(() => browser.close());
});

suite("a report, worked with the keyboard alone", () => {
  test("goes from intake to an outcome that is seen where it came from", async () => {
    const found = pictureCase(chain.cases);
    const reviewer = await openDesk(browser, { scheme: "light", width: 1280 });
    const hands = handsAt(reviewer.page);

    await signIn(reviewer.page, await signInLink(chain.platform, "Sam Example", "reviewer"));
    await assertAccessible(reviewer.page, "the platform's queue");
    await openReport(reviewer.page, hands, found.number);
    await assertAccessible(reviewer.page, "the report");
    await openEvidence(reviewer.page, hands);
    await claimViewed(reviewer.page, hands);
    await refer(reviewer.page, hands);

    const officer = await openDesk(browser, { scheme: "dark", width: 1280 });
    const officersHands = handsAt(officer.page);
    await signIn(officer.page, await signInLink(chain.agency, "Kim Example", "lead"));
    await officersHands.press("j", "Enter");
    await officer.page.locator("#summary").waitFor();
    await lowerUrgency(officer.page, officersHands);
    await answerEnquiry(officer.page, officersHands);
    await recordOutcome(officer.page, officersHands);
    await officer.page.locator("#chain").getByText("returned", { exact: true }).waitFor();
    await assertAccessible(officer.page, "the report with its outcome");

    await hands.press("q");
    await hands.tabTo('link "Referred');
    await hands.press("Enter");
    await openReport(reviewer.page, hands, found.number);
    await reviewer.page.locator("#chain").getByText("1 child safeguarded").waitFor();
    await assertAccessible(reviewer.page, "the outcome at the platform");
    reviewer.assertQuiet();
    officer.assertQuiet();
  });
});

suite("signing in", () => {
  test("leaves no token in the address, and a used link says what to do", async () => {
    const { page, assertQuiet } = await openDesk(browser, { scheme: "light", width: 375 });
    const link = await signInLink(chain.platform, "Ash Example", "reviewer");
    await signIn(page, link);
    assert.equal(new URL(page.url()).hash, "");
    await page.goBack();
    assert.doesNotMatch(page.url(), /#/);
    const other = await openDesk(browser, { scheme: "dark", width: 375 });
    await other.page.goto(link);
    await other.page.getByRole("heading", { level: 1 }).waitFor();
    const told = await other.page.locator("main").innerText();
    assert.match(told, /This sign-in link has been used or has run out\./);
    assert.match(told, /Ask whoever runs this station for a new link\./);
    await assertAccessible(other.page, "a link that was used before");
    await other.page.goto(new URL("/audit", link).href);
    await other.page.getByRole("heading", { name: "Sign in", level: 1 }).waitFor();
    assertQuiet();
    other.assertQuiet();
  });
});

suite("a station that does not answer", () => {
  test("a decision that was not sent is not sent later, behind the person's back", async () => {
    const { page } = await openDesk(browser, { scheme: "light", width: 1280 });
    const hands = handsAt(page);
    await signIn(page, await signInLink(chain.platform, "Pat Example", "reviewer"));
    await hands.press("j", "Enter");
    await page.locator("#summary").waitFor();
    await page.context().setOffline(true);
    await hands.press("c");
    await hands.choose("A yes or a no");
    await hands.press("Tab", "Tab", "Tab", "Space");
    await hands.tabTo('button "Add the claim"');
    await hands.press("Enter");
    await page.getByText("It is not known whether the station has recorded this.").waitFor();
    await assertAccessible(page, "a decision without an answer");
    await hands.press("Escape");
    const sent: string[] = [];
    page.on("request", (request) => request.method() !== "GET" && sent.push(request.url()));
    await page.context().setOffline(false);
    await hands.press("q");
    await page.getByRole("grid").waitFor();
    await hands.press("Enter");
    await page.locator("#claims").waitFor();
    assert.deepEqual(sent, []);
  });
});

suite("the queue", () => {
  test("says that something came in, and moves no row until it is asked to", async () => {
    const { page, assertQuiet } = await openDesk(browser, { scheme: "light", width: 1280 });
    const hands = handsAt(page);
    await signIn(page, await signInLink(chain.platform, "Lou Example", "reviewer"));
    await hands.press("j", "j");
    const focused = await hands.focused();
    const rows = async () => await page.getByRole("row").getByRole("link").allInnerTexts();
    const seen = await rows();
    const next = chain.later[0];
    assert.ok(next !== undefined);
    const { number } = await chain.handIn(next);
    await page.locator("#main").getByText("1 new report.").waitFor({ timeout: 40_000 });
    assert.deepEqual(await rows(), seen);
    assert.equal(await hands.focused(), focused);
    await hands.press("n");
    await page.getByRole("link", { name: `Report ${number}`, exact: true }).waitFor();
    assertQuiet();
  });
});

/** A report with a picture that the desk can show, of somebody in the agency's country. */
function pictureCase(cases: readonly HandedIn[]): HandedIn {
  const found = cases.find(({ simulated }) =>
    simulated.files.some(({ mediaType }) => mediaType === "image/png"),
  );
  assert.ok(found !== undefined, "no report of the stream has a picture");
  return found;
}

async function signIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole("grid").waitFor();
}

async function openReport(page: Page, hands: Hands, number: string): Promise<void> {
  await page.getByRole("link", { name: `Report ${number}`, exact: true }).waitFor();
  for (let step = 0; step < 20 && !(await hands.focused()).includes(`Report ${number}`); step += 1)
    await hands.press("j");
  await hands.press("Enter");
  await page.getByRole("heading", { name: `Report ${number}`, level: 1 }).waitFor();
  await page.locator("#summary").waitFor();
}

/** Nothing is shown before the purpose is recorded; the veil lifts only while the key is held; Escape closes at once. */
async function openEvidence(page: Page, hands: Hands): Promise<void> {
  await hands.press("e", "Enter");
  await page.getByText("are written to the audit log before anything is shown").waitFor();
  await assertAccessible(page, "the interruption before evidence");
  assert.equal(await page.locator("img").count(), 0);
  await hands.choose("To assess the report");
  await hands.tabTo('button "Record this and open"');
  await hands.press("Enter");
  const picture = page.getByRole("img", { name: /^Opened evidence/ });
  await picture.waitFor();
  await assertAccessible(page, "opened evidence");
  assert.equal(await picture.getAttribute("data-veil"), "blur-strong grey");
  assert.match(await hands.focused(), /Hold to see clearly/);
  await page.keyboard.down("Space");
  await page.locator('img[data-veil="none"]').waitFor();
  await page.keyboard.up("Space");
  await page.locator('img[data-veil="blur-strong grey"]').waitFor();
  await hands.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.match(await hands.focused(), /Open for a purpose/);
  await page.locator("#history").getByText("Evidence opened").waitFor();
  await page.locator("#evidence").getByText("Sam Example, to assess the report").waitFor();
}

async function claimViewed(page: Page, hands: Hands): Promise<void> {
  await hands.press("c");
  await hands.choose("I viewed it in full");
  await assertAccessible(page, "the claim");
  await hands.tabTo('button "Add the claim"');
  await hands.press("Enter");
  await said(page, "Claim added: Viewed in full: yes");
}

async function refer(page: Page, hands: Hands): Promise<void> {
  await hands.press("r");
  await hands.choose("Test example-agency");
  await hands.tabTo('textbox "Why?"');
  await hands.type("Viewed in full; the account is in your country.");
  await assertAccessible(page, "the referral");
  await hands.tabTo('button "Check before sending"');
  await hands.press("Enter");
  await page.getByText("Once it has arrived it cannot be called back.").waitFor();
  await assertAccessible(page, "the referral, to be checked");
  await hands.tabTo('button "Refer to Test example-agency"');
  await hands.press("Enter");
  await said(page, "Referred to Test example-agency.");
  await page.locator("#chain").getByText("delivered", { exact: true }).waitFor({ timeout: 60_000 });
}

async function lowerUrgency(page: Page, hands: Hands): Promise<void> {
  await hands.press("u");
  await hands.choose("R5 Low");
  await hands.tabTo('textbox "Why?"');
  await hands.type("short");
  await hands.tabTo('button "Lower the urgency"');
  await hands.press("Enter");
  await page.getByText("Write at least 10 characters.").waitFor();
  await assertAccessible(page, "a decision with something missing");
  await hands.tabTo('textbox "Why?"');
  await hands.type(": known to the local force already.");
  await hands.tabTo('button "Lower the urgency"');
  await hands.press("Enter");
  await said(page, "Urgency lowered to R5 Low.");
}

async function answerEnquiry(page: Page, hands: Hands): Promise<void> {
  await hands.press("c");
  await hands.choose("An enquiry was answered");
  await hands.tabTo('textbox "How many events lead there?"');
  await hands.press("Control+a");
  await hands.type("2");
  await hands.press("Tab");
  await hands.choose("installation address");
  await hands.tabTo('textbox "Postcode (optional)"');
  await hands.type("ls1 4ap");
  await hands.tabTo('checkbox "Corroborated');
  await hands.press("Space");
  await hands.tabTo('button "Add the claim"');
  await hands.press("Enter");
  await said(page, "Claim added: 2 events lead to one subscriber");
}

async function recordOutcome(page: Page, hands: Hands): Promise<void> {
  await hands.press("o");
  await hands.choose("Children safeguarded");
  await assertAccessible(page, "the outcome");
  await hands.tabTo('button "Check before recording"');
  await hands.press("Enter");
  await hands.tabTo('button "Record this outcome"');
  await assertAccessible(page, "the outcome, to be checked");
  await hands.press("Enter");
  await said(page, "Outcome recorded: 1 child safeguarded");
}

/** The result of a decision stands on the page and is announced. */
async function said(page: Page, text: string): Promise<void> {
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.locator("aside").getByText(text).waitFor();
  await page.locator("output[data-live-announcer]").getByText(text).waitFor();
}
