import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { chooseWindow, CONTEXT_MESSAGES, type HeldMessage, type ReportChoice } from "./choose.ts";
import { BUNDLE_LIMITS, encodeBundle } from "./bundle.ts";
import type { ReportBundle } from "./types.ts";

const digest = new Uint8Array(32);
const root = new Uint8Array(32).fill(7);

function held(seq: number, contentBytes: number | null = 10): HeldMessage {
  return {
    ext: { version: 1, roomSeq: BigInt(seq), prevHead: digest, recHash: digest, hubKid: 202604 },
    opening:
      contentBytes === null
        ? null
        : {
            content: new Uint8Array(contentBytes),
            senderUri: "mimi://chat.example/u/ada",
            deviceId: new Uint8Array(16),
            epoch: 1n,
            acceptedAt: 1n,
            frank: { serverFrank: digest, suite: 1, signature: new Uint8Array(64) },
            attachments: [root],
          },
  };
}

function room(count: number, contentBytes?: number): HeldMessage[] {
  return Array.from({ length: count }, (_, index) => held(index + 1, contentBytes));
}

function choice(selected: readonly number[], more: Partial<ReportChoice> = {}): ReportChoice {
  return {
    selected: new Set(selected.map(BigInt)),
    withdrawn: new Set(),
    before: CONTEXT_MESSAGES,
    after: CONTEXT_MESSAGES,
    disclose: () => "hash-only",
    ...more,
  };
}

function seqsOf({ items, withheld }: ReturnType<typeof chooseWindow>) {
  return {
    shown: items.map(({ ext }) => Number(ext.roomSeq)),
    selected: items.filter(({ selected }) => selected).map(({ ext }) => Number(ext.roomSeq)),
    withheld: withheld.map(({ roomSeq }) => Number(roomSeq)),
  };
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

test("ten messages before and ten after the selected one come along as context", () => {
  const window = chooseWindow(room(50), choice([25]));
  assert.deepEqual(seqsOf(window), { shown: range(15, 35), selected: [25], withheld: [] });
  assert.deepEqual([window.from, window.to], [15n, 35n]);
  assert.deepEqual(window.items[0]?.attachments, [{ root, mode: "hash-only" }]);
});

test("at its ends a room has less context", () => {
  assert.deepEqual(seqsOf(chooseWindow(room(5), choice([2]))).shown, range(1, 5));
  assert.deepEqual(seqsOf(chooseWindow([held(7)], choice([7]))).shown, [7]);
});

test("what lies between the contexts of two selected messages is withheld, not left out", () => {
  const window = chooseWindow(room(100), choice([20, 80], { before: 2, after: 3 }));
  assert.deepEqual(seqsOf(window), {
    shown: [...range(18, 23), ...range(78, 83)],
    selected: [20, 80],
    withheld: range(24, 77),
  });
});

test("what is withdrawn, or cannot be shown any more, is withheld", () => {
  const messages = room(9).with(3, held(4, null));
  const window = chooseWindow(messages, choice([5], { before: 3, after: 3, withdrawn: new Set([6n]) }));
  assert.deepEqual(seqsOf(window), { shown: [2, 3, 5, 7, 8], selected: [5], withheld: [4, 6] });
});

test("a report needs a selected message that can be shown", () => {
  const code = "bundle.nothing-selected";
  assert.throws(() => chooseWindow(room(5), choice([])), { code });
  assert.throws(() => chooseWindow(room(5), choice([9])), { code });
  assert.throws(() => chooseWindow(room(5), choice([3], { withdrawn: new Set([3n]) })), { code });
  assert.throws(() => chooseWindow([held(1, null)], choice([1])), { code });
});

test("a place that the device does not know ends the context, and parts two selected messages", () => {
  const messages = room(20).filter(({ ext }) => ext.roomSeq !== 8n);
  assert.deepEqual(seqsOf(chooseWindow(messages, choice([10]))).shown, range(9, 20));
  assert.throws(() => chooseWindow(messages, choice([7, 10])), { code: "bundle.gap" });
});

test("context that a report has no room for is withheld, the farthest first; the selected messages stay", () => {
  const window = chooseWindow(room(700), choice([350], { before: 600, after: 600 }));
  const { shown, withheld } = seqsOf(window);
  assert.equal(shown.length, BUNDLE_LIMITS.items);
  assert.deepEqual(shown, range(100, 599));
  assert.equal(withheld.length, 200);
  const heavy = chooseWindow(room(21, 1024 * 1024), choice([1, 11]));
  assert.deepEqual(seqsOf(heavy).selected, [1, 11]);
  assert.ok(encodeBundle(reportOf(heavy)).length <= BUNDLE_LIMITS.bytes);
  assert.throws(() => chooseWindow(room(21, 1024 * 1024), choice(range(1, 9))), { code: "bundle.too-many" });
});

test("whatever is chosen of whatever is held, the report can be written and names every place once", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(null, 0, 100, 2_000_000 / 4), { minLength: 1, maxLength: 40 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 5 }),
      fc.nat(12),
      fc.nat(12),
      (sizes, selected, withdrawn, before, after) => {
        const messages = sizes.map((size, index) => held(index + 1, size)).toReversed();
        const kept = new Set(withdrawn.map(BigInt));
        const canBeShown = selected.some((seq) => sizes[seq - 1] != null && !kept.has(BigInt(seq)));
        fc.pre(canBeShown);
        const window = chooseWindow(messages, choice(selected, { before, after, withdrawn: kept }));
        encodeBundle(reportOf(window));
        const { shown, withheld } = seqsOf(window);
        const named = [...shown, ...withheld].toSorted((one, other) => one - other);
        assert.deepEqual(named, range(Number(window.from), Number(window.to)));
        assert.ok(shown.every((seq) => !kept.has(BigInt(seq))));
      },
    ),
    { numRuns: 60 },
  );
});

function reportOf({ items, withheld, from, to }: ReturnType<typeof chooseWindow>): ReportBundle {
  const headAtReport = { roomUri: "", roomSeq: to, head: digest, at: 1n, signature: new Uint8Array(64) };
  return {
    version: 1,
    reportId: "01990000-0000-7000-8000-000000000001",
    roomUri: "mimi://chat.example/r/AAAAAAAAAAAAAAAAAAAAAA",
    reporter: { uri: "mimi://chat.example/u/bo", deviceId: new Uint8Array(16) },
    accusedUri: "",
    category: "other",
    note: "é".repeat(BUNDLE_LIMITS.noteBytes / 2),
    items,
    withheld,
    window: { from, to, firstSeq: 1n, headAtReport },
    client: { version: "0.1.0", build: "test" },
    createdAt: 1n,
  };
}
