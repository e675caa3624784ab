import assert from "node:assert/strict";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import type { Claim } from "@fairlead/report";
import {
  aboutFile,
  aboutReport,
  aFlag,
  ANALYST,
  arbitraryInput,
  assessed,
  daysAgo,
  exampleEvent,
  exampleFile,
  exampleReport,
  exampleSuspect,
  type AssessmentInput,
} from "../testing/index.ts";
import { shiftsOf } from "./compare.ts";
import { differs, wilson } from "../share.ts";
import { factsOf, type Outcome, type ReportFacts } from "./facts.ts";
import { completenessOf, filledIn } from "./fields.ts";
import { emptyCard, foldReport, merged, scored, type Scorecard } from "./scorecard.ts";

const NOTHING: Outcome = { verdict: "unknown", viral: false };
const RECEIVED = "2026-11-13T08:00:00Z";
const facts = (claims: Claim[] = [], beside: Claim[] = [], outcome: Partial<Outcome> = {}) =>
  factsOf(exampleReport({ claims }), beside, RECEIVED, { ...NOTHING, ...outcome });
const cardOf = (all: readonly ReportFacts[], month = "2026-11"): Scorecard =>
  all.reduce((card, each) => foldReport(card, { ...each, month }), emptyCard("example-platform", month));

const arbitraryFacts: fc.Arbitrary<ReportFacts> = fc
  .record({
    input: arbitraryInput,
    verdict: fc.constantFrom("confirmed" as const, "not-confirmed" as const, "unknown" as const),
    viral: fc.boolean(),
  })
  .map(({ input, verdict, viral }) => ({
    ...factsOf(input.report, input.claims, RECEIVED, { verdict, viral }),
    sender: "example-platform",
  }));

describe("Wilson's interval", () => {
  it("gives the published values", () => {
    // Newcombe, Statistics in Medicine 17 (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    const published: [number, number, number, number][] = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ];
    for (const [count, of, low, high] of published) {
      const found = wilson({ count, of });
      assert.deepEqual([found.low.toFixed(4), found.high.toFixed(4)], [low.toFixed(4), high.toFixed(4)]);
    }
  });

  it("holds the share, lies within 0 and 1, and knows nothing of nothing", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (a, b) => {
        const { share, low, high } = wilson({ count: Math.min(a, b), of: Math.max(a, b) });
        assert.ok(0 <= low && low <= high && high <= 1);
        if (share !== undefined) assert.ok(low <= share && share <= high);
      }),
    );
    assert.deepEqual(wilson({ count: 0, of: 0 }), { count: 0, of: 0, low: 0, high: 1 });
    assert.equal(differs({ count: 0, of: 0 }, { count: 50, of: 50 }), false);
  });
});

describe("a scorecard", () => {
  it("adds up to the same in any parts and any order", () => {
    fc.assert(
      fc.property(fc.array(arbitraryFacts, { maxLength: 12 }), fc.nat(12), (all, cut) => {
        const parts = merged(cardOf(all.slice(cut)), cardOf(all.slice(0, cut)));
        assert.deepEqual(parts, cardOf(all));
        assert.deepEqual(cardOf(all.toReversed()), cardOf(all));
      }),
      { numRuns: 30 },
    );
  });

  it("never counts more than there is, and leaves what is not known out of the count", () => {
    fc.assert(
      fc.property(fc.array(arbitraryFacts, { maxLength: 8 }), (all) => {
        const card = cardOf(all);
        const { fields, shares, completeness } = scored(card);
        for (const { count, of } of [...Object.values(fields), ...Object.values(shares)])
          assert.ok(0 <= count && count <= of && of <= all.length);
        assert.equal(card.confirmed.of, all.filter(({ verdict }) => verdict !== "unknown").length);
        if (completeness !== undefined) assert.ok(completeness >= 0 && completeness <= 100);
      }),
      { numRuns: 30 },
    );
  });

  it("refuses another sender's report and another month's part", () => {
    assert.throws(() => foldReport(emptyCard("another", "2026-11"), facts()), /another of 2026-11/);
    assert.throws(() => merged(cardOf([]), cardOf([], "2026-10")), /2026-10/);
  });
});

