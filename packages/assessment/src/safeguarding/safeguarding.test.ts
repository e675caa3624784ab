import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Claim, Flag, Person, Report } from "@fairlead/report";
import { caseOf, type Case } from "../input/case.ts";
import type { AssessmentContext } from "../input/context.ts";
import { defaultRuleSet } from "../rules/rule-set.ts";
import {
  aboutReport,
  aFlag,
  ANALYST,
  arbitraryInput,
  assessed,
  daysAgo,
  exampleContext,
  exampleReport,
  exampleSuspect,
  exampleVictim,
  TEST_NOW,
  type AssessmentInput,
} from "../testing/index.ts";
import { tierNumber } from "../urgency/tier.ts";
import { laneOf } from "./lane.ts";
import { mustPage } from "./must-page.ts";
import { SAFEGUARDING_URGENCIES, safeguardingOf } from "./safeguarding.ts";

const rules = defaultRuleSet();
const caseFrom = ({ report, claims, context }: AssessmentInput): Case =>
  caseOf(report, claims, context, rules, TEST_NOW);
const theCase = (
  parts: Partial<Report> = {},
  claims: Claim[] = [],
  context: Partial<AssessmentContext> = {},
): Case => caseFrom({ report: exampleReport(parts), claims, context: exampleContext(context) });
const flags = (...names: Flag[]) => names.map((name) => aboutReport(aFlag(name)));
const unnamedVictim = exampleVictim({ identifiers: [] });

describe("who the child is", () => {
  const table: [string, Partial<Person> | undefined, Claim[], string][] = [
    ["nobody said anything", undefined, [], "unknown"],
    ["a victim without anything", { identifiers: [] }, [], "unknown"],
    ["a first name", { identifiers: [], firstName: "Robin" }, [], "identifiable"],
    ["a child near the person", undefined, flags("access-to-children"), "identifiable"],
    ["an account", {}, [], "identified"],
    ["a school", { identifiers: [], school: "Example School" }, [], "identified"],
    ["somebody's word", undefined, flags("identified-child"), "identified"],
  ];
  for (const [what, parts, claims, known] of table)
    it(`is ${known} with ${what}`, () => {
      const persons = [exampleSuspect(), ...(parts === undefined ? [] : [exampleVictim(parts)])];
      assert.equal(safeguardingOf(theCase({ persons }, claims)).child, known);
    });
});

describe("the child's clock", () => {
  it("ends at once for a child at risk now, whoever says so and however thin the report is", () => {
    const receivedAt = "2026-11-20T09:00:00.000Z";
    const found = safeguardingOf(theCase({ persons: [], evidence: [] }, flags("live-abuse"), { receivedAt }));
    assert.deepEqual([found.called, found.urgency, found.by], [true, "at-once", receivedAt]);
    assert.equal(found.reasons[0]?.code, "safeguarding.now");
  });

  it("runs a day for harm and three for help, from receipt", () => {
    const receivedAt = "2026-11-20T09:00:00.000Z";
    const by = (claims: Claim[]) => safeguardingOf(theCase({}, claims, { receivedAt })).by;
    assert.equal(by(flags("sextortion")), "2026-11-21T09:00:00.000Z");
    assert.equal(by([]), "2026-11-23T09:00:00.000Z");
  });

  it("is not slowed by a person who lowers the tier, nor hurried by data that will soon be gone", () => {
    const claims = flags("live-abuse");
    const { seen } = assessed({ report: exampleReport(), claims, context: exampleContext() }).urgency;
    const lowering = {
      by: { kind: "person" as const, id: "p-1", role: "lead" },
      to: "R5" as const,
      reason: "meme",
      at: "2026-11-20T10:00:00Z",
      seen,
    };
    assert.equal(safeguardingOf(theCase({}, claims, { lowering })).urgency, "at-once");
    const firstReportedAt = "2025-11-25T12:00:00Z";
    const graded = flags("grooming");
    assert.equal(safeguardingOf(theCase({}, graded, { firstReportedAt })).urgency, "help");
  });

  it("never slows and never forgets a child because of another yes or another person in the report", () => {
    const flag = fc.constantFrom<Flag>("live-abuse", "sextortion", "viral", "minor-to-minor", "grooming");
    fc.assert(
      fc.property(arbitraryInput, flag, (input, name) => {
        const before = safeguardingOf(caseFrom(input));
        const claims = [...input.claims, aboutReport(aFlag(name), ANALYST)];
        const after = safeguardingOf(caseFrom({ ...input, claims }));
        assert.ok(after.by <= before.by);
        assert.ok(after.called || !before.called);
        assert.ok(
          SAFEGUARDING_URGENCIES.indexOf(after.urgency) <= SAFEGUARDING_URGENCIES.indexOf(before.urgency),
        );
      }),
    );
  });
});

describe("the victim-led variant", () => {
  it("is called for by content and a child who can be looked for, with nobody to point to", () => {
    const found = safeguardingOf(theCase({ persons: [exampleVictim()] }));
    assert.deepEqual([found.victimLed, found.called], [true, true]);
    assert.ok(found.reasons.some(({ code }) => code === "safeguarding.victim-led"));
  });

  it("agrees with the level's own safeguard mark for every report", () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        assert.equal(safeguardingOf(caseFrom(input)).victimLed, assessed(input).sufficiency.safeguard);
      }),
    );
  });
});

