import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import { after, type Effect, type Happening, intended, isSettled, needsPerson } from "./index.ts";
import { type OpenTask, ownerFor, standsStill, tasksDue } from "./index.ts";

/** What befalls a call, or the process that makes it. */
const BEFALLS = [
  "ok",
  "failed",
  "failed-but-done",
  "timeout",
  "crash",
  "crash-after",
  "restart",
  "refused",
] as const;
type Befalls = (typeof BEFALLS)[number];
type Wire = "known-by-our-key" | "asked-by-its-name";

class Crashed extends Error {}
class Refused extends Error {}
class Failed extends Error {}

const ANSWER_MS = 60_000;
const PEOPLE = [{ id: "lead", leads: true, openTasks: 0 }];

/** One effect, its station's memory, the other side, and a clock. */
function world(wire: Wire, script: readonly Befalls[]) {
  const fate = [...script];
  const finished: string[] = [];
  const open = new Set<string>();
  let names = 0;
  let at = 0;
  /** What is stored: it outlives every crash. */
  let effect: Effect = intended(0);
  let name: string | null = null;
  let tasks: OpenTask[] = [];

  const happen = (happening: Happening) => {
    effect = after(effect, happening, at);
  };
  const call = <T>(does: () => T): T => {
    const befalls = fate.shift() ?? "ok";
    if (befalls === "refused") throw new Refused();
    if (befalls === "crash" || befalls === "restart") throw new Crashed();
    if (befalls === "failed") throw new Failed();
    const done = does();
    if (befalls === "timeout") at += ANSWER_MS;
    if (befalls === "failed-but-done" || befalls === "timeout") throw new Failed();
    if (befalls === "crash-after") throw new Crashed();
    return done;
  };

  const keyed = () => {
    happen({ kind: "step", stage: "sent" });
    call(() => finished.includes("ours") || finished.push("ours"));
    happen({ kind: "confirmed" });
  };
  const named = () => {
    if (name !== null) {
      const before = name;
      const was = call(() =>
        open.delete(before) ? "open" : finished.includes(before) ? "finished" : "gone",
      );
      if (was === "finished") return happen({ kind: "confirmed" });
      name = null;
    }
    happen({ kind: "step", stage: "sent" });
    const given = call(() => {
      names += 1;
      open.add(`report-${names}`);
      return `report-${names}`;
    });
    name = given;
    happen({ kind: "step", stage: "named" });
    call(() => undefined);
    happen({ kind: "step", stage: "named", files: 1 });
    happen({ kind: "step", stage: "finishing" });
    call(() => {
      open.delete(given);
      finished.push(given);
    });
    return happen({ kind: "confirmed" });
  };
  const attempt = () => {
    try {
      if (wire === "known-by-our-key") keyed();
      else named();
    } catch (error) {
      if (error instanceof Refused) happen({ kind: "refused" });
      else if (error instanceof Failed) happen({ kind: "failed", trouble: "unreachable" });
      else if (!(error instanceof Crashed)) throw error;
    }
  };
  const watch = () => {
    const causes = standsStill(effect, at)
      ? [{ key: "it", since: effect.movedAt, forPerson: needsPerson(effect) }]
      : [];
    for (const act of tasksDue(causes, tasks, at)) {
      if (act.kind === "end") tasks = [];
      else
        tasks = [{ id: "t", cause: "it", alarm: act.alarm, owner: ownerFor(PEOPLE, "gone"), stays: false }];
    }
  };
  return {
    /** Lets time pass until there is nothing that the station would do by itself. */
    run() {
      for (let turn = 0; turn < 200 && !isSettled(effect) && effect.nextAt !== null; turn += 1) {
        at = Math.max(at + 1, effect.nextAt);
        attempt();
        watch();
        assert.ok(
          !standsStill(effect, at) || tasks.some(({ owner }) => owner !== null),
          "it stands still unseen",
        );
      }
      return { effect, finished, tasks };
    },
  };
}

suite("whatever befalls its calls and its process", () => {
  for (const wire of ["known-by-our-key", "asked-by-its-name"] as const)
    test(`an effect that is ${wire} is confirmed and there exactly once, or a task that somebody owns`, () => {
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...BEFALLS), { maxLength: 60 }), (script) => {
          const { effect, finished, tasks } = world(wire, script).run();
          if (effect.stage === "confirmed") {
            assert.equal(finished.length, 1, "there exactly once");
            assert.deepEqual(tasks, [], "nobody is asked to see to what is there");
          } else {
            assert.equal(effect.stage, "refused");
            assert.equal(tasks.length, 1);
            assert.notEqual(tasks[0]?.owner, null);
            assert.ok(finished.length <= 1);
          }
        }),
        { numRuns: 3000 },
      );
    });
});
