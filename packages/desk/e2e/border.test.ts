import assert from "node:assert/strict";
import { before, suite, test } from "node:test";
import { exampleEvent, exampleSuspect } from "@fairlead/assessment/testing";
import type { Place } from "@fairlead/report";
import type { Browser } from "playwright-core";
import { arrived, type Border, startBorder } from "../../station/src/testing/abroad.ts";
import { deskOf, until } from "../../station/src/testing/desk.ts";
import { endOfFile, type TestStation } from "../../station/src/testing/station.ts";
import { assertAccessible, type Look, LOOKS, openBrowser, openDesk, WIDE } from "./desk-page.ts";
import { handsAt } from "./hands.ts";
import { signInLink } from "./stations.ts";
import { shoot } from "./shots.ts";

const hook = endOfFile();
let border: Border;
let browser: Browser;

before(async () => {
  border = await startBorder(hook);
  browser = await openBrowser();
  hook.after(() => browser.close());
});

const suspectAt = (places: Place[], address?: string) => ({
  persons: [
    exampleSuspect({
      places,
      events: address === undefined ? [] : [exampleEvent({ ip: { raw: address, address } })],
    }),
  ],
});
const declared = (country: string): Place => ({
  basis: "declared",
  addressKind: "home",
  country,
  verified: "unknown",
});

async function openReport(at: TestStation, look: Look, id: string) {
  const desk = await openDesk(browser, look);
  await desk.page.goto(await signInLink(at, "Sam Example", "lead"));
  await desk.page.getByRole("grid").waitFor();
  await desk.page.goto(new URL(`/reports/${id}`, at.url).href);
  await desk.page.locator("#whereabouts").waitFor();
  return { ...desk, where: desk.page.locator("#whereabouts"), hands: handsAt(desk.page) };
}

suite("cross-border: the person is abroad", () => {
  test("an address range names the country and no force; the resolved address goes to the agency there, and what came of it returns", async () => {
    const ids = await border.reported(suspectAt([], "192.0.2.7"));
    const { page, where, hands, assertQuiet } = await openReport(border.agency, WIDE, ids.agency);
    await where.getByText("Netherlands", { exact: false }).first().waitFor();
    await where.getByText("abroad", { exact: true }).waitFor();
    await where.getByText("it tells a country at best, and never a force or a door").waitFor();
    await where.getByText("Test example-abroad, for Netherlands").waitFor();
    const text = await page.locator("main").innerText();
    assert.ok(!/Police|Constabulary/.test(text), "no force is named from an address range");
    await assertAccessible(page, "a person abroad by an address range");

    // An operator's answer: the address is there.
    await hands.press("c");
    await hands.choose("An enquiry was answered");
    await hands.tabTo('radio "installation');
    await hands.press("Space");
    await hands.tabTo('textbox "Country"');
    await page.keyboard.press("ControlOrMeta+A");
    await hands.type("NL");
    await assertAccessible(page, "an operator's answer");
    await hands.tabTo('button "Add the claim"');
    await hands.press("Enter");
    await where.getByText("A network operator’s answer leads to one address.").waitFor();

    await hands.press("r");
    await page.getByRole("dialog").waitFor();
    const choices = await page.getByRole("dialog").getByRole("radio").count();
    assert.equal(choices, 1, "the agency abroad, and no force of this country");
    await hands.tabTo('textbox "Why?"');
    await hands.type("The resolved address is in the Netherlands.");
    await hands.tabTo('button "Check before sending"');
    await hands.press("Enter");
    await hands.tabTo('button "Refer to Test example-abroad"');
    await hands.press("Enter");
    const chain = page.locator("#chain");
    await chain.getByText("Received by Test example-abroad").waitFor();
    await chain.getByText("abroad: Netherlands").waitFor();
    await chain.getByText("No outcome has come back yet.").waitFor();

    const there = await openReport(border.abroad, WIDE, await arrived(border.abroad, ids.agency));
    await there.where.getByText("Netherlands").first().waitFor();
    assert.equal(await there.where.getByText("abroad", { exact: true }).count(), 0, "at home for them");
    await there.hands.press("o");
    await there.hands.choose("Arrest");
    await there.hands.tabTo('button "Check before recording"');
    await there.hands.press("Enter");
    await there.hands.tabTo('button "Record this outcome"');
    await there.hands.press("Enter");
    await there.page.locator("#chain").getByText("1 arrest").waitFor();

    const analyst = await deskOf(border.agency, "analyst");
    const returnedTo = async (desk: typeof analyst, id: string) =>
      await until("the outcome's return", async () => {
        const [outcome] = (await desk.report(id)).outcomes;
        return outcome?.text === "1 arrest";
      });
    await returnedTo(analyst, ids.agency);
    await page.reload();
    await chain.getByText("1 arrest").waitFor();
    await chain.getByText("Recorded by Test example-abroad,").waitFor();
    const reviewer = await deskOf(border.platform, "reviewer");
    await returnedTo(reviewer, ids.platform);
    await page.locator("#history").getByText("Referral delivered").waitFor();
    await page.locator("#history").getByText("Outcome received").waitFor();
    await hands.press("q");
    await page.goto(new URL("/?status=referred", page.url()).href);
    const row = page.getByRole("row").filter({ hasText: "abroad: Netherlands" });
    await row.first().waitFor();
    await row.first().getByText("delivered").waitFor();
    await assertAccessible(page, "the referred reports");
    assertQuiet();
    there.assertQuiet();
  });

  test("where no station is connected there, the page says so and who decides", async () => {
    const ids = await border.reported(suspectAt([declared("NZ")]));
    const { page, where, assertQuiet } = await openReport(border.agency, WIDE, ids.agency);
    await where.getByText("No station is connected for New Zealand").waitFor();
    await where.getByText("It is for the leads here to decide").waitFor();
    await assertAccessible(page, "a country without a station");
    assertQuiet();
  });
});

suite("cross-border, by WCAG 2.2 AA as far as a machine can tell", () => {
  for (const look of LOOKS) {
    test(`${look.scheme}, ${look.width} px wide`, async () => {
      const ids = await border.reported(suspectAt([declared("NL"), declared("NZ")]));
      const { page, where, assertQuiet } = await openReport(border.agency, look, ids.agency);
      await where.getByText("the places disagree").waitFor();
      await assertAccessible(page, "two countries");
      await shoot(page, look, "two countries");
      await page.keyboard.press("r");
      await page.getByRole("dialog").waitFor();
      await assertAccessible(page, "refer abroad");
      await shoot(page, look, "refer abroad");
      await page.goto(new URL("/", page.url()).href);
      await page.getByText("abroad: Netherlands and New Zealand").first().waitFor();
      await assertAccessible(page, "queue with countries");
      await shoot(page, look, "queue with countries");
      assertQuiet();
    });
  }
});