describe("in whose area the child is", () => {
  const victimAt = (...postcodes: string[]) =>
    safeguardingOf(
      theCase({
        persons: [
          exampleSuspect(),
          exampleVictim({
            places: postcodes.map((postcode) => ({
              basis: "declared" as const,
              addressKind: "home" as const,
              postcode,
              country: "GB",
              verified: "unknown" as const,
            })),
          }),
        ],
      }),
    ).area;

  it("follows the child's declared postcode and never the suspect's", () => {
    assert.equal(victimAt("LS1 1UR").agency?.id, "west-yorkshire");
    const suspectOnly = exampleSuspect({
      places: [
        { basis: "declared", addressKind: "home", postcode: "LS1 1UR", country: "GB", verified: "unknown" },
      ],
    });
    assert.deepEqual(safeguardingOf(theCase({ persons: [suspectOnly, unnamedVictim] })).area, {
      basis: "unknown",
    });
  });

  it("names nobody where the child's places disagree", () => {
    const area = victimAt("LS1 1UR", "YO1 7HH");
    assert.deepEqual([area.agency, area.basis, area.country], [undefined, "declared", "GB"]);
  });
});

describe("the lane", () => {
  it("is for safeguarding first among children, for a child's own material and for a suspect under eighteen", () => {
    const lane = (parts: Partial<Person>, claims: Claim[] = []) =>
      laneOf(theCase({ persons: [exampleSuspect(parts)] }, claims)).lane;
    assert.equal(lane({ ageYears: 30 }), "standard");
    assert.equal(lane({ ageYears: 17 }), "safeguarding-first");
    assert.equal(lane({ ageYears: 30 }, flags("minor-to-minor")), "safeguarding-first");
    assert.equal(lane({ ageYears: 30 }, flags("possible-self-production")), "safeguarding-first");
  });

  it("judges a suspect by the age when it happened, and by the lower of two that disagree", () => {
    const occurred = { ...exampleReport().incident, occurred: daysAgo(10) }; // 12 November 2026
    const lane = (parts: Partial<Person>) =>
      laneOf(theCase({ incident: occurred, persons: [exampleSuspect(parts)] })).lane;
    assert.equal(lane({ dateOfBirth: "2008-11-12" }), "standard");
    assert.equal(lane({ dateOfBirth: "2008-11-13" }), "safeguarding-first");
    assert.equal(lane({ dateOfBirth: "1990-01-01", ageYears: 15 }), "safeguarding-first");
  });

  it("calls an age that nobody gave unknown, not adult", () => {
    const { lane, agesUnknown, minors } = laneOf(theCase());
    assert.deepEqual([lane, agesUnknown, minors], ["standard", ["suspect-1"], []]);
  });

  it("never changes the tier, whatever ages are stated", () => {
    const age = fc.option(fc.integer({ min: 0, max: 90 }), { nil: undefined });
    fc.assert(
      fc.property(arbitraryInput, age, (input, ageYears) => {
        const persons = input.report.persons.map(({ ageYears: _age, dateOfBirth: _born, ...person }) => ({
          ...person,
          ...(ageYears === undefined ? {} : { ageYears }),
        }));
        const aged = assessed({ ...input, report: { ...input.report, persons } }).urgency;
        assert.equal(aged.tier, assessed(input).urgency.tier);
      }),
    );
  });
});

describe("the page", () => {
  it("names the rule's text and the field of a child at risk now", () => {
    const page = mustPage(
      assessed({
        report: exampleReport({ evidence: [] }),
        claims: flags("spam", "threat-to-life"),
        context: exampleContext(),
      }),
    );
    assert.deepEqual(page?.because[0]?.text, "There is a threat to life.");
    assert.deepEqual(page?.because[0]?.path, "/claims/1");
    assert.equal(page?.because.length, 1);
  });

  it("says that it stands from before where no rule fires at R1 any more", () => {
    const context = exampleContext({ previousTier: "R1" });
    const page = mustPage(assessed({ report: exampleReport(), claims: [], context }));
    assert.equal(page?.because[0]?.code, "page.kept");
  });

  it("is sent exactly for R1, always says why, and nothing that a report lacks prevents it", () => {
    fc.assert(
      fc.property(arbitraryInput, fc.boolean(), (input, urgent) => {
        const bare = { ...input.report, persons: [], evidence: [], statements: [], claims: [] };
        const claims = urgent ? flags("abduction") : [];
        const given = { report: bare, claims, context: { ...input.context, lowering: undefined } };
        for (const each of [given, input]) {
          const assessment = assessed(each);
          const page = mustPage(assessment);
          assert.equal(page !== undefined, tierNumber(assessment.urgency.tier) === 1);
          assert.notEqual(page?.because.length, 0);
        }
        if (urgent) assert.notEqual(mustPage(assessed(given)), undefined);
      }),
    );
  });
});
