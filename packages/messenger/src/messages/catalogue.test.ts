import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { suite, test } from "node:test";
import { CATEGORIES } from "@fairlead/franking";
import { IntlMessageFormat } from "intl-messageformat";
import { isMessageKey, type MessageKey, say, t } from "./catalogue.ts";
import { en } from "./en.ts";

const SOURCE = new URL("../", import.meta.url);
const keys = Object.keys(en) as MessageKey[];

/** The text of every source file that shows words, the catalogue itself and tests left out. */
async function sources(): Promise<string> {
  const names = await readdir(SOURCE, { recursive: true });
  const files = names.filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts$|^messages\/en/.test(name));
  return (await Promise.all(files.map((name) => readFile(new URL(name, SOURCE), "utf8")))).join("\n");
}

suite("the message catalogue", () => {
  test("every message is well-formed ICU text and says something", () => {
    for (const key of keys) {
      assert.notEqual(en[key].trim(), "", key);
      assert.doesNotThrow(() => new IntlMessageFormat(en[key], "en-GB", undefined, { ignoreTag: true }), key);
    }
  });

  test("no key is defined twice", async () => {
    const folder = new URL("messages/en/", SOURCE);
    const seen = new Set<string>();
    for (const name of await readdir(folder))
      for (const [, key = ""] of (await readFile(new URL(name, folder), "utf8")).matchAll(
        /^ {2}"([^"]+)":/gm,
      )) {
        assert.ok(!seen.has(key), `${key} is defined twice, the second time in ${name}`);
        seen.add(key);
      }
    assert.equal(seen.size, keys.length);
  });

  test("every message is used, by its name, by its name without the wording, or through a family of names", async () => {
    const text = await sources();
    const named = new Set([...text.matchAll(/"([a-z][\w-]*(?:\.[\w-]+)+)"/g)].map(([, key]) => key));
    const families = [...text.matchAll(/`((?:[a-z][\w-]*\.)*(?:[a-z][\w-]*-)?)\$\{[^}]+\}((?:\.[\w-]+)*)`/g)]
      .filter(([, head]) => head !== "")
      .map(([, head = "", tail = ""]) => new RegExp(`^${escape(head)}[\\w.-]+${escape(tail)}$`));
    const unused = keys.filter((key) => {
      const base = key.replace(/\.(?:young|adult)$/, "");
      return ![key, base].some((name) => named.has(name) || families.some((family) => family.test(name)));
    });
    assert.deepEqual(unused, []);
  });

  test("what is said to a young person is said to an adult too, and asks for nothing that the other is not given", () => {
    const voiced = keys.filter((key) => /\.(?:young|adult)$/.test(key));
    const bases = new Set(voiced.map((key) => key.replace(/\.(?:young|adult)$/, "")));
    for (const base of bases) {
      const [young, adult] = [`${base}.young`, `${base}.adult`];
      assert.ok(isMessageKey(young) && isMessageKey(adult), base);
      const given = argumentsOf(en[adult]);
      assert.deepEqual(
        [...argumentsOf(en[young])].filter((name) => !given.has(name)),
        [],
        base,
      );
    }
  });

  test("messages for errors and for what became of a report take no arguments", () => {
    for (const key of keys.filter((key) => /^(?:error|step|step-meaning)\./.test(key)))
      assert.deepEqual([...argumentsOf(en[key])], [], key);
  });

  test("every category of a report has words, and each person hears their own wording", () => {
    for (const category of CATEGORIES) assert.notEqual(say("young", `category.${category}`), "");
    assert.equal(say("young", "category.other"), "Something else, or I am not sure");
    assert.equal(say("adult", "category.other"), "Something else");
  });

  test("plurals agree, and words from people are never read as markup or as a message", () => {
    assert.equal(t("conversation.people", { count: 1 }), "1 person");
    assert.equal(t("conversation.people", { count: 5 }), "5 people");
    assert.equal(
      t("conversation.news", { name: "<b>{said}</b> '{'", said: "The kite is blue" }),
      "<b>{said}</b> '{': The kite is blue",
    );
  });

  test("a code from outside is only a key when the catalogue has it", () => {
    assert.equal(isMessageKey("step.received" satisfies MessageKey), true);
    assert.equal(isMessageKey("step.toString"), false);
    assert.equal(isMessageKey("toString"), false);
  });
});

/** Names of the arguments in a message, those inside plurals among them. */
function argumentsOf(message: string): Set<string> {
  const names = new Set<string>();
  const visit = (elements: readonly unknown[]) => {
    for (const element of elements) {
      if (typeof element !== "object" || element === null) continue;
      // 0 is literal text and 7 is the # of a plural; every other element names its argument.
      if ("type" in element && element.type !== 0 && element.type !== 7 && "value" in element)
        names.add(String(element.value));
      if ("options" in element)
        for (const option of Object.values(element.options as Record<string, { value: unknown[] }>))
          visit(option.value);
    }
  };
  visit(new IntlMessageFormat(message, "en-GB", undefined, { ignoreTag: true }).getAst());
  return names;
}

function escape(text: string): string {
  return text.replaceAll(".", "\\.");
}
