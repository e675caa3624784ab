import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { historyOfAll, randomOf, reportsOf } from "./fill-stream-fixture.ts";
import { chanceOfAtLeast, chanceOfAtMost } from "./binomial.ts";
import { burstSteps, type BurstStep, defaultBurstRules, type OnBurst } from "./index.ts";

const times = (count: number, value: boolean) => Array.from({ length: count }, () => value);
/** So many filled in every hundred, spread as evenly as can be. */
const evenly = (count: number, share: number) =>
  Array.from({ length: count }, (_, index) => Math.floor((index + 1) * share) > Math.floor(index * share));
const stepsOf = (filled: readonly boolean[], on: readonly OnBurst[] = []) =>
  burstSteps(historyOfAll(reportsOf(filled)), on, []);

/** How many reports after the fall the alarm comes, looked at after each. */
function caughtAfter(before: readonly boolean[], after: readonly boolean[]): number {
  const all = reportsOf([...before, ...after]);
  for (let count = 1; count <= after.length; count += 1)
    if (burstSteps(historyOfAll(all.slice(0, before.length + count)), [], []).length > 0) return count;
  return Number.POSITIVE_INFINITY;
}

/** The one step that there must be. */
function only(steps: readonly BurstStep[]): BurstStep & { kind: "opens" } {
  assert.equal(steps.length, 1);
  const [step] = steps;
  assert.ok(step?.kind === "opens");
  return step;
}

describe("the binomial tails", () => {
  it("are what counting gives", () => {
    assert.ok(Math.abs(chanceOfAtMost(2, 10, 0.5) - 56 / 1024) < 1e-15);
    assert.ok(Math.abs(chanceOfAtLeast(9, 10, 0.5) - 11 / 1024) < 1e-15);
    assert.deepEqual(
      [chanceOfAtMost(5, 5, 0.3), chanceOfAtMost(-1, 5, 0.3), chanceOfAtMost(4, 5, 1)],
      [1, 0, 0],
    );
    assert.ok(Math.abs(chanceOfAtMost(0, 320, 0.99) - 0.01 ** 320) < 1e-300);
  });

  it("add up to one, whatever the share", () => {
    fc.assert(
      fc.property(
        fc.nat(320),
        fc.integer({ min: 1, max: 320 }),
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        (count, of, share) => {
          const sum = chanceOfAtMost(count, of, share) + chanceOfAtLeast(count + 1, of, share);
          assert.ok(Math.abs(sum - 1) < 1e-9, String(sum));
        },
      ),
    );
  });
});

describe("a sender that goes on as before", () => {
  it("raises no alarm, whatever its rate, however far it has come", () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (seed, rate) => {
        const random = randomOf(seed);
        const all = reportsOf(Array.from({ length: 500 }, () => random() < rate));
        for (let count = 80; count <= all.length; count += 3)
          assert.deepEqual(burstSteps(historyOfAll(all.slice(0, count)), [], []), []);
      }),
      { numRuns: 12 },
    );
  });

  it("raises none for a change that leaves three of four, nor for a field that was always rare", () => {
    assert.equal(caughtAfter(evenly(600, 0.95), evenly(320, 0.78)), Number.POSITIVE_INFINITY);
    assert.equal(caughtAfter(evenly(600, 0.05), times(320, false)), Number.POSITIVE_INFINITY);
  });

  it("raises none when its reports come in batches of a kind, as they always did", () => {
    const batches = (count: number) =>
      Array.from({ length: count }, (_, index) => times(30, index % 4 !== 0)).flat();
    assert.deepEqual(stepsOf([...batches(40), ...times(30, false)]), []);
    // The same batch is an alarm with a sender whose hours never differed by more than chance.
    assert.equal(stepsOf([...evenly(1200, 0.75), ...times(30, false)]).length, 1);
  });

  it("has no past while it is new", () => {
    const { past } = defaultBurstRules;
    assert.deepEqual(stepsOf([...times(past - 1, true), ...times(40, false)]), []);
    assert.equal(stepsOf([...times(past, true), ...times(40, false)]).length, 1);
    assert.deepEqual(stepsOf(times(400, false)), []);
  });
});

