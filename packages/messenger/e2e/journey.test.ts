import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, suite, test } from "node:test";
import type { Browser } from "playwright-core";
import { openBrowser } from "../../desk/e2e/desk-page.ts";
import type { TestHub } from "../../station/src/testing/chat.ts";
import { kite } from "./picture.ts";
import {
  accept,
  choose,
  feed,
  fillAccount,
  line,
  newPerson,
  openConversation,
  openMessengerAt,
  say,
  type Somebody,
  startChats,
  startTalking,
} from "./people.ts";

const cleanUps: (() => Promise<void>)[] = [];
const hook = { after: (cleanUp: () => Promise<void>) => void cleanUps.push(cleanUp) };
let hub: TestHub;
let browser: Browser;
let ada: Somebody;
let robin: Somebody;

before(async () => {
  hub = await startChats(hook);
  browser = await openBrowser();
  ada = await newPerson(browser, hub, { name: "Ada Example", handle: "ada" });
  robin = await newPerson(browser, hub, { name: "Robin Example", handle: "robin" });
});
after(async () => {
  await browser.close();
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
});

suite("two people, two browsers, one hub that reads nothing", () => {
  test("one finds the other by their handle, writes, and is answered once the other says yes", async () => {
    await startTalking(robin.page, ["ada"]);
    await say(robin.page, "The kite is blue");
    await openConversation(ada.page, "Robin Example");
    await ada.page.getByRole("heading", { name: "Robin Example wants to talk with you" }).waitFor();
    await line(ada.page, "The kite is blue").waitFor();
    await accept(ada.page, "Robin Example");
    await say(ada.page, "Mine is red");
    await line(robin.page, "Mine is red").waitFor();
  });

  test("a message that comes in is said to whoever cannot see it", async () => {
    await say(ada.page, "The wind turns north");
    await robin.page
      .locator("output[data-live-announcer]", { hasText: "Ada Example: The wind turns north" })
      .waitFor();
  });

  test("an answer, another wording, a reaction and a message taken back arrive as what they are", async () => {
    await choose(robin.page, "Mine is red", "Answer");
    await say(robin.page, "Then we shall see them from afar");
    await line(ada.page, "Then we shall see them from afar").getByText("Mine is red").waitFor();
    await choose(robin.page, "Then we shall see them", "Change the wording");
    await robin.page.getByRole("textbox", { name: /^Message to/ }).fill("Then we can see both from the hill");
    await robin.page.keyboard.press("Enter");
    await line(ada.page, "Then we can see both from the hill").getByText("edited").waitFor();
    await choose(ada.page, "Then we can see both", "Heart");
    await line(robin.page, "Then we can see both")
      .getByRole("button", { name: /from Ada Example/ })
      .waitFor();
    await say(robin.page, "The train leaves at eight");
    await line(ada.page, "The train leaves at eight").waitFor();
    await choose(robin.page, "The train leaves at eight", "Take back");
    await robin.page.getByRole("button", { name: "Take it back" }).click();
    await line(ada.page, "Robin Example took this message back.").waitFor();
    assert.equal(await feed(ada.page).getByText("The train leaves at eight").count(), 0);
  });

  test("a photo arrives with a small picture of it, opens in full, and carries nothing that the camera wrote", async () => {
    const [chooser] = await Promise.all([
      robin.page.waitForEvent("filechooser"),
      robin.page.getByRole("button", { name: "Send a picture or a file" }).click(),
    ]);
    await chooser.setFiles({
      name: "hill.jpg",
      mimeType: "image/jpeg",
      buffer: await kite(robin.page, "with a place in it"),
    });
    await robin.page.getByText("has been taken off").waitFor();
    await robin.page.getByLabel(/^Words to go with it/).fill("The hill");
    await robin.page.getByRole("button", { name: "Send", exact: true }).last().click();
    await line(robin.page, "The hill").getByText("Sent", { exact: true }).waitFor();
    const tile = line(ada.page, "The hill");
    await tile.locator("img").waitFor();
    await tile.getByRole("button", { name: /^Open the picture/ }).click();
    const whole = ada.page.getByRole("img", { name: /^Picture from Robin Example/ });
    await whole.waitFor();
    const [kept] = await Promise.all([
      ada.page.waitForEvent("download"),
      ada.page.getByRole("link", { name: "Save to this device" }).click(),
    ]);
    const bytes = await readFile(await kept.path());
    assert.equal(kept.suggestedFilename(), "hill.jpg");
    assert.ok(bytes.length > 1000 && !bytes.includes("with a place in it"));
    await ada.page.keyboard.press("Escape");
  });

  test("a picture that the browser cannot make ready is not sent, and whoever chose it is told", async () => {
    await robin.page.evaluate("HTMLCanvasElement.prototype.toBlob = function (done) { done(null); }");
    const [chooser] = await Promise.all([
      robin.page.waitForEvent("filechooser"),
      robin.page.getByRole("button", { name: "Send a picture or a file" }).click(),
    ]);
    await chooser.setFiles({
      name: "hill.jpg",
      mimeType: "image/jpeg",
      buffer: await kite(robin.page, "drawn"),
    });
    const dialog = robin.page.getByRole("dialog");
    await dialog.getByText("That did not work").waitFor();
    assert.equal(await dialog.getByRole("button", { name: "Send", exact: true }).isDisabled(), true);
    await robin.page.keyboard.press("Escape");
    await robin.page.reload();
    await robin.page.getByRole("textbox", { name: /^Message to/ }).waitFor();
  });

  test("messages on a timer disappear on both sides and can still be reported for a while", async () => {
    await robin.page.getByRole("link", { name: "About this conversation" }).click();
    await robin.page.getByLabel("New messages disappear").selectOption({ label: "30 seconds" });
    await robin.page.getByRole("link", { name: "Back to the conversation" }).click();
    await line(ada.page, "set new messages to disappear after 30 seconds").waitFor();
    await say(robin.page, "Gone in a moment");
    await line(ada.page, "Gone in a moment").waitFor();
    await line(ada.page, "This message has disappeared.").waitFor({ timeout: 60_000 });
    assert.equal(await feed(ada.page).getByText("Gone in a moment").count(), 0);
    await line(ada.page, "You can still report it until").waitFor();
    await robin.page.getByRole("link", { name: "About this conversation" }).click();
    await robin.page.getByLabel("New messages disappear").selectOption({ label: "Never" });
    await robin.page.getByRole("link", { name: "Back to the conversation" }).click();
  });

  test("a group is made, named, and everybody in it hears everybody", async () => {
    const noor = await newPerson(browser, hub, { name: "نور", handle: "noor" });
    await startTalking(robin.page, ["ada", "noor"], "Kites on Saturday");
    await say(robin.page, "Who brings the string?");
    await openConversation(ada.page, "Kites on Saturday");
    await line(ada.page, "Who brings the string?").waitFor();
    await accept(noor.page, "Kites on Saturday");
    await say(noor.page, "أنا");
    await line(robin.page, "أنا").waitFor();
    await line(ada.page, "أنا").waitFor();
    noor.assertQuiet();
  });

  test("another device is added by its code and hears what is said from then on", async () => {
    const { page } = robin;
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Add another device" }).click();
    const code = await page.locator("#devices .code code").textContent();
    const second = await openMessengerAt(browser, hub);
    await second.page.getByRole("link", { name: /^I already have an account/ }).click();
    await second.page.getByLabel("The code").fill(code ?? "");
    await second.page.getByLabel("A name for this device").fill("Tablet");
    await second.page.getByRole("button", { name: "Add this device" }).click();
    await second.page.getByRole("heading", { level: 1, name: "Conversations" }).waitFor();
    await page.getByText("Tablet", { exact: true }).waitFor();
    await second.page.getByRole("navigation").getByText("Ada Example", { exact: true }).waitFor();
    await openConversation(ada.page, "Robin Example");
    await say(ada.page, "Do both of your devices hear this?");
    await openConversation(second.page, "Ada Example");
    await line(second.page, "Do both of your devices hear this?").waitFor();
    await say(second.page, "They do");
    await line(ada.page, "They do").waitFor();
    await page.getByRole("button", { name: "Take Tablet off" }).click();
    await page.getByRole("button", { name: "Take it off" }).click();
    await page.getByText("Tablet", { exact: true }).waitFor({ state: "detached" });
    await second.page.getByText("This device was taken off your account").waitFor();
    await line(second.page, "Do both of your devices hear this?").waitFor();
    second.assertQuiet();
  });

  test("a backup brings the messages back on another device of the same person", async () => {
    const { page } = robin;
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Hide the code" }).click();
    await page.getByRole("button", { name: "Make a backup" }).click();
    await page.getByText(/^Last backup/).waitFor();
    const recovery = await page.locator(".recovery-code code").textContent();
    await page.getByRole("button", { name: "Add another device" }).click();
    const link = await page.locator("#devices .code code").textContent();
    const third = await openMessengerAt(browser, hub);
    await third.page.getByRole("link", { name: /^I already have an account/ }).click();
    await third.page.getByLabel("The code").fill(link ?? "");
    await third.page.getByRole("button", { name: "Add this device" }).click();
    await third.page.getByRole("heading", { level: 1, name: "Conversations" }).waitFor();
    await third.page.getByRole("link", { name: "Settings" }).click();
    await third.page.getByRole("link", { name: "Bring messages back from a backup" }).click();
    await third.page.getByLabel("Your recovery code").fill((recovery ?? "").toLowerCase());
    await third.page.getByRole("button", { name: "Bring them back" }).click();
    await third.page.getByText("Your messages are back").waitFor();
    await third.page.getByRole("link", { name: "Go to your conversations" }).click();
    await openConversation(third.page, "Ada Example");
    await line(third.page, "The kite is blue").waitFor();
    third.assertQuiet();
  });

  test("a second tab asks for the place of the first, and gets it", async () => {
    const tab = await ada.page.context().newPage();
    await tab.goto(`${hub.url}/messenger/`);
    await tab.getByRole("button", { name: "Use them here" }).click();
    await tab.getByRole("heading", { level: 1, name: "Conversations" }).waitFor();
    await ada.page.getByText("Your messages are open in another tab").waitFor();
    await ada.page.getByRole("button", { name: "Use them here" }).click();
    await ada.page.getByRole("navigation").getByText("Robin Example", { exact: true }).waitFor();
    await tab.close();
  });

  test("a handle that is taken is refused in words that say what to do", async () => {
    const { page, assertQuiet } = await openMessengerAt(browser, hub);
    await page.getByRole("link", { name: /^Make an account/ }).click();
    await fillAccount(page, { name: "Another Ada", handle: "ada" });
    await page.getByText("Somebody has this handle already.").waitFor();
    assertQuiet();
  });

  test("the station lets the page load nothing from elsewhere, run nothing inline and be framed by nobody", async () => {
    const response = await fetch(`${hub.url}/messenger/`);
    const policy = response.headers.get("content-security-policy") ?? "";
    assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;/);
    for (const rule of [
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ])
      assert.ok(policy.includes(rule), rule);
    assert.ok(!/unsafe|\*|https?:|data:/.test(policy), policy);
    const html = await response.text();
    assert.ok(!/<script(?![^>]* src=)|<style| style=/.test(html));
    assert.equal(
      (await fetch(`${hub.url}/messenger`, { redirect: "manual" })).headers.get("location"),
      "/messenger/",
    );
  });

  test("no page broke its security policy or logged an error", () => {
    ada.assertQuiet();
    robin.assertQuiet();
  });
});
