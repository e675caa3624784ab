import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import type { Look } from "../../desk/e2e/desk-page.ts";
import { type Hands, handsAt } from "../../desk/e2e/hands.ts";
import { startTestHub, type TestHub } from "../../station/src/testing/chat.ts";

/** Where node:test lets a test say what to do after it. */
export interface AfterHook {
  after: (cleanUp: () => Promise<void>) => void;
}

/** A platform's station with its hub and the messenger that it serves. */
export async function startChats(hook: AfterHook): Promise<TestHub> {
  return await startTestHub(hook, {
    chat: {
      signals: true,
      help: [
        {
          name: "Example listening line",
          about: "Somebody to talk to, every day from 8 to 22.",
          url: "https://help.example/",
          telephone: "01632 960 001",
        },
      ],
    },
  });
}

/** Somebody at their own device. */
export interface Somebody {
  page: Page;
  hands: Hands;
  /** Fails when the page has broken its content security policy, thrown, or logged an error that nobody expected. */
  assertQuiet: () => void;
}

/** A fresh browser profile at the messenger's first page. */
export async function openMessengerAt(
  browser: Browser,
  { url }: Pick<TestHub, "url">,
  { scheme, width }: Look = { scheme: "light", width: 1280 },
): Promise<Somebody> {
  const context = await browser.newContext({
    viewport: { width, height: 860 },
    colorScheme: scheme,
    reducedMotion: "reduce",
    timezoneId: "Europe/London",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    // The browser itself logs every refusal of the hub, such as a handle that nobody has.
    const isRefusal =
      /^Failed to load resource: .* (?:40\d|422)/.test(message.text()) &&
      new URL(message.location().url).pathname.startsWith("/chat/");
    if (message.type() === "error" && !isRefusal) complaints.push(message.text());
  });
  await page.goto(`${url}/messenger/`);
  await page.getByRole("heading", { level: 1, name: "Talk to your people" }).waitFor();
  return { page, hands: handsAt(page), assertQuiet: () => assert.deepEqual(complaints, []) };
}

export interface NewPerson {
  name: string;
  handle: string;
  /** The year of birth; 1990 unless given. */
  year?: string;
}

export async function makeAccount(page: Page, person: NewPerson): Promise<void> {
  await page.getByRole("link", { name: /^Make an account/ }).click();
  await fillAccount(page, person);
  await page.getByRole("heading", { level: 1, name: "Conversations" }).waitFor();
}

/** Fills the form in and sends it. */
export async function fillAccount(page: Page, { name, handle, year = "1990" }: NewPerson): Promise<void> {
  await page.getByLabel("What should people call you?").fill(name);
  await page.getByLabel("Choose a handle").fill(handle);
  await page.getByLabel("Which year were you born?").fill(year);
  await page.getByRole("button", { name: "Make my account" }).click();
}

/** Somebody with an account, at their own device. */
export async function newPerson(
  browser: Browser,
  hub: Pick<TestHub, "url">,
  person: NewPerson,
  look?: Look,
): Promise<Somebody> {
  const somebody = await openMessengerAt(browser, hub, look);
  await makeAccount(somebody.page, person);
  return somebody;
}

/** Finds people by their handles and begins a conversation with them. */
export async function startTalking(
  page: Page,
  handles: readonly string[],
  groupName?: string,
): Promise<void> {
  await page.getByRole("link", { name: "New conversation" }).click();
  for (const [index, handle] of handles.entries()) {
    await page.getByLabel(index === 0 ? "Their handle" : "Add another person").fill(handle);
    await page.getByRole("button", { name: "Find", exact: true }).click();
    await page.getByText(`@${handle}`).waitFor();
  }
  if (groupName !== undefined) await page.getByLabel(/^A name for the group/).fill(groupName);
  await page.getByRole("button", { name: /^Start/ }).click();
  await page.getByRole("textbox", { name: /^Message to/ }).waitFor();
}

/** Opens a conversation from the list. */
export async function openConversation(page: Page, name: string): Promise<void> {
  await page
    .locator(".room-line")
    .filter({ has: page.locator(".room-line-title", { hasText: new RegExp(`^${name}$`) }) })
    .click();
}

/** Writes a message and waits until the hub has it. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: /^Message to/ }).fill(text);
  await page.keyboard.press("Enter");
  await line(page, text).getByText("Sent", { exact: true }).waitFor();
}

/** The messages on the screen. */
export function feed(page: Page) {
  return page.getByRole("feed");
}

/** The message with these words. */
export function line(page: Page, text: string) {
  return feed(page).getByRole("article").filter({ hasText: text }).last();
}

/** Says yes to a conversation with somebody unknown. */
export async function accept(page: Page, name: string): Promise<void> {
  await openConversation(page, name);
  await page.getByRole("button", { name: "Yes, talk with them" }).click();
  await page.getByRole("textbox", { name: /^Message to/ }).waitFor();
}

/** Opens what can be done with a message and chooses from it. */
export async function choose(page: Page, text: string, what: string): Promise<void> {
  await line(page, text).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitem", { name: what }).click();
}
