import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import {
  after,
  ALARMS_AFTER_MS,
  alarmDue,
  type Effect,
  type Happening,
  intended,
  isSettled,
} from "./index.ts";
import {
  needsPerson,
  nextAlarmAt,
  type OpenTask,
  ownerFor,
  reachOf,
  retryDelayMs,
  standsStill,
  tasksDue,
} from "./index.ts";

const HOUR = 3_600_000;
const happenings: fc.Arbitrary<Happening> = fc.oneof(
  fc.constantFrom<Happening>(
    { kind: "step", stage: "sent" },
    { kind: "step", stage: "finishing" },
    { kind: "confirmed" },
    { kind: "refused" },
    { kind: "again" },
    { kind: "elsewhere" },
    { kind: "lapsed" },
  ),
  fc.integer({ min: 0, max: 5 }).map((files): Happening => ({ kind: "step", stage: "named", files })),
  fc
    .record({
      trouble: fc.constantFrom(
        "unreachable" as const,
        "answer-invalid" as const,
        "blocked" as const,
        "fault" as const,
      ),
      leads: fc.boolean(),
      retryAfterMs: fc.option(fc.integer({ min: 0, max: HOUR }), { nil: undefined }),
    })
    .map((failed): Happening => ({ kind: "failed", ...failed })),
);
const lives = fc.array(fc.tuple(happenings, fc.integer({ min: 0, max: 2 * HOUR })), { maxLength: 40 });

/** Every state of a life, with the time of each. */
function lived(
  life: ReadonlyArray<[Happening, number]>,
): Array<{ effect: Effect; at: number; by?: Happening }> {
  let at = 1_000_000;
  let effect = intended(at);
  const states: Array<{ effect: Effect; at: number; by?: Happening }> = [{ effect, at }];
  for (const [by, passes] of life) {
    at += passes;
    effect = after(effect, by, at);
    states.push({ effect, at, by });
  }
  return states;
}