describe("misuse of flags", () => {
  it("is a view that the sender itself or somebody else contradicts, and nothing where nobody checked", () => {
    const viewed = aboutFile(aFlag("viewed-in-full"));
    const denied = aboutFile(aFlag("viewed-in-full", false));
    const checked = (claims: Claim[], beside: Claim[] = []) => facts(claims, beside).flags.viewedContradicted;
    assert.equal(checked([viewed]), undefined);
    assert.equal(checked([]), undefined);
    assert.equal(checked([viewed, denied]), true);
    assert.equal(checked([viewed], [{ ...denied, source: ANALYST }]), true);
    assert.equal(checked([viewed], [{ ...viewed, source: ANALYST }]), false);
  });

  it("is a mark of AI that a person finds wrong, either way, and never what a list says", () => {
    const said = aboutFile(aFlag("generative-ai"));
    const wrong = (beside: Claim[]) => facts([said], beside).flags.generatedWrong;
    assert.equal(wrong([aboutFile(aFlag("generative-ai", false), ANALYST)]), true);
    assert.equal(wrong([aboutFile(aFlag("generative-ai"), ANALYST)]), false);
    assert.equal(
      wrong([aboutFile(aFlag("generative-ai", false), { kind: "list", name: "A list" })]),
      undefined,
    );
  });

  it("is a viral item that its sender never marked", () => {
    const marked = facts([aboutFile(aFlag("potential-meme"))], [], { viral: true });
    const card = cardOf([marked, facts([], [], { viral: true }), facts()]);
    assert.deepEqual(card.viralUnmarked, { count: 1, of: 2 });
    assert.deepEqual(card.viral, { count: 2, of: 3 });
  });

  it("shows in the share of reports that ask for haste", () => {
    const escalated = facts([aboutReport({ kind: "escalation", text: "Please look at this first." })]);
    assert.deepEqual(cardOf([escalated, facts()]).escalated, { count: 1, of: 2 });
  });
});

describe("the fields of a report", () => {
  it("count the port and the zone only where they are given for every upload", () => {
    const filled = (...events: Parameters<typeof exampleEvent>[0][]) =>
      filledIn(
        exampleReport({ persons: [exampleSuspect({ events: events.map((each) => exampleEvent(each)) })] }),
      );
    assert.equal(filled({ port: 4000 })["event-port"], true);
    assert.equal(filled({ port: 4000 }, {})["event-port"], false);
    assert.equal(filled({ kind: "login" })["event-port"], undefined);
    assert.equal(filled({})["event-zone"], true);
    assert.equal(filled({ moment: { raw: "2026-11-12 09:30:05", zone: "none" } })["event-zone"], false);
    assert.equal(filled({ moment: { ...daysAgo(1), zone: "assumed" } })["event-zone"], false);
  });

  it("ask for words and a victim only where the report is about talk", () => {
    const { incident } = exampleReport();
    assert.equal(filledIn(exampleReport())["chat"], undefined);
    assert.equal(filledIn(exampleReport({ incident: { ...incident, type: "enticement" } }))["chat"], false);
  });
});

describe("completeness", () => {
  it("is a number for scorecards: a full report scores above an empty one, and what does not apply costs nothing", () => {
    const full = exampleReport({ claims: [aboutFile(aFlag("viewed-in-full"))] });
    assert.equal(completenessOf(filledIn(full)), 100);
    const empty = exampleReport({ persons: [], evidence: [exampleFile({ received: undefined })] });
    assert.equal(completenessOf(filledIn(empty)), 12);
  });

  it("is read by no rule: nothing but the package's door imports a scorecard", async () => {
    const src = fileURLToPath(new URL("..", import.meta.url));
    const readers: string[] = [];
    for await (const path of glob("**/*.ts", { cwd: src })) {
      if (path.startsWith("scorecards/") || path === "index.ts") continue;
      if (/scorecards\//.test(await readFile(join(src, path), "utf8"))) readers.push(path);
    }
    assert.deepEqual(readers, []);
  });

  it("never raises urgency: of two reports with the same flags the fuller one is no more urgent", () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const said = input.report.claims.filter(({ about }) => about.kind === "report");
        const bare = { ...input.report, persons: [], evidence: [], statements: [], claims: said };
        const thin: AssessmentInput = { ...input, report: bare, claims: [] };
        const full = {
          ...thin,
          report: { ...bare, persons: input.report.persons.filter(({ role }) => role === "suspect") },
        };
        const context = { ...input.context, linkedTier: undefined, lowering: undefined };
        const rules = ({ report, claims }: typeof thin) =>
          assessed({ report, claims, context }).urgency.reasons.filter(({ code }) => code !== "up.clock");
        assert.deepEqual(
          rules(thin).map(({ code }) => code),
          rules(full).map(({ code }) => code),
        );
      }),
    );
  });
});

describe("a sender against its own past", () => {
  const many = (count: number, each: ReportFacts) => Array.from({ length: count }, () => each);
  const good = { ...facts(), filled: { ...facts().filled, "event-port": true } };
  const poor = { ...good, filled: { ...good.filled, "event-port": false } };

  it("names what certainly changed and is silent about chance", () => {
    const october = cardOf([...many(40, good), ...many(10, poor)], "2026-10");
    const same = cardOf([...many(39, good), ...many(11, poor)]);
    const worse = cardOf([...many(10, good), ...many(40, poor)]);
    assert.deepEqual(shiftsOf(same, [october]), []);
    const shifts = shiftsOf(worse, [october]);
    assert.deepEqual(
      shifts.map(({ name, direction }) => [name, direction]),
      [["event-port", "down"]],
    );
  });

  it("looks at earlier months only, and at nobody else's", () => {
    const december = cardOf(many(50, good), "2026-12");
    assert.deepEqual(shiftsOf(cardOf(many(50, poor)), [december]), []);
    assert.throws(() => shiftsOf(cardOf([]), [emptyCard("another", "2026-10")]), /its own cards/);
  });
});
