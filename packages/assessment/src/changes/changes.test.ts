import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { defaultRuleSet } from "../rules/rule-set.ts";
import { ukDirectory } from "../routing/uk.ts";
import {
  aboutAddress,
  aboutReport,
  aFlag,
  arbitraryInput,
  assessed,
  attributableInput,
  daysAgo,
  exampleContext,
  exampleEvent,
  exampleReport,
  exampleSuspect,
  TEST_NOW,
  warrantInput,
  type AssessmentInput,
} from "../testing/index.ts";
import { TIERS, type Tier } from "../urgency/tier.ts";
import { affectedBy, dependenceOf, type Dependence } from "./affected-by.ts";
import { nextChangeAt, saysTheSame } from "./next-change.ts";
import { readersOf, subjectContexts, type Member } from "./subject-context.ts";

const rules = defaultRuleSet();
const DAY_MS = 86_400_000;
const nextChange = ({ report, claims, context }: AssessmentInput, now = TEST_NOW) =>
  nextChangeAt(report, claims, context, rules, now);

describe("the next change by the clock alone", () => {
  it("follows a report from preservation to urgency to the end of its window, each to the millisecond", () => {
    const input = attributableInput();
    const at = TEST_NOW - 10 * DAY_MS;
    const ends = Date.parse("2027-11-12T12:00:00Z");
    assert.equal(new Date(at).toISOString(), "2026-11-12T12:00:00.000Z");
    const moments: number[] = [];
    for (let now = ends - 31 * DAY_MS; ; ) {
      const next = nextChange(input, now);
      if (next === undefined || next > ends) break;
      moments.push(next);
      now = next;
    }
    assert.deepEqual(moments, [ends - 30 * DAY_MS + 1, ends - 14 * DAY_MS + 1, ends]);
    assert.equal(assessed(input, ends - 1).sufficiency.level, "L3");
    assert.equal(assessed(input, ends).sufficiency.level, "L2");
  });

  it("is when a warrant's ground goes stale", () => {
    const next = nextChange(warrantInput());
    assert.equal(next, TEST_NOW + 80 * DAY_MS);
    assert.equal(assessed(warrantInput(), next + 1).sufficiency.level, "L3");
  });

  it("is the day on which an agency succeeds another", () => {
    const directory = ukDirectory();
    const leeds = directory.agencies.get("west-yorkshire")!;
    const agencies = new Map(directory.agencies);
    agencies.set("west-yorkshire", { ...leeds, to: "2026-12-01", successors: ["north-yorkshire"] });
    const merging = { ...rules, directory: { ...directory, agencies } };
    const { report, claims, context } = warrantInput();
    assert.equal(nextChangeAt(report, claims, context, merging, TEST_NOW), Date.parse("2026-12-01"));
  });

  it("does not come before anything changes, and never after", () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(arbitraryInput, fc.integer({ min: 0, max: 420 }), part, (input, days, share) => {
        const now = TEST_NOW + days * DAY_MS;
        const next = nextChange(input, now);
        const before = assessed(input, now);
        const between = now + Math.floor(((next ?? now + 3000 * DAY_MS) - 1 - now) * share);
        assert.ok(saysTheSame(before, assessed(input, between)), `changed before ${next}`);
        if (next !== undefined) {
          assert.ok(saysTheSame(before, assessed(input, next - 1)));
          assert.ok(!saysTheSame(before, assessed(input, next)), "nothing changed");
        }
      }),
      { numRuns: 150 },
    );
  });

  it("gives a moment that is at most too early for a report with thousands of events", () => {
    const events = Array.from({ length: 3000 }, (_, index) =>
      exampleEvent({ kind: "login", moment: daysAgo(1 + index / 10) }),
    );
    const report = exampleReport({ persons: [exampleSuspect({ events })] });
    const input = { report, claims: [aboutAddress("access")], context: exampleContext() };
    const next = nextChange(input);
    assert.ok(next !== undefined);
    assert.ok(saysTheSame(assessed(input), assessed(input, next - 1)));
  });
});

const arbitraryMembers = (prefix: string) =>
  fc
    .array(
      fc.record({
        tier: fc.option(fc.constantFrom(...TIERS), { nil: undefined }),
        days: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
      }),
      { maxLength: 6 },
    )
    .map((members) =>
      members.map(
        ({ tier, days }, index): Member => ({
          report: `${prefix}-${index}`,
          ...(tier === undefined ? {} : { tier }),
          ...(days === undefined ? {} : { activityAt: daysAgo(days).raw }),
        }),
      ),
    );

