import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { erasingProblem } from "./erasing.ts";
import type { Hold } from "./hold.ts";
import { keepingOf } from "./keep-until.ts";

const DAY = 86_400_000;
const NOW = Date.parse("2027-03-01T00:00:00Z");
const people = { decidedBy: "one", by: "another" };
const let_go = { id: "d2", kind: "let-go" as const, at: NOW - 5 * DAY };
const keptUntil = (until: number) =>
  keepingOf(
    { events: [], holds: [], decisions: [{ id: "d1", kind: "longer", at: NOW - 60 * DAY, until }, let_go] },
    [],
  );

test("a report is erased when what kept it is over, one person let it go and another confirms", () => {
  assert.equal(erasingProblem(keptUntil(NOW - DAY), [], people, NOW), undefined);
  assert.equal(
    erasingProblem(keptUntil(NOW - DAY), [], { ...people, by: "one" }, NOW),
    "erasing.own-decision",
  );
  assert.equal(erasingProblem(keptUntil(NOW + DAY), [], people, NOW), "erasing.not-over");
  assert.equal(erasingProblem(keptUntil(NOW), [], people, NOW), undefined);
  assert.equal(
    erasingProblem(keptUntil(NOW - DAY), [], { by: "another", decidedBy: undefined }, NOW),
    "erasing.undecided",
  );
});

test("nothing that a hold stands on is ever erased, and no hold that stood after the decision is forgotten", () => {
  const times = fc.integer({ min: -30, max: 30 }).map((days) => NOW + days * DAY);
  const holds: fc.Arbitrary<Hold> = fc
    .record({ from: times, until: fc.option(times), released: fc.option(times, { nil: undefined }) })
    .map(({ from, until, released }) => ({
      id: "h",
      kind: "legal-hold",
      from,
      until,
      movedAt: released ?? from,
      ...(released === undefined ? {} : { releasedAt: released }),
    }));
  fc.assert(
    fc.property(fc.array(holds, { maxLength: 4 }), (held) => {
      const keeping = keepingOf(
        {
          events: [],
          holds: held,
          decisions: [{ id: "d1", kind: "longer", at: NOW - 90 * DAY, until: NOW - DAY }, let_go],
        },
        [],
      );
      const problem = erasingProblem(keeping, held, people, NOW);
      const stood = held.some(
        ({ until, releasedAt, movedAt }) =>
          (releasedAt ?? until ?? Number.POSITIVE_INFINITY) > let_go.at || movedAt >= let_go.at,
      );
      assert.equal(problem === undefined, !stood);
    }),
  );
});
