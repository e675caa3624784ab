import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { TaskView } from "../api/shapes.ts";
import { actsOn, troubleOf } from "./task-words.ts";

const effect = (trouble?: TaskView["effects"][number]["trouble"]): TaskView["effects"][number] => ({
  id: "00000000-0000-4000-8000-000000000001",
  report: "00000000-0000-4000-8000-000000000002",
  number: "1001",
  stage: "sent",
  since: "2026-11-22T10:00:00Z",
  intendedAt: "2026-11-22T10:00:00Z",
  attempts: 3,
  ...(trouble === undefined ? {} : { trouble }),
});

suite("what stands in the way of a task", () => {
  test("is what the one that waits longest has met", () =>
    assert.equal(
      troubleOf({ what: "stands-still", effects: [effect("blocked"), effect("unreachable")] }),
      "blocked",
    ));

  test("is said where nobody has taken it up", () =>
    assert.equal(troubleOf({ what: "stands-still", effects: [effect()] }), "none"));

  test("is what the task says where nothing of it is left", () =>
    assert.equal(troubleOf({ what: "incomplete", effects: [] }), "incomplete"));

  test("is that a second person is needed, or that the station does not end it", () => {
    assert.equal(troubleOf({ what: "erasing-waits", effects: [] }), "erasing");
    assert.equal(troubleOf({ what: "erasing-stands-still", effects: [] }), "erasing-stuck");
  });

  test("is that keeping ends where a task is about that", () =>
    assert.equal(troubleOf({ what: "keeping-ends", effects: [] }), "keeping"));
});

suite("what can be done about a task", () => {
  test("what was refused can be sent anew; nothing else can, because it may have arrived", () => {
    assert.ok(actsOn({ what: "refused", kind: "refer", mine: true, bursts: [] }).includes("correct"));
    for (const what of ["stands-still", "incomplete"] as const)
      assert.ok(!actsOn({ what, kind: "refer", mine: true, bursts: [] }).includes("correct"));
  });

  test("what is over is closed, what is not over is never", () => {
    assert.deepEqual(actsOn({ what: "incomplete", kind: "refer", mine: true, bursts: [] }), [
      "close",
      "hand-on",
    ]);
    assert.ok(
      !actsOn({ what: "stands-still", kind: "return-outcome", mine: true, bursts: [] }).includes("close"),
    );
  });

  test("what a sender leaves empty is closed when it is over, and never sent anew", () => {
    const task = { what: "format-burst", kind: "sender-format", mine: false } as const;
    const burst = (state: "on" | "over") => [{ state }] as TaskView["bursts"];
    assert.deepEqual(actsOn({ ...task, bursts: burst("on") }), ["take-over", "hand-on"]);
    assert.deepEqual(actsOn({ ...task, bursts: burst("over") }), ["close", "take-over", "hand-on"]);
  });

  test("what ends is only owned: it ends by itself when every report in it is decided about", () =>
    assert.deepEqual(actsOn({ what: "keeping-ends", kind: "keep", mine: false, bursts: [] }), [
      "take-over",
      "hand-on",
    ]));

  test("one's own is not taken over", () => {
    assert.ok(!actsOn({ what: "stands-still", kind: "refer", mine: true, bursts: [] }).includes("take-over"));
    assert.ok(actsOn({ what: "stands-still", kind: "refer", mine: false, bursts: [] }).includes("take-over"));
  });
});
