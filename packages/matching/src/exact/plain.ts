import { checkId } from "../near/near-index.ts";
import { checkKey, type ExactIndex, KEY_BYTES } from "./exact-index.ts";

/** An exact index as a map of text: some hundred bytes a key, and what the small one is held against. */
export function plainExactIndex(): ExactIndex {
  const keys = new Map<string, Set<number>>();
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(id, key) {
      checkId(id);
      const text = textOf(key);
      const ids = keys.get(text) ?? new Set();
      if (ids.has(id)) return;
      keys.set(text, ids.add(id));
      size += 1;
    },
    remove(id, key) {
      const text = textOf(key);
      const ids = keys.get(text);
      if (ids?.delete(id) !== true) return false;
      if (ids.size === 0) keys.delete(text);
      size -= 1;
      return true;
    },
    find(key) {
      return Array.from(keys.get(textOf(key)) ?? []).sort((a, b) => a - b);
    },
  };
}

function textOf(key: Uint8Array): string {
  checkKey(key);
  return String.fromCharCode(...key.subarray(0, KEY_BYTES));
}
