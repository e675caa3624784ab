import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { createPreferenceStore, defaultPreferences, parsePreferences } from "./preferences.ts";

suite("preferences", () => {
  test("what is missing, garbled or from another version becomes the default", () => {
    for (const text of [null, "", "[]", "{", '{"theme":"sepia","enterSends":"no"}'])
      assert.deepEqual(parsePreferences(text), defaultPreferences, String(text));
    assert.deepEqual(parsePreferences('{"theme":"dark","enterSends":false}'), {
      theme: "dark",
      enterSends: false,
    });
  });

  test("a choice is kept and told, also where the browser forbids storage", () => {
    const refuse = () => {
      throw new Error("storage is forbidden");
    };
    const store = createPreferenceStore({ getItem: refuse, setItem: refuse });
    let told = 0;
    store.subscribe(() => (told += 1));
    store.set({ theme: "dark" });
    assert.equal(store.get().theme, "dark");
    assert.equal(told, 1);
  });
});