describe("a field that is left empty from one report on", () => {
  it("is an alarm within these many reports, by how often it was filled before", () => {
    const measured: [number, number][] = [
      [1, 20],
      [0.95, 20],
      [0.8, 28],
      [0.5, 56],
      [0.3, 112],
      [0.12, 320],
    ];
    for (const [rate, within] of measured) {
      const after = caughtAfter(evenly(2000, rate), times(320, false));
      assert.ok(after <= within, `from ${rate}: ${after}`);
    }
  });

  it("is one within twenty for any sender that filled it in 95 of 100, with any past of 200 reports", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const random = randomOf(seed);
        const past = evenly(200, 0.95)
          .map((value) => ({ value, place: random() }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ value }) => value);
        assert.ok(caughtAfter(past, times(20, false)) <= 20);
      }),
      { numRuns: 30 },
    );
  });

  it("is one too when only half of the reports come from the changed software", () => {
    assert.ok(caughtAfter(evenly(2000, 0.95), evenly(320, 0.475)) <= 224);
  });

  it("says from which report on, and from what rate to what rate", () => {
    const step = only(stepsOf([...evenly(400, 0.95), ...times(25, false)]));
    assert.deepEqual([step.field, Number(step.first), step.now], ["event-port", 400, { count: 0, of: 25 }]);
    // The hour that begins among the latest reports is not known as a whole and counts for nothing.
    assert.deepEqual(step.before, { count: 366, of: 385 });
  });

  it("is the same in whatever order and parts the reports became known", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 60 }), (seed, after) => {
        const random = randomOf(seed);
        const history = historyOfAll(reportsOf([...evenly(700, 0.9), ...times(after, false)]));
        const shuffled = <T>(list: readonly T[]) =>
          list
            .map((value) => ({ value, place: random() }))
            .toSorted((a, b) => a.place - b.place)
            .map(({ value }) => value);
        const other = { hours: shuffled(history.hours), recent: shuffled(history.recent) };
        assert.deepEqual(burstSteps(other, [], []), burstSteps(history, [], []));
      }),
      { numRuns: 40 },
    );
  });
});

describe("a burst that is on", () => {
  const past = evenly(400, 0.95);
  const on = (): OnBurst => {
    const { field, before, from } = only(stepsOf([...past, ...times(40, false)]));
    return { field, before, from };
  };

  it("is opened once and does not become normal by going on", () => {
    for (const length of [20, 40, 400, 4000])
      assert.deepEqual(stepsOf([...past, ...times(length, false)], [on()]), []);
  });

  it("ends when the field is back, within forty reports, and not for a field that comes and goes", () => {
    const back = [...past, ...times(40, false), ...evenly(40, 0.95)];
    assert.deepEqual(
      stepsOf(back, [on()]).map(({ kind }) => kind),
      ["recovers"],
    );
    assert.deepEqual(stepsOf(back.slice(0, -10), [on()]), []);
    assert.deepEqual(stepsOf([...past, ...times(40, false), ...evenly(300, 0.8)], [on()]), []);
  });

  it("is not opened again by its own reports once it is over, and is by a second fall", () => {
    const { field, from } = on();
    const back = reportsOf([...past, ...times(40, false), ...times(40, true)]);
    const until = back.at(-1)?.at ?? "";
    const cut = [{ field, from, until }];
    assert.deepEqual(burstSteps(historyOfAll(back), [], cut), []);
    const more = reportsOf([...past, ...times(40, false), ...times(80, true), ...times(25, false)]);
    const again = only(burstSteps(historyOfAll(more), [], cut));
    assert.equal(Number(again.first), 520);
    assert.ok(again.before.of - again.before.count <= 20, "the burst is no part of the past");
  });

  it("leaves what a person accepted as the sender's new past, from which it can fall again", () => {
    const { field, from } = on();
    const until = new Date(Date.parse(from) - 1).toISOString();
    const accepted = [{ field, until }];
    const half = [...past, ...times(40, false), ...evenly(200, 0.5)];
    assert.deepEqual(burstSteps(historyOfAll(reportsOf(half)), [], accepted), []);
    const gone = burstSteps(historyOfAll(reportsOf([...half, ...times(100, false)])), [], accepted);
    assert.ok(only(gone).before.of <= 241);
  });
});
