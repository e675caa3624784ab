import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { createPreferenceStore, defaultPreferences, parsePreferences } from "./preferences.ts";

suite("preferences", () => {
  test("are kept, and read again", () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
    };
    createPreferenceStore(storage).set({ singleKeys: false, theme: "dark" });
    assert.deepEqual(createPreferenceStore(storage).get(), {
      ...defaultPreferences,
      singleKeys: false,
      theme: "dark",
    });
  });

  test("evidence opens blurred and grey unless the person chose otherwise", () => {
    assert.deepEqual(parsePreferences(null).evidence, { blur: "strong", grey: true, small: true });
    assert.equal(parsePreferences('{"evidence":{"blur":"none"}}').evidence.blur, "none");
    assert.equal(parsePreferences('{"evidence":{"blur":"off"}}').evidence.blur, "strong");
  });

  test("whatever is stored, what comes out is usable", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const { theme, singleKeys, evidence } = parsePreferences(text);
        assert.ok(["system", "light", "dark"].includes(theme));
        assert.equal(typeof singleKeys, "boolean");
        assert.ok(["strong", "light", "none"].includes(evidence.blur));
      }),
    );
  });

  test("a browser that forbids storage only forgets", () => {
    const forbid = () => {
      throw new DOMException("denied", "SecurityError");
    };
    const store = createPreferenceStore({ getItem: forbid, setItem: forbid });
    store.set({ theme: "light" });
    assert.equal(store.get().theme, "light");
  });

  test("whoever listens hears of a change until they stop", () => {
    const store = createPreferenceStore(undefined);
    let heard = 0;
    const stop = store.subscribe(() => (heard += 1));
    store.set({ theme: "dark" });
    stop();
    store.set({ theme: "light" });
    assert.equal(heard, 1);
  });
});
