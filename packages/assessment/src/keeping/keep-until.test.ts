import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { type Hold, HOLD_KINDS, holdOf, holdProblem, type HoldStep } from "./hold.ts";
import {
  expiryAlarm,
  type Keeping,
  type KeepingDecision,
  type KeepingEvent,
  keepingOf,
  letGoProblem,
} from "./keep-until.ts";
import { defaultKeepingLaws as laws } from "./law.ts";

const DAY = 86_400_000;
const at = (text: string) => Date.parse(text);
const filed: KeepingEvent = { id: "r1", started: "filed", at: at("2026-11-22T15:00:00Z") };
const endOf = ({ content }: Keeping) =>
  content.state === "until" ? content.until : content.state === "no-end" ? Number.POSITIVE_INFINITY : -1;

const instants = fc.integer({ min: at("2026-05-01"), max: at("2035-01-01") });
const events = fc.array(
  fc.record({
    id: fc.constantFrom("r1", "r2", "r3"),
    started: fc.constantFrom("filed", "sent", "issued"),
    at: instants,
  }) satisfies fc.Arbitrary<KeepingEvent>,
  { maxLength: 4 },
);
const holds = fc.array(
  fc
    .tuple(
      instants,
      fc.integer({ min: 1, max: 2000 }),
      fc.boolean(),
      fc.option(fc.integer({ min: 1, max: 900 })),
    )
    .map(([from, days, endless, released]): Hold => {
      const until = endless ? null : from + days * DAY;
      const hold = { id: `h${from}`, kind: HOLD_KINDS[days % 2]!, from, until, movedAt: from };
      return released === null ? hold : { ...hold, releasedAt: from + released * DAY };
    }),
  { maxLength: 4 },
);
const decisions = fc.array(
  fc.record({
    id: fc.constantFrom("d1", "d2"),
    kind: fc.constant("longer" as const),
    at: instants,
    until: instants,
  }) satisfies fc.Arbitrary<KeepingDecision>,
  { maxLength: 3 },
);

test("the year of a report to the CyberTipline, and both clocks of a direct one, run side by side and the longest counts", () => {
  const sent = { id: "r2", started: "sent", at: at("2026-12-01T10:00:00Z") } as const;
  const issued = { id: "r2", started: "issued", at: at("2026-12-01T10:00:05Z") } as const;
  const { duties, content, referenceUntil } = keepingOf(
    { events: [filed, sent, issued], holds: [], decisions: [] },
    laws,
  );
  assert.deepEqual(
    duties.map(({ id, covers, until }) => [id, covers, new Date(until ?? 0).toISOString()]),
    [
      ["gb-reg-8-reference", "reference", "2031-12-02T00:00:00.000Z"],
      ["gb-reg-8-content", "content", "2027-12-02T00:00:00.000Z"],
      ["us-2258a-h", "content", "2027-11-23T05:00:00.000Z"],
    ],
  );
  assert.deepEqual(content, { state: "until", until: at("2027-12-02") });
  assert.equal(referenceUntil, at("2031-12-02"));
});

test("before a law was in force it starts no clock, and without one nothing says until when", () => {
  const early = { ...filed, at: at("2024-05-06T23:59:59Z") };
  const none = keepingOf({ events: [early], holds: [], decisions: [] }, laws);
  assert.deepEqual(none, { duties: [], content: { state: "none" } });
  assert.equal(letGoProblem(none, [], at("2030-01-01")), "keeping.none");
});

test("a hold never shortens: with one more, nothing ends earlier", () => {
  fc.assert(
    fc.property(events, holds, decisions, (given, held, decided) => {
      const [more, ...others] = held;
      const facts = { events: given, holds: others, decisions: decided };
      const without = keepingOf(facts, laws);
      const withMore = keepingOf({ ...facts, holds: more === undefined ? others : held }, laws);
      assert.ok(endOf(withMore) >= endOf(without));
      assert.equal(withMore.referenceUntil, without.referenceUntil);
    }),
  );
});

test("a hold that is released leaves what the laws say, and never an end before its release", () => {
  fc.assert(
    fc.property(
      events,
      decisions,
      instants,
      fc.integer({ min: 0, max: 3000 }),
      (given, decided, from, days) => {
        const facts = { events: given, holds: [] as Hold[], decisions: decided };
        const byLaw = keepingOf(facts, laws);
        const releasedAt = from + days * DAY;
        const hold: Hold = {
          id: "h",
          kind: "legal-hold",
          from,
          until: null,
          releasedAt,
          movedAt: releasedAt,
        };
        assert.equal(endOf(keepingOf({ ...facts, holds: [hold] }, laws)), Math.max(endOf(byLaw), releasedAt));
      },
    ),
  );
});

