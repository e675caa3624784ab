import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { decodeBundle, decodeSignedBundle, openAsVerifier, type ReportBundle } from "@fairlead/franking";
import type { Browser } from "playwright-core";
import { assertAccessible, openBrowser } from "../../desk/e2e/desk-page.ts";
import { bytesOf, type TestHub } from "../../station/src/testing/chat.ts";
import { line, newPerson, openConversation, say, type Somebody, startChats, startTalking } from "./people.ts";
import { kite } from "./picture.ts";

const cleanUps: (() => Promise<void>)[] = [];
const hook = { after: (cleanUp: () => Promise<void>) => void cleanUps.push(cleanUp) };
let hub: TestHub;
let browser: Browser;
/** Thirteen, and at the keyboard. */
let kim: Somebody;
let ada: Somebody;

before(async () => {
  hub = await startChats(hook);
  browser = await openBrowser();
  const born = String(new Date().getFullYear() - 13);
  kim = await newPerson(browser, hub, { name: "Kim Example", handle: "kim", year: born });
  ada = await newPerson(browser, hub, { name: "Ada Example", handle: "ada" });
});
after(async () => {
  await browser.close();
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
});

suite("a young person reports, with the keyboard alone", () => {
  test("whoever does not know a young person has to be let in first", async () => {
    await startTalking(ada.page, ["kim"]);
    await ada.page.getByText("Waiting for Kim Example to say yes").waitFor();
    await ada.page.getByRole("textbox", { name: /^Message to/ }).fill("Do you like kites?");
    await ada.page.keyboard.press("Enter");
    await line(ada.page, "Do you like kites?").getByText("Sending", { exact: true }).waitFor();
    await kim.page.getByText("Ada Example would like to talk with you").waitFor();
    await assertAccessible(kim.page, "somebody asks");
    await kim.hands.tabTo('button "Yes, let Ada Example write to me"');
    await kim.hands.press("Enter");
    await line(ada.page, "Do you like kites?").getByText("Sent", { exact: true }).waitFor();
    await kim.page.locator(".room-line", { hasText: "Ada Example" }).waitFor();
  });

  test("pictures from somebody not known stay blurred until they are asked for, and nothing leaves the device", async () => {
    await openConversation(kim.page, "Ada Example");
    const yes = kim.page.getByRole("button", { name: "Yes, talk with them" });
    if (await yes.isVisible()) await yes.click();
    await kim.page.getByRole("textbox", { name: /^Message to/ }).waitFor();
    const [chooser] = await Promise.all([
      ada.page.waitForEvent("filechooser"),
      ada.page.getByRole("button", { name: "Send a picture or a file" }).click(),
    ]);
    await chooser.setFiles({
      name: "kite.jpg",
      mimeType: "image/jpeg",
      buffer: await kite(ada.page, "drawn"),
    });
    await ada.page.getByLabel(/^Words to go with it/).fill("The kite is blue");
    await ada.page.getByRole("button", { name: "Send", exact: true }).last().click();
    await say(ada.page, "Keep it to yourself");
    await say(ada.page, "The wind turns north");
    await line(kim.page, "The kite is blue").getByText("Picture, blurred for you").waitFor();
    await assertAccessible(kim.page, "a blurred picture");
  });

  test("the sheet opens from the picture, and can be left at once", async () => {
    await kim.hands.tabTo('article "Ada Example: The wind turns north');
    await kim.hands.press("ArrowUp", "ArrowUp");
    assert.match(await kim.hands.focused(), /The kite is blue/);
    await kim.hands.tabTo('button "Something wrong?"');
    await kim.hands.press("Enter");
    await kim.page.getByRole("dialog", { name: "You do not have to look at it" }).waitFor();
    await assertAccessible(kim.page, "a picture that one would rather not have");
    await kim.hands.tabTo('button "Report"');
    await kim.hands.press("Enter");
    await kim.page.getByRole("heading", { name: "What happened?" }).waitFor();
    await kim.hands.press("Escape");
    await kim.page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal(await sentReports(hub), 0);
  });

  test("every step is walked, one message is kept back, the picture is only proven, and a number comes back", async () => {
    const { page, hands } = kim;
    await hands.tabTo('article "Ada Example: The kite is blue, blurred for you');
    await hands.press("Enter");
    await page.getByRole("menu").waitFor();
    await hands.press("End");
    assert.match(await hands.focused(), /menuitem "Report"/);
    await hands.press("Enter");
    await page.getByRole("heading", { name: "What happened?" }).waitFor();
    await hands.tabTo('button "Go on"');
    await hands.press("Enter");
    await page.getByText("Choose what fits best to go on.").waitFor();
    await assertAccessible(page, "a step with something missing");
    await hands.press("Shift+Tab", "Shift+Tab");
    await hands.choose("A picture or video that is not all right");
    await hands.tabTo('button "Go on"');
    await hands.press("Enter");

    await page.getByRole("heading", { name: "Which messages?" }).waitFor();
    await assertAccessible(page, "choosing messages");
    await hands.tabTo("article");
    await hands.press("End");
    assert.match(await hands.focused(), /The wind turns north/);
    await hands.tabTo('button "Keep this one back"');
    await hands.press("Space");
    await page.getByText("You keep this one back.").waitFor();
    await page.getByText("one is kept back").waitFor();
    await hands.tabTo('button "Go on"');
    await hands.press("Enter");

    await page.getByRole("heading", { name: "The pictures" }).waitFor();
    await assertAccessible(page, "what becomes of the picture");
    assert.ok(await page.getByRole("radio", { name: /^Prove that it was sent/ }).isChecked());
    await hands.tabTo('button "Go on"');
    await hands.press("Enter");

    await page.getByRole("heading", { name: "Do you want to say anything?" }).waitFor();
    await hands.tabTo('textbox "In your words');
    await hands.type("I only know Ada from here. \u{1FA81}");
    await assertAccessible(page, "one's own words");
    await hands.tabTo('button "Go on"');
    await hands.press("Enter");

    await page.getByRole("heading", { name: "Look it over" }).waitFor();
    await page.getByText("One message is left out here.").waitFor();
    await page.getByText("Only the proof that it was sent", { exact: true }).waitFor();
    await page.getByText("What happens next").waitFor();
    await assertAccessible(page, "looking it over");
    assert.equal(await sentReports(hub), 0);
    await hands.tabTo('button "Send the report"');
    await hands.press("Enter");
    await page.getByRole("heading", { name: "Thank you. You did the right thing." }).waitFor();
    await page.getByText("Your report has gone out.").waitFor();
    await page.getByText("Example listening line", { exact: true }).waitFor();
    await assertAccessible(page, "after sending");
    await hands.tabTo('button "See what becomes of it"');
    await hands.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Your report" }).waitFor();
    await page.getByText("Received", { exact: true }).waitFor();
  });

  test("what arrived is what was looked over: the words, the proof of the picture, and one message left out", async () => {
    const bundle = await openReport(hub);
    assert.equal(bundle.category, "harmful-picture");
    assert.equal(bundle.note, "I only know Ada from here. \u{1FA81}");
    assert.match(bundle.accusedUri, /\/u\/ada$/);
    assert.equal(bundle.items.filter(({ selected }) => selected).length, 1);
    assert.equal(bundle.withheld.length, 1);
    const modes = bundle.items.flatMap(({ attachments }) => attachments.map(({ mode }) => mode));
    assert.ok(modes.length > 0 && modes.every((mode) => mode === "hash-only"));
    const shown = bundle.items.map(({ content }) => new TextDecoder().decode(content)).join(" ");
    assert.ok(shown.includes("Keep it to yourself") && !shown.includes("The wind turns north"));
  });

  test("the receipt tells what becomes of the report as it happens", async () => {
    const [report] = await officeReports(hub);
    await office(hub, `/chat-office/reports/${report?.id}/result`, { state: "verified" });
    await kim.page.getByText("Checked: the messages are genuine").waitFor();
    await assertAccessible(kim.page, "a receipt");
  });

  test("blocking is offered with the report beside it, and nothing of theirs arrives afterwards", async () => {
    const { page, hands } = kim;
    await openConversation(page, "Ada Example");
    await hands.tabTo('link "About this conversation"');
    await hands.press("Enter");
    await page.getByRole("heading", { name: "Something not right?" }).waitFor();
    await hands.tabTo('button "Block Ada Example"');
    await hands.press("Enter");
    await page.getByRole("button", { name: "Block and report" }).waitFor();
    await assertAccessible(page, "blocking");
    await hands.tabTo('button "Block"');
    await hands.press("Enter");
    await page.getByText("You have blocked this person.").waitFor();
    await ada.page.getByRole("textbox", { name: /^Message to/ }).fill("Are you there?");
    await ada.page.keyboard.press("Enter");
    await line(ada.page, "Are you there?").getByText("Not sent").waitFor();
    assert.equal(await page.getByText("Are you there?").count(), 0);
  });

  test("no page broke its security policy or logged an error", () => {
    kim.assertQuiet();
    ada.assertQuiet();
  });
});

interface OfficeReport {
  id: string;
  sealed: string;
}

async function office(hub: TestHub, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`${hub.url}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { authorization: hub.verifier.authorization, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`the office refused: ${await response.text()}`);
  const text = await response.text();
  return text === "" ? undefined : JSON.parse(text);
}

async function officeReports(hub: TestHub): Promise<readonly OfficeReport[]> {
  return ((await office(hub, "/chat-office/reports?wait=0")) as { reports: OfficeReport[] }).reports;
}

async function sentReports(hub: TestHub): Promise<number> {
  return (await officeReports(hub)).length;
}

/** The one report that came, as the verifier opens it. */
async function openReport(hub: TestHub): Promise<ReportBundle> {
  const [report] = await officeReports(hub);
  assert.ok(report !== undefined);
  const signed = await openAsVerifier(
    hub.verifier.privateKey,
    bytesOf(report.sealed),
    new TextEncoder().encode(report.id),
  );
  return decodeBundle(decodeSignedBundle(signed).bundle);
}
