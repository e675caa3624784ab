import assert from "node:assert/strict";
import { test } from "node:test";
import { createSeenMeter } from "./seen-meter.ts";

function meter() {
  let now = 0;
  const made = createSeenMeter(() => now);
  return {
    ...made,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test("what is veiled is not seen, and what sticks out of the window is not whole", () => {
  const at = meter();
  at.pass(500);
  at.set({ isClear: true, isWhole: false });
  at.pass(300);
  at.set({ isClear: true, isWhole: true });
  at.pass(200);
  at.set({ isClear: false, isWhole: true });
  at.pass(900);
  assert.deepEqual(at.take(), { seenMs: 500, wholeMs: 200 });
});

test("what was told is not told again, and what goes on is counted from there", () => {
  const at = meter();
  at.set({ isClear: true, isWhole: true });
  at.pass(250);
  assert.deepEqual(at.take(), { seenMs: 250, wholeMs: 250 });
  assert.deepEqual(at.take(), { seenMs: 0, wholeMs: 0 });
  at.pass(100);
  assert.deepEqual(at.take(), { seenMs: 100, wholeMs: 100 });
});

test("a clock that goes back takes nothing away", () => {
  const at = meter();
  at.set({ isClear: true, isWhole: true });
  at.pass(-1000);
  assert.deepEqual(at.take(), { seenMs: 0, wholeMs: 0 });
});
