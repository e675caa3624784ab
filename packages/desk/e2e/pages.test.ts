import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, suite, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { endOfFile } from "../../station/src/testing/station.ts";
import { assertAccessible, LOOKS, openBrowser, openDesk } from "./desk-page.ts";
import { handsAt } from "./hands.ts";
import { type Chain, signInLink, startChain } from "./stations.ts";
import { shoot } from "./shots.ts";

const hook = endOfFile();
let chain: Chain;
let browser: Browser;

before(async () => {
  chain = await startChain(hook, 6);
  browser = await openBrowser();
  hook.after(() => browser.close());
});

suite("every page and dialog, by WCAG 2.2 AA as far as a machine can tell", () => {
  for (const look of LOOKS) {
    test(`${look.scheme}, ${look.width} px wide`, async () => {
      const { page, assertQuiet } = await openDesk(browser, look);
      const check = async (what: string) => {
        await assertAccessible(page, what);
        await shoot(page, look, what);
      };
      await page.goto(await signInLink(chain.platform, "Sam Example", "lead"));
      await page.getByRole("grid").waitFor();
      await check("queue");
      await visitDialogs(page, check);
      await visitReport(page, chain, check);
      await visitConversation(page, chain, check);
      for (const name of ["peers", "senders", "audit"]) {
        await page.goto(new URL(`/${name}`, page.url()).href);
        await page.locator("main").locator("table, pre").first().waitFor();
        await check(name);
        if (name === "senders") await visitSender(page, check);
      }
      await page.goto(new URL("/?status=closed", page.url()).href);
      await page.getByText("No report has been closed yet.").waitFor();
      await check("empty list");
      await page.goto(new URL("/reports/00000000-0000-4000-8000-000000000000", page.url()).href);
      await page.getByText("This station has no such report.").waitFor();
      await check("missing report");
      assertQuiet();
    });
  }
});

suite("the desk and its station", () => {
  test("a page that is opened by its address, or loaded again, is served", async () => {
    const router = await readFile(new URL("../src/app/router.tsx", import.meta.url), "utf8");
    const paths = [...router.matchAll(/path: "([^"]+)"/g)].map(([, path = ""]) =>
      path.replaceAll(/\$\w+/g, "1"),
    );
    assert.ok(paths.length > 20);
    const asked = await Promise.all(paths.map((path) => fetch(`${chain.platform.url}${path}`)));
    const missing = paths.filter((_, at) => !asked[at]?.headers.get("content-type")?.startsWith("text/html"));
    assert.deepEqual(missing, []);
  });

  test("the desk was built against the document that this station serves", async () => {
    const served: unknown = await (await fetch(`${chain.platform.url}/openapi.json`)).json();
    const known: unknown = JSON.parse(await readFile(new URL("../openapi.json", import.meta.url), "utf8"));
    assert.deepEqual(
      known,
      served,
      "run `node scripts/openapi.ts URL` and `node scripts/api-types.ts` in packages/desk",
    );
  });

  test("one-key shortcuts can be switched off, and stay off", async () => {
    const { page } = await openDesk(browser, { scheme: "light", width: 1280 });
    const hands = handsAt(page);
    await page.goto(await signInLink(chain.platform, "Lou Example", "lead"));
    await page.getByRole("grid").waitFor();
    await hands.press("?");
    await hands.tabTo('checkbox "Shortcuts of one key');
    await hands.press("Space", "Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.reload();
    await page.getByRole("grid").waitFor();
    await hands.press("?", "j");
    assert.equal(await page.getByRole("dialog").count(), 0);
    await hands.tabTo('row "Report');
    const first = await hands.focused();
    await hands.press("ArrowDown");
    assert.notEqual(await hands.focused(), first);
  });
});

type Check = (what: string) => Promise<void>;

