import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";

/** A person at the keyboard: keys only, and only what has the focus can be acted on. There is no mouse here. */
export interface Hands {
  press: (...keys: string[]) => Promise<void>;
  type: (text: string) => Promise<void>;
  /** Presses Tab until what has the focus is announced as `wanted`, such as `button "Refer"`. */
  tabTo: (wanted: string) => Promise<void>;
  /** Tabs into a group of choices and chooses one by the arrow keys. */
  choose: (wanted: string) => Promise<void>;
  /** What has the focus, as assistive technology announces it. */
  focused: () => Promise<string>;
}

/** More stops than any page of the desk has between two things. */
const MANY = 80;

export function handsAt(page: Page): Hands {
  const focus: Locator = page.locator(":focus");
  // A name with a colon in it is quoted as YAML asks.
  const focused = async () =>
    (await focus.count()) === 0 ? "" : (await focus.ariaSnapshot()).replace(/^- '/, "- ");
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const until = async (key: string, isThere: (announced: string) => boolean, wanted: string) => {
    const passed: string[] = [];
    for (let step = 0; step < MANY; step += 1) {
      const announced = await focused();
      if (isThere(announced)) return;
      passed.push(announced.split("\n", 1)[0] ?? "");
      await press(key);
    }
    assert.fail(`${key} never came to ${wanted}; it passed ${passed.join(" | ")}`);
  };
  return {
    press,
    focused,
    type: async (text) => await page.keyboard.type(text),
    tabTo: async (wanted) => await until("Tab", (announced) => announced.startsWith(`- ${wanted}`), wanted),
    choose: async (wanted) => {
      await until("Tab", (announced) => announced.startsWith("- radio"), "a group of choices");
      await until("ArrowDown", (announced) => announced.startsWith(`- radio "${wanted}`), wanted);
      if (!(await focused()).includes("[checked]")) await press("Space");
    },
  };
}
