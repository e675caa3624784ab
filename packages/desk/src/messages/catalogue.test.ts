import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { suite, test } from "node:test";
import { IntlMessageFormat } from "intl-messageformat";
import { isMessageKey, type MessageKey, t } from "./catalogue.ts";
import { en } from "./en.ts";

const SOURCE = new URL("../", import.meta.url);

/** The text of every source file that shows words, the catalogue itself and tests left out. */
async function sources(): Promise<string> {
  const names = await readdir(SOURCE, { recursive: true });
  const files = names.filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$|^messages\/en/.test(name));
  return (await Promise.all(files.map((name) => readFile(new URL(name, SOURCE), "utf8")))).join("\n");
}

suite("the message catalogue", () => {
  test("every message is well-formed ICU text and says something", () => {
    for (const [key, message] of Object.entries(en)) {
      assert.notEqual(message.trim(), "", key);
      assert.doesNotThrow(() => new IntlMessageFormat(message, "en-GB", undefined, { ignoreTag: true }), key);
    }
  });

  test("no key is defined twice", async () => {
    const folder = new URL("messages/en/", SOURCE);
    const seen = new Set<string>();
    for (const name of await readdir(folder)) {
      for (const [, key = ""] of (await readFile(new URL(name, folder), "utf8")).matchAll(
        /^ {2}"([^"]+)":/gm,
      )) {
        assert.ok(!seen.has(key), `${key} is defined twice, the second time in ${name}`);
        seen.add(key);
      }
    }
    assert.equal(seen.size, Object.keys(en).length);
  });

  test("every message is used, by its name or through a family of names", async () => {
    const text = await sources();
    const named = new Set([...text.matchAll(/"([a-z][\w-]*(?:\.[\w-]+)+)"/g)].map(([, key]) => key));
    const families = [...text.matchAll(/`((?:[a-z][\w-]*\.)*)\$\{[^}]+\}((?:\.[\w-]+)*)`/g)].map(
      ([, head = "", tail = ""]) => new RegExp(`^${escape(head)}[\\w-]+${escape(tail)}$`),
    );
    const unused = Object.keys(en).filter(
      (key) => !named.has(key) && !families.some((family) => family.test(key)),
    );
    assert.deepEqual(unused, []);
  });

  test("arguments are filled in and plurals agree", () => {
    assert.equal(t("queue.same-person", { count: 1 }), "in 1 other report");
    assert.equal(t("queue.same-person", { count: 5 }), "in 5 other reports");
    assert.equal(t("queue.number", { number: "1042" }), "Report 1042");
  });

  test("words from a report are never read as markup or as a message", () => {
    assert.equal(t("claim.escalation", { text: "<b>{count}</b> '{'" }), "Asks for haste: <b>{count}</b> '{'");
  });

  test("a code from outside is only a key when the catalogue has it", () => {
    assert.equal(isMessageKey("outcome.kind.arrest" satisfies MessageKey), true);
    assert.equal(isMessageKey("outcome.kind.toString"), false);
    assert.equal(isMessageKey("toString"), false);
  });
});

function escape(text: string): string {
  return text.replaceAll(".", "\\.");
}