suite("the state machine of an effect", () => {
  test("whatever happens, it is settled, or tried again by itself, or a person's at once: never silent", () => {
    fc.assert(
      fc.property(lives, (life) => {
        for (const { effect } of lived(life))
          assert.ok(
            isSettled(effect) || effect.nextAt !== null || needsPerson(effect),
            JSON.stringify(effect),
          );
      }),
      { numRuns: 2000 },
    );
  });

  test("what stands still has an alarm due or one to come, until the widest circle knows", () => {
    fc.assert(
      fc.property(lives, fc.integer({ min: 0, max: 30 * HOUR }), (life, later) => {
        for (const { effect, at } of lived(life)) {
          if (isSettled(effect)) continue;
          const cause = { movedAt: effect.movedAt, forPerson: needsPerson(effect) };
          const now = at + later;
          assert.ok(alarmDue(cause, now) === 3 || nextAlarmAt(cause, now) !== undefined);
          assert.equal(standsStill(effect, effect.movedAt + ALARMS_AFTER_MS[0]), true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test("nothing undoes a proof, and a proof outweighs a person's word that it was done elsewhere", () => {
    fc.assert(
      fc.property(lives, (life) => {
        const states = lived(life);
        const first = states.findIndex(({ effect }) => effect.stage === "confirmed");
        for (const { effect } of first < 0 ? [] : states.slice(first))
          assert.equal(effect.stage, "confirmed");
      }),
      { numRuns: 2000 },
    );
    const elsewhere = after(intended(0), { kind: "elsewhere" }, 1);
    assert.equal(after(elsewhere, { kind: "confirmed" }, 2).stage, "confirmed");
    assert.equal(after(elsewhere, { kind: "failed", trouble: "unreachable" }, 2), elsewhere);
  });

  test("an attempt that starts afresh and gets as far as the last one has not moved: going round in a ring sounds the alarm", () => {
    let effect = intended(0);
    for (let round = 1; round <= 10; round += 1) {
      const at = round * 5 * 60_000;
      for (const step of ["sent", "named"] as const)
        effect = after(effect, { kind: "step", stage: step }, at);
      effect = after(effect, { kind: "failed", trouble: "unreachable" }, at);
    }
    assert.equal(effect.stage, "named");
    assert.equal(effect.movedAt, 5 * 60_000);
    assert.equal(standsStill(effect, 20 * 60_000), true);
  });

  test("each further file is progress, and a stage outweighs any number of them", () => {
    assert.ok(reachOf("named", 2) > reachOf("named", 1));
    assert.ok(reachOf("finishing") > reachOf("named", 999_999_999));
    const effect = after(
      after(intended(0), { kind: "step", stage: "named", files: 1 }, 5),
      { kind: "step", stage: "named", files: 2 },
      9,
    );
    assert.equal(effect.movedAt, 9);
  });

  test("what is refused is not tried again until a person says so, and then starts anew", () => {
    const refused = after(intended(0), { kind: "refused" }, 1);
    assert.deepEqual([refused.nextAt, needsPerson(refused)], [null, true]);
    for (const kind of ["sent", "named", "finishing"] as const)
      assert.equal(after(refused, { kind: "step", stage: kind }, 2), refused);
    const again = after(refused, { kind: "again" }, 7);
    assert.deepEqual([again.stage, again.nextAt, again.movedAt, again.trouble], ["intended", 7, 7, null]);
  });
});

suite("retries", () => {
  test("the one that leads finds out within 20 s that a fault is over; the others wait up to 5 min to be woken", () => {
    assert.deepEqual(
      [1, 2, 3, 9, 1000].map((n) => retryDelayMs(n)),
      [500, 1000, 2000, 20_000, 20_000],
    );
    assert.equal(retryDelayMs(1000, false), 300_000);
  });

  test("as the other side asked, if that is later", () => {
    const effect = after(intended(0), { kind: "failed", trouble: "unreachable", retryAfterMs: 90_000 }, 10);
    assert.equal(effect.nextAt, 90_010);
  });
});

suite("tasks", () => {
  const cause = (part: object = {}) => ({ key: "refer:agency-one", since: 0, forPerson: false, ...part });
  const task = (part: object = {}) => ({
    id: "t",
    cause: "refer:agency-one",
    alarm: 1 as const,
    owner: "p",
    stays: false,
    ...part,
  });

  test("one opens after 15 min, sounds again at 4 h and 24 h, and each once", () => {
    assert.deepEqual(tasksDue([cause()], [], 15 * 60_000 - 1), []);
    assert.deepEqual(tasksDue([cause()], [], 15 * 60_000), [{ kind: "open", cause: cause(), alarm: 1 }]);
    assert.deepEqual(tasksDue([cause()], [task()], 4 * HOUR - 1), []);
    for (const [alarm, now] of [
      [2, 4 * HOUR],
      [3, 24 * HOUR],
    ] as const) {
      assert.deepEqual(tasksDue([cause()], [task()], now), [
        { kind: "sound", task: task(), cause: cause(), alarm },
      ]);
      assert.deepEqual(tasksDue([cause()], [task({ alarm })], now), []);
    }
  });

  test("what only a person can mend opens one at once", () => {
    assert.deepEqual(tasksDue([cause({ forPerson: true })], [], 0), [
      { kind: "open", cause: cause({ forPerson: true }), alarm: 1 },
    ]);
  });

  test("one about nothing ends; one that stays waits for a person", () => {
    assert.deepEqual(tasksDue([], [task()], 0), [{ kind: "end", task: task() }]);
    assert.deepEqual(tasksDue([], [task({ stays: true })], 0), []);
  });

  test("acting on what is due leaves nothing due, for any causes and tasks", () => {
    const keys = fc.constantFrom("a", "b", "c", "d");
    const causes = fc.uniqueArray(
      fc.record({ key: keys, since: fc.nat(30 * HOUR), forPerson: fc.boolean() }),
      {
        selector: ({ key }) => key,
      },
    );
    const tasks = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        cause: keys,
        alarm: fc.constantFrom(1 as const, 2 as const, 3 as const),
        owner: fc.constant("p"),
        stays: fc.boolean(),
      }),
      { selector: ({ cause: key }) => key },
    );
    fc.assert(
      fc.property(causes, tasks, fc.nat(60 * HOUR), (those, open, now) => {
        let left: OpenTask[] = open;
        for (const act of tasksDue(those, open, now)) {
          if (act.kind === "open") left = [...left, { ...task(), cause: act.cause.key, alarm: act.alarm }];
          else
            left = left.flatMap((each) =>
              each.id !== act.task.id ? each : act.kind === "end" ? [] : { ...each, alarm: act.alarm },
            );
        }
        assert.deepEqual(tasksDue(those, left, now), []);
        for (const { key, since, forPerson } of those)
          if (alarmDue({ movedAt: since, forPerson }, now) > 0)
            assert.ok(left.some(({ cause: c }) => c === key));
      }),
    );
  });

  test("its owner is whoever decided it, else the least burdened of those who lead, else anybody who is there", () => {
    const people = [
      { id: "a", leads: false, openTasks: 0 },
      { id: "b", leads: true, openTasks: 4 },
      { id: "c", leads: true, openTasks: 2 },
    ];
    assert.equal(ownerFor(people, "a"), "a");
    assert.equal(ownerFor(people, "gone"), "c");
    assert.equal(ownerFor(people.slice(0, 1), null), "a");
    assert.equal(ownerFor([], "gone"), null);
  });
});
