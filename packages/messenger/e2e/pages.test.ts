import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { assertAccessible, type Look, openBrowser } from "../../desk/e2e/desk-page.ts";
import type { TestHub } from "../../station/src/testing/chat.ts";
import {
  choose,
  line,
  makeAccount,
  newPerson,
  openConversation,
  openMessengerAt,
  say,
  type Somebody,
  startChats,
  startTalking,
} from "./people.ts";
import { kite } from "./picture.ts";

const LOOKS: readonly Look[] = [
  { scheme: "light", width: 1280 },
  { scheme: "dark", width: 1280 },
  { scheme: "light", width: 375 },
  { scheme: "dark", width: 375 },
];

const cleanUps: (() => Promise<void>)[] = [];
const hook = { after: (cleanUp: () => Promise<void>) => void cleanUps.push(cleanUp) };
let hub: TestHub;
let browser: Browser;
/** Writes to everybody; grown up, so that young people are asked first. */
let ada: Somebody;

before(async () => {
  hub = await startChats(hook);
  browser = await openBrowser();
  ada = await newPerson(browser, hub, { name: "Ada Example", handle: "ada" });
});
after(async () => {
  await browser.close();
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
});

suite("every page and dialog, by WCAG 2.2 AA as far as a machine can tell", () => {
  for (const look of LOOKS) {
    test(`${look.scheme}, ${look.width} px wide`, async () => {
      const somebody = await openMessengerAt(browser, hub, look);
      const { page, assertQuiet } = somebody;
      const check = async (what: string) => {
        await assertAccessible(page, what);
        await shoot(page, look, what);
      };
      const handle = `kim-${look.scheme}-${look.width}`;
      const born = String(new Date().getFullYear() - 13);
      await visitWelcome(page, check);
      await makeAccount(page, { name: "Kim Example", handle, year: born });
      await check("no conversations yet");
      await visitNew(page, check);
      await visitConversation(page, handle, check);
      await visitMessage(page, check);
      await visitReport(page, check);
      await visitSettings(page, check);
      await visitDetails(page, check);
      assertQuiet();
    });
  }
});

type Check = (what: string) => Promise<void>;

async function visitWelcome(page: Page, check: Check): Promise<void> {
  await check("welcome");
  await page.getByRole("link", { name: /^I have a backup/ }).click();
  await page.getByRole("heading", { level: 1, name: "Bring your messages back" }).waitFor();
  await check("restore before an account");
  await page.goBack();
  await page.getByRole("link", { name: /^I already have an account/ }).click();
  await page.getByLabel("The code").waitFor();
  await check("link a device");
  await page.goBack();
  await page.getByRole("link", { name: /^Make an account/ }).click();
  await page.getByLabel("Choose a handle").fill("x");
  await page.getByRole("button", { name: "Make my account" }).click();
  await page.getByText("At least two letters or numbers.").waitFor();
  await check("make an account with something missing");
  await page.goBack();
}

async function visitNew(page: Page, check: Check): Promise<void> {
  await page.getByRole("link", { name: "New conversation" }).click();
  await page.getByLabel("Their handle").fill("nobody-here");
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.getByText("Nobody here is called nobody-here.").waitFor();
  await page.getByLabel("Their handle").fill("ada");
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.getByText("@ada").waitFor();
  await check("new conversation");
  await page.goBack();
}

/** Somebody asks, is let in, and writes; a picture comes blurred. */
async function visitConversation(page: Page, handle: string, check: Check): Promise<void> {
  await startTalking(ada.page, [handle]);
  await ada.page.getByText("Waiting for Kim Example to say yes").waitFor();
  await page.getByText("Ada Example would like to talk with you").waitFor();
  await check("somebody asks");
  await page.getByRole("button", { name: "Yes, let Ada Example write to me" }).click();
  await say(ada.page, "Do you like kites?");
  await openConversation(page, "Ada Example");
  await line(page, "Do you like kites?").waitFor();
  const yes = page.getByRole("button", { name: "Yes, talk with them" });
  if (await yes.isVisible()) {
    await check("request");
    await yes.click();
  }
  await say(page, "Yes! The blue one most of all \u{1FA81}");
  await choose(ada.page, "Yes! The blue one", "Heart");
  await choose(ada.page, "Yes! The blue one", "Answer");
  await say(ada.page, "Then come to the hill on Saturday, the wind turns north: https://example.org/hill");
  await sendKite(ada.page, "The kite is blue");
  await line(page, "The kite is blue").getByText("Picture, blurred for you").waitFor();
  await say(page, "مرحبا، السماء زرقاء اليوم");
  await check("conversation");
}

