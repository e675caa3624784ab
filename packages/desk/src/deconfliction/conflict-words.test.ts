import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { ListedConflict } from "../api/shapes.ts";
import { actsOn, holding, laterTimes, listed, nextAct, stepWords } from "./conflict-words.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const base: ListedConflict = {
  report: "00000000-0000-4000-8000-000000000001",
  number: "12",
  peer: "example-force",
  peerName: "Example Force",
  side: "asked",
  references: [],
  state: "open",
  mine: false,
  openedAt: "2026-11-20T12:00:00Z",
  deadline: "2026-11-23T12:00:00Z",
  overdue: false,
  paused: true,
  steps: [],
  mayExtend: true,
};

suite("what is between this agency and another", () => {
  test("every step is one sentence, and a release says how it goes on", () => {
    const step = { at: "2026-11-21T09:00:00Z", by: "Kim Example" };
    assert.equal(stepWords({ ...step, kind: "taken" }), "Kim Example took it");
    assert.equal(
      stepWords({ ...step, kind: "handed-over", to: "Lou Example" }),
      "Kim Example gave it to Lou Example",
    );
    assert.equal(
      stepWords({ ...step, kind: "released", how: "they-continue" }),
      "Kim Example released it: they go on",
    );
    assert.match(
      stepWords({ ...step, kind: "extended", until: "2026-11-25T09:00:00Z" }),
      /^Kim Example put it off until .*25/,
    );
  });

  test("first somebody has it, then they speak, then they release it; nothing can be done to what is released", () => {
    assert.equal(nextAct(base), "taken");
    assert.equal(nextAct({ ...base, mine: true }), "contacted");
    assert.equal(nextAct({ ...base, mine: true, state: "contacted" }), "released");
    assert.deepEqual(actsOn({ ...base, mine: true }), ["contacted", "released", "extended", "handed-over"]);
    assert.deepEqual(actsOn({ ...base, mayExtend: false }), [
      "taken",
      "contacted",
      "released",
      "handed-over",
    ]);
    assert.deepEqual(actsOn({ ...base, state: "released" }), []);
  });

  test("a list is what it says, and what is released holds nothing", () => {
    const mine = { ...base, mine: true };
    const late = { ...base, overdue: true };
    const theirs = { ...base, owner: "Kim Example" };
    assert.deepEqual(listed([late, mine, theirs], "mine", true), [late, mine], "a lead has what nobody took");
    assert.deepEqual(listed([late, mine], "mine", false), [mine]);
    assert.deepEqual(listed([late, mine], "overdue", false), [late]);
    assert.deepEqual(listed([late, mine], "open", false), [late, mine]);
    assert.deepEqual(holding([{ ...base, state: "released" }, mine]), [mine]);
  });

  test("more time is counted from the deadline, and from now once that has passed", () => {
    assert.equal(laterTimes(base.deadline, NOW)[0]?.until, "2026-11-24T12:00:00.000Z");
    assert.equal(laterTimes("2026-11-20T12:00:00Z", NOW)[2]?.until, "2026-11-29T12:00:00.000Z");
  });
});