test("the end does not depend on the order in which anything is read, nor on an outcome or another assessment", () => {
  fc.assert(
    fc.property(events, holds, (given, held) => {
      const one = keepingOf({ events: given, holds: held, decisions: [] }, laws);
      const other = keepingOf(
        { events: given.toReversed(), holds: held.toReversed(), decisions: [] },
        laws.toReversed(),
      );
      assert.equal(endOf(one), endOf(other));
      assert.equal(one.referenceUntil, other.referenceUntil);
    }),
  );
});

test("an extension only leads further; released and ended holds stay as they are", () => {
  const placed: HoldStep = { to: "placed", at: 0, until: 10 };
  const released: HoldStep = { to: "released", at: 5 };
  assert.equal(holdProblem([], placed), undefined);
  assert.equal(holdProblem([], { to: "placed", at: 5, until: 5 }), "hold.past");
  assert.equal(holdProblem([], released), "hold.first");
  assert.equal(holdProblem([placed], placed), "hold.first");
  assert.equal(holdProblem([placed], { to: "extended", at: 1, until: 10 }), "hold.shorter");
  assert.equal(holdProblem([placed], { to: "extended", at: 1, until: 11 }), undefined);
  assert.equal(holdProblem([placed], { to: "extended", at: 1, until: null }), undefined);
  assert.equal(
    holdProblem([{ ...placed, until: null }], { to: "extended", at: 1, until: 99 }),
    "hold.shorter",
  );
  assert.equal(holdProblem([placed], { to: "extended", at: 10, until: 11 }), "hold.over");
  assert.equal(holdProblem([placed, released], { to: "extended", at: 6, until: 11 }), "hold.released");
  assert.equal(holdProblem([placed, released], released), "hold.released");
});

test("a step that is allowed never brings a hold's end forward, unless it releases it", () => {
  const step = fc.oneof(
    fc.record({ to: fc.constant("extended" as const), at: fc.nat(50), until: fc.option(fc.nat(100)) }),
    fc.record({ to: fc.constant("released" as const), at: fc.nat(50) }),
  );
  fc.assert(
    fc.property(fc.option(fc.integer({ min: 1, max: 60 })), fc.array(step), (until, tried) => {
      let steps: HoldStep[] = [{ to: "placed", at: 0, until }];
      for (const next of tried) {
        const before = holdOf({ id: "h", kind: "legal-hold" }, steps)?.until ?? Number.POSITIVE_INFINITY;
        if (holdProblem(steps, next) !== undefined) continue;
        steps = [...steps, next];
        const after = holdOf({ id: "h", kind: "legal-hold" }, steps);
        assert.ok((after?.until ?? Number.POSITIVE_INFINITY) >= before);
        if (after?.releasedAt !== undefined) assert.ok(next.to === "released");
      }
    }),
  );
});

test("nobody lets go what is held, has no end, or ends in more than a month; news ends such a decision", () => {
  const end = at("2027-11-23T05:00:00Z");
  const facts = { events: [filed], holds: [] as Hold[], decisions: [] as KeepingDecision[] };
  const keeping = keepingOf(facts, laws);
  assert.equal(letGoProblem(keeping, [], end - 31 * DAY), "keeping.too-early");
  assert.equal(letGoProblem(keeping, [], end - 30 * DAY), undefined);
  assert.equal(letGoProblem(keeping, [], end + DAY), undefined);
  const hold: Hold = { id: "h", kind: "legal-hold", from: end, until: end + DAY, movedAt: end };
  assert.equal(letGoProblem(keeping, [hold], end), "keeping.held");
  assert.equal(letGoProblem(keeping, [hold], end + DAY), undefined);
  const letGo: KeepingDecision = { id: "d", kind: "let-go", at: end };
  const decided = { ...facts, decisions: [letGo] };
  assert.deepEqual(keepingOf(decided, laws).letGo, { id: "d", at: end });
  assert.equal(keepingOf({ ...decided, holds: [{ ...hold, movedAt: end + 1 }] }, laws).letGo, undefined);
  assert.equal(keepingOf({ ...decided, events: [filed, { ...filed, at: end + 1 }] }, laws).letGo, undefined);
  const longer: KeepingDecision = { id: "e", kind: "longer", at: end + 1, until: end + 90 * DAY };
  assert.equal(keepingOf({ ...decided, decisions: [letGo, longer] }, laws).letGo, undefined);
});

test("what ends sounds 30 days and a week before, and at its end", () => {
  const until = at("2027-11-23T05:00:00Z");
  assert.deepEqual(
    [31, 30, 8, 7, 1, 0, -5].map((days) => expiryAlarm(until, until - days * DAY)),
    [0, 1, 1, 2, 2, 3, 3],
  );
});

test("every law has a source and a day by which to look at it again", () => {
  for (const { source, reviewBy } of laws) {
    assert.ok(source.length > 20);
    assert.match(reviewBy, /^\d{4}-\d\d-\d\d$/);
  }
});
