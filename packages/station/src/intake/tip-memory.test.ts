import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReportNumber, ReportRecord } from "@fairlead/cybertipline";
import { openTipMemory } from "./tip-memory.ts";

const numbered = (n: number) => String(1_000_000 + n) as ReportNumber;
const record: ReportRecord = {
  accountId: "kites",
  state: "open",
  batched: false,
  openedAt: 5,
  changedAt: 5,
};

function setUp() {
  const clock = { ms: 0 };
  return { clock, memory: openTipMemory(() => clock.ms) };
}

test("an open report is remembered with its last change, until ten seconds after this process last had to do with it", () => {
  const { clock, memory } = setUp();
  memory.note(numbered(1), record);
  clock.ms = 9000;
  memory.touch(numbered(1), 8);
  memory.touch(numbered(1), 7);
  clock.ms = 18_999;
  assert.deepEqual(memory.of(numbered(1)), { ...record, changedAt: 8 });
  clock.ms = 19_000;
  assert.equal(memory.of(numbered(1)), undefined);
});

test("a report that was forgotten, or never noted, is not brought back by a late change", () => {
  const { memory } = setUp();
  memory.note(numbered(1), record);
  memory.forget(numbered(1));
  memory.touch(numbered(1), 8);
  memory.touch(numbered(2), 8);
  assert.equal(memory.of(numbered(1)), undefined);
  assert.equal(memory.of(numbered(2)), undefined);
});

test("of more reports than it holds, those that were noted longest ago go", () => {
  const { memory } = setUp();
  for (let n = 0; n < 10_001; n += 1) memory.note(numbered(n), record);
  assert.equal(memory.of(numbered(0)), undefined);
  assert.notEqual(memory.of(numbered(1)), undefined);
  assert.notEqual(memory.of(numbered(10_000)), undefined);
});