async function visitDialogs(page: Page, check: Check): Promise<void> {
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keys" }).waitFor();
  await check("keys");
  await close(page);
  await page.getByRole("button", { name: "Display and keys" }).click();
  await page.getByRole("dialog", { name: "Display and keys" }).waitFor();
  await check("preferences");
  await close(page);
}

async function visitReport(page: Page, { cases }: Chain, check: Check): Promise<void> {
  const number = cases.find(({ simulated }) =>
    simulated.files.some(({ mediaType }) => mediaType === "image/png"),
  )?.number;
  await page.getByRole("link", { name: `Report ${number ?? ""}`, exact: true }).click();
  await page.locator("#summary").waitFor();
  await check("report");
  await page.locator("summary", { hasText: "Why these values" }).click();
  await check("report with its reasons");
  for (const [key, what] of [
    ["c", "claim"],
    ["u", "urgency"],
    ["r", "refer"],
    ["o", "outcome"],
  ] as const) {
    await page.keyboard.press(key);
    await page.getByRole("dialog").waitFor();
    if (key === "c") await page.getByText("A yes or a no").click();
    if (key === "o") await page.getByText("No further action").click();
    await check(what);
    await close(page);
  }
  await page
    .getByRole("button", { name: /^Proof/ })
    .first()
    .click();
  await page.getByText("The leaf leads to the signed head of the log").waitFor();
  await check("proof");
  await close(page);
  await page.getByRole("button", { name: "Open for a purpose" }).first().click();
  await page.getByText("To check quality", { exact: true }).click();
  await check("interruption");
  await page.getByRole("button", { name: "Record this and open" }).click();
  await page.getByRole("img", { name: /^Opened evidence/ }).waitFor();
  await check("opened");
  await close(page);
}

/** A report from an encrypted conversation: what is proven before it is opened, and the conversation once it is. */
async function visitConversation(page: Page, { franked }: Chain, check: Check): Promise<void> {
  await page.goto(new URL("/", page.url()).href);
  await page.getByRole("link", { name: `Report ${franked}`, exact: true }).click();
  const origin = page.locator("#origin");
  await origin.getByText("What is proven", { exact: true }).waitFor();
  for (const words of [
    "mimi://hub.example/u/al sent messages 1 to 2, 4 to 5.",
    "One message between message 1 and message 6: 3.",
    "Message 6: The signature is not that of the sending device.",
  ])
    await origin.getByText(words).waitFor();
  await origin.locator("summary", { hasText: "Every step of the check" }).click();
  await origin.locator("summary", { hasText: "Check it again" }).click();
  await origin.getByText("fairlead franking verify").waitFor();
  await check("proof of origin");
  const bundle = page.locator("#evidence li", { hasText: "Message bundle" }).first();
  await bundle.getByRole("button", { name: "Open for a purpose" }).click();
  await page.getByText("To assess the report", { exact: true }).click();
  await page.getByRole("button", { name: "Record this and open" }).click();
  const messages = page.getByRole("list", { name: "Messages" }).locator("> li");
  await messages.first().waitFor();
  assert.equal(await messages.count(), 6);
  const texts = await messages.allInnerTexts();
  assert.match(
    texts[0] ?? "",
    /Message 1[^]*mimi:\/\/hub\.example\/u\/al[^]*25 Apr 2026, 19:30:00 UTC[^]*proven[^]*Is the kite red\?/,
  );
  assert.match(texts[2] ?? "", /One message was kept back here \(3\)/);
  assert.match(texts[3] ?? "", /picked[^]*changed or taken back later by 5[^]*tomorow/);
  assert.match(texts[4] ?? "", /changes message 4; set to disappear/);
  assert.match(texts[5] ?? "", /not proven[^]*reacts to message 5[^]*👍[^]*does not hold/);
  await check("conversation");
  await close(page);
}

async function visitSender(page: Page, check: Check): Promise<void> {
  await page.locator("main tbody").getByRole("link").first().click();
  await page.getByText("What differs from its own earlier months").waitFor();
  await check("sender");
}

async function close(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}
