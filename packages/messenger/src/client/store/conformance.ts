import type { Change, Store } from "./store.ts";

/** One promise of `Store`, as a check that throws. Runs in Node and in a browser, so it needs no test library. */
export interface StoreCheck {
  readonly name: string;
  /** @param open opens the same empty store as often as it is called */
  run(open: () => Promise<Store>): Promise<void>;
}

export const storeChecks: readonly StoreCheck[] = [
  {
    name: "gives back what was written, whatever can be cloned",
    async run(open) {
      const store = await open();
      const box = {
        bytes: new Uint8Array([1, 2, 255]),
        big: 2n ** 64n - 1n,
        map: new Map([[-1001, "x"]]),
        none: null,
      };
      await store.write([anything("box", box)]);
      same(await store.get("facts", "box"), box);
      same(await store.get("facts", "other"), undefined);
    },
  },
  {
    name: "keeps files as they are",
    async run(open) {
      const store = await open();
      await store.write([{ in: "files", key: "a", put: new Blob([new Uint8Array(70_000).fill(7)]) }]);
      const found = await store.get("files", "a");
      same(found?.size, 70_000);
      same(new Uint8Array((await found?.arrayBuffer()) ?? new ArrayBuffer(0))[69_999], 7);
    },
  },
  {
    name: "lists by key, both ends included, forwards and backwards, up to a limit",
    async run(open) {
      const store = await open();
      await store.write(["d", "a", "c", "b", "e"].map((key) => put(key)));
      const keys = async (range?: Parameters<Store["list"]>[1]) =>
        (await store.list("groups", range)).map(({ key }) => key).join("");
      same(await keys(), "abcde");
      same(await keys({ from: "b", to: "d" }), "bcd");
      same(await keys({ from: "b" }), "bcde");
      same(await keys({ to: "b" }), "ab");
      same(await keys({ from: "b", limit: 2 }), "bc");
      same(await keys({ to: "d", limit: 2, backwards: true }), "dc");
      same(await keys({ from: "x", to: "c" }), "");
      same((await store.list("groups", { limit: 1 }))[0]?.value, new TextEncoder().encode("a"));
    },
  },
  {
    name: "writes all of a batch or nothing",
    async run(open) {
      const store = await open();
      await store.write([put("kept")]);
      const bad = anything("f", () => "a function cannot be cloned");
      let failed = false;
      await store.write([put("new"), { in: "groups", key: "kept" }, bad, put("newer")]).catch(() => {
        failed = true;
      });
      same(failed, true);
      same((await store.list("groups")).map(({ key }) => key).join(), "kept");
    },
  },
  {
    name: "writes a batch in its order, over several collections",
    async run(open) {
      const store = await open();
      await store.write([
        put("a"),
        { in: "groups", key: "a" },
        put("b"),
        { in: "groups", key: "b", put: new Uint8Array([9]) },
        { in: "messageIds", key: "m", put: "line" },
      ]);
      same(await store.get("groups", "a"), undefined);
      same(await store.get("groups", "b"), new Uint8Array([9]));
      same(await store.get("messageIds", "m"), "line");
      await store.write([]);
    },
  },
  {
    name: "keeps what it was given even if that is changed later",
    async run(open) {
      const store = await open();
      const bytes = new Uint8Array([1]);
      const written = store.write([{ in: "groups", key: "a", put: bytes }]);
      bytes[0] = 2;
      await written;
      same(await store.get("groups", "a"), new Uint8Array([1]));
      (await store.get("groups", "a"))?.fill(3);
      same(await store.get("groups", "a"), new Uint8Array([1]));
    },
  },
  {
    name: "holds nothing after it was cleared, and says so when it is closed",
    async run(open) {
      const store = await open();
      await store.write([put("a"), { in: "messageIds", key: "m", put: "line" }]);
      await store.clear();
      same((await store.list("groups")).length + (await store.list("messageIds")).length, 0);
      await store.close();
      let code: unknown;
      await store.get("groups", "a").catch((error: unknown) => {
        code = (error as { code?: unknown }).code;
      });
      same(code, "closed");
    },
  },
];

/** Only for drivers that outlive the program. */
export const lastingChecks: readonly StoreCheck[] = [
  {
    name: "still has it when it is opened again",
    async run(open) {
      const store = await open();
      await store.write([put("a")]);
      await store.close();
      const again = await open();
      same(await again.get("groups", "a"), new TextEncoder().encode("a"));
    },
  },
];

function put(key: string): Change {
  return { in: "groups", key, put: new TextEncoder().encode(key) };
}

/** Past the types: what a collection may hold is not a driver's business. */
function anything(key: string, value: unknown): Change {
  return { in: "facts", key, put: value } as Change;
}

function same(actual: unknown, expected: unknown): void {
  if (shown(actual) !== shown(expected))
    throw new Error(`got ${shown(actual)} instead of ${shown(expected)}`);
}

function shown(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Uint8Array) return `bytes(${value.join()})`;
  if (value instanceof Map) return `map(${[...value].map(shown).join()})`;
  if (Array.isArray(value)) return `[${value.map(shown).join()}]`;
  if (typeof value === "object" && value !== null)
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}:${shown(inner)}`)
      .join()}}`;
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