async function visitMessage(page: Page, check: Check): Promise<void> {
  const tile = line(page, "The kite is blue");
  await tile.getByRole("button", { name: "Something wrong?" }).click();
  await page.getByRole("dialog").waitFor();
  await check("picture warning");
  await close(page);
  await tile.getByRole("button", { name: "Show" }).click();
  await tile.getByRole("button", { name: /^Open the picture/ }).click();
  await page.locator(".whole-picture").waitFor();
  await check("whole picture");
  await close(page);
  await line(page, "السماء زرقاء").focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: "Take back" }).waitFor();
  await check("message menu");
  await page.getByRole("menuitem", { name: "Take back" }).click();
  await page.getByRole("dialog").waitFor();
  await check("take back");
  await close(page);
  await choose(page, "Then come to the hill", "Answer");
  await check("answering");
  await page.keyboard.press("Escape");
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Send a picture or a file" }).click(),
  ]);
  await chooser.setFiles({ name: "kite.jpg", mimeType: "image/jpeg", buffer: await kite(page, "drawn") });
  await page.getByText("has been taken off").waitFor();
  await check("sending a picture");
  await close(page);
}

async function visitReport(page: Page, check: Check): Promise<void> {
  await choose(page, "Then come to the hill", "Report");
  await page.getByText("Something else, or I am not sure").click();
  await check("report, what happened");
  const on = page.getByRole("button", { name: "Go on" });
  await on.click();
  await page.getByRole("button", { name: "Keep this one back" }).first().click();
  await page.getByText("You keep this one back.").waitFor();
  await check("report, which messages");
  await on.click();
  await page.getByRole("heading", { name: "The pictures" }).waitFor();
  await check("report, pictures");
  await on.click();
  await page.getByLabel(/^In your words/).fill("I only know Ada from here.");
  await check("report, own words");
  await on.click();
  await page.getByText("What happens next").waitFor();
  await check("report, looking it over");
  await page.getByRole("button", { name: "Send the report" }).click();
  await page.getByRole("heading", { name: "Thank you. You did the right thing." }).waitFor();
  await check("report, sent");
  await page.getByRole("button", { name: "See what becomes of it" }).click();
  await page.getByRole("heading", { level: 1, name: "Your report" }).waitFor();
  await page.getByText("Received", { exact: true }).waitFor();
  await check("receipt");
  await page.getByRole("link", { name: "Back to your reports" }).click();
  await page.getByRole("heading", { level: 1, name: "Your reports" }).waitFor();
  await check("reports");
  await page.getByRole("link", { name: "Back to Settings" }).click();
}

async function visitSettings(page: Page, check: Check): Promise<void> {
  await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  await page.getByRole("button", { name: "Add another device" }).click();
  await page.locator("#devices .code code").waitFor();
  await page.getByRole("button", { name: "Make a backup" }).click();
  await page.getByText(/^Last backup/).waitFor();
  await check("settings");
  await page.getByRole("button", { name: "Forget everything here" }).click();
  await page.getByRole("dialog").waitFor();
  await check("forget everything");
  await close(page);
  for (const [link, heading] of [
    ["What can be seen from outside, and what cannot", "What can be seen from outside, and what cannot"],
    ["Who can help", "Who can help"],
    ["Bring messages back from a backup", "Bring your messages back"],
  ] as const) {
    await page.getByRole("link", { name: link }).click();
    await page.getByRole("heading", { level: 1, name: heading }).waitFor();
    await check(heading.toLowerCase());
    await page.goBack();
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
  }
}

async function visitDetails(page: Page, check: Check): Promise<void> {
  await page.goto(`${page.url().split("#", 1)[0]}#/`);
  await openConversation(page, "Ada Example");
  await page.getByRole("link", { name: "About this conversation" }).click();
  await page.getByRole("heading", { name: "Something not right?" }).waitFor();
  await check("about a conversation");
  for (const [button, what] of [
    ["Block Ada Example", "block"],
    ["Leave", "leave"],
  ] as const) {
    await page.getByRole("button", { name: button, exact: true }).click();
    await page.getByRole("dialog").waitFor();
    await check(what);
    await close(page);
  }
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await tab.getByRole("button", { name: "Use them here" }).waitFor();
  await assertAccessible(tab, "open in another tab");
  await tab.close();
}

async function sendKite(page: Page, caption: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    page.getByRole("button", { name: "Send a picture or a file" }).click(),
  ]);
  await chooser.setFiles({ name: "kite.jpg", mimeType: "image/jpeg", buffer: await kite(page, "drawn") });
  await page.getByLabel(/^Words to go with it/).fill(caption);
  await page.getByRole("button", { name: "Send", exact: true }).last().click();
  await line(page, caption).getByText("Sent", { exact: true }).waitFor();
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

/** For people who want to look: MESSENGER_SHOTS names a folder. */
async function shoot(page: Page, { scheme, width }: Look, what: string): Promise<void> {
  const folder = process.env["MESSENGER_SHOTS"];
  if (folder === undefined) return;
  const name = `${scheme}-${width}-${what.replaceAll(/[^\w]+/g, "-")}.png`;
  await page.screenshot({ path: join(folder, name) });
}