/** As it is defined: of all others, looked at one by one. */
function definition(members: readonly Member[], report: string) {
  const others = members.filter((member) => member.report !== report);
  const tiers = others.flatMap(({ tier }) => tier ?? []).sort();
  const times = others.flatMap(({ activityAt }) => activityAt ?? []).sort();
  return {
    ...(tiers[0] === undefined ? {} : { linkedTier: tiers[0] }),
    ...(times.length === 0 ? {} : { lastLinkedActivityAt: times.at(-1) }),
  };
}

describe("what a report reads of its subject", () => {
  it("is the most urgent tier and the newest activity of the others, in any order of the members", () => {
    fc.assert(
      fc.property(arbitraryMembers("a"), (members) => {
        for (const order of [members, members.toReversed()]) {
          const contexts = subjectContexts(order);
          for (const { report } of members)
            assert.deepEqual(contexts.get(report), definition(members, report));
        }
      }),
    );
  });

  it("changes for exactly the members whose others changed, and for nobody else", () => {
    fc.assert(
      fc.property(arbitraryMembers("a"), arbitraryMembers("b"), fc.boolean(), (a, b, joins) => {
        const apart = [a, b];
        const together = [[...a, ...b]];
        const [before, after] = joins ? [apart, together] : [together, apart];
        const expected = [...a, ...b]
          .map(({ report }) => report)
          .filter((report) => {
            const own = (subjects: Member[][]) =>
              subjects.find((each) => each.some((m) => m.report === report));
            const read = definition(own(before) ?? [], report);
            const reads = definition(own(after) ?? [], report);
            return JSON.stringify(read) !== JSON.stringify(reads);
          });
        assert.deepEqual(readersOf(before, after).toSorted(), expected.toSorted());
        assert.deepEqual(readersOf(before, before), []);
      }),
    );
  });

  it("once assessed again for its readers, stands as if everything had been assessed anew", () => {
    const flagged = fc.array(fc.constantFrom("live-abuse", "grooming", "distribution", "spam"), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(flagged, fc.nat(4), (flags, split) => {
        const tierOf = (index: number, context: object): Tier =>
          assessed({
            report: exampleReport(),
            claims: [aboutReport(aFlag(flags[index] as "spam"))],
            context: exampleContext(context),
          }).urgency.tier;
        const alone = flags.map((_, index): Member => ({ report: `${index}`, tier: tierOf(index, {}) }));
        const groups = [alone.slice(0, split), alone.slice(split)].filter((each) => each.length > 0);
        const readers = new Set(readersOf(groups, [alone]));
        const contexts = subjectContexts(alone);
        const whole = alone.map(({ report }, index) => tierOf(index, contexts.get(report) ?? {}));
        const old = new Map(groups.flatMap((group) => [...subjectContexts(group)]));
        const step = alone.map(({ report }, index) =>
          tierOf(index, (readers.has(report) ? contexts : old).get(report) ?? {}),
        );
        assert.deepEqual(step, whole);
      }),
      { numRuns: 40 },
    );
  });
});

describe("what a change affects", () => {
  const held: Dependence[] = [
    dependenceOf("one", attributableInput().report, TEST_NOW + DAY_MS),
    dependenceOf("two", exampleReport({ persons: [] }), undefined),
  ];

  it("is the report of a claim, an answer, a decision or evidence", () => {
    for (const kind of ["claim", "answer", "decision", "evidence"] as const)
      assert.deepEqual(affectedBy({ kind, report: "two" }, held), ["two"]);
  });

  it("is every report that names an address, in whatever spelling", () => {
    assert.deepEqual(affectedBy({ kind: "network", address: "::ffff:192.0.2.7" }, held), ["one"]);
    assert.deepEqual(affectedBy({ kind: "network", address: "198.51.100.1" }, held), []);
  });

  it("is what time has reached, and everything where the rules change", () => {
    assert.deepEqual(affectedBy({ kind: "clock", now: TEST_NOW + DAY_MS - 1 }, held), []);
    assert.deepEqual(affectedBy({ kind: "clock", now: TEST_NOW + DAY_MS }, held), ["one"]);
    assert.deepEqual(affectedBy({ kind: "rules" }, held), ["one", "two"]);
  });

  it("is the members of a subject that read something else than before", () => {
    const before = [[{ report: "one", tier: "R5" as const }], [{ report: "two", tier: "R2" as const }]];
    assert.deepEqual(affectedBy({ kind: "subject", before, after: [before.flat()] }, held), ["one", "two"]);
  });
});
