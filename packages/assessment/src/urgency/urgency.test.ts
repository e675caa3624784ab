import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import {
  EVIDENCE_FLAGS,
  PERSON_FLAGS,
  REPORT_FLAGS,
  type Claim,
  type Evidence,
  type Flag,
  type Report,
} from "@fairlead/report";
import type { AssessmentContext } from "../input/context.ts";
import {
  aboutFile,
  aboutReport,
  aboutSuspect,
  aFlag,
  ANALYST,
  arbitraryInput,
  arbitrarySource,
  assessed,
  daysAgo,
  exampleContext,
  exampleEvent,
  exampleFile,
  exampleReport,
  exampleSuspect,
  exampleVictim,
  TEST_NOW,
} from "../testing/index.ts";
import { TIERS, tierNumber, type Lowering, type Tier } from "./tier.ts";

const urgency = (
  claims: Claim[] = [],
  parts: Partial<Report> = {},
  context: Partial<AssessmentContext> = {},
) => assessed({ report: exampleReport(parts), claims, context: exampleContext(context) }).urgency;
const flags = (...names: Flag[]) => names.map((name) => aboutReport(aFlag(name)));
const enticement: Partial<Report> = { incident: { ...exampleReport().incident, type: "enticement" } };

describe("urgency rules", () => {
  const table: [Tier, string, Claim[], Partial<Report>?][] = [
    ...(
      [
        "live-abuse",
        "live-stream",
        "threat-to-life",
        "child-suicide-risk",
        "meeting-within-72h",
        "abduction",
        "adult-with-child",
      ] as const
    ).map((flag): [Tier, string, Claim[]] => ["R1", flag, flags(flag)]),
    [
      "R1",
      "a sender's escalation",
      [aboutReport({ kind: "escalation", text: "Please look at this first." })],
    ],
    ...(
      [
        "home-production",
        "contact-admission",
        "sextortion",
        "contact-record",
        "infant",
        "sadistic",
        "physical-harm",
        "repeat-target",
      ] as const
    ).map((flag): [Tier, string, Claim[]] => ["R2", flag, flags(flag)]),
    [
      "R2",
      "contact abuse as the incident",
      [],
      { incident: { ...exampleReport().incident, type: "contact-abuse" } },
    ],
    [
      "R2",
      "enticement of a child who is named",
      [],
      { ...enticement, persons: [exampleSuspect(), exampleVictim()] },
    ],
    ["R2", "grooming of a child said to be identified", flags("grooming", "identified-child")],
    ["R2", "a position of trust with access", flags("position-of-trust", "access-to-children")],
    ...(
      [
        "grooming",
        "solicitation",
        "distribution",
        "violence",
        "animal",
        "group-hosting",
        "commercial",
        "multiple-platforms",
        "access-to-children",
        "position-of-trust",
        "coercion",
      ] as const
    ).map((flag): [Tier, string, Claim[]] => ["R3", flag, flags(flag)]),
    ["R3", "enticement of nobody known", [], enticement],
    ["R3", "category A", [aboutFile({ kind: "uk-category", category: "A" }, ANALYST)]],
    ["R4", "several events", flags("several-events")],
    ["R4", "escalation of conduct", flags("escalating")],
    [
      "R4",
      "two files",
      [],
      {
        evidence: [
          exampleFile(),
          exampleFile({ id: "22222222-2222-4222-8222-222222222222" as Evidence["id"] }),
        ],
      },
    ],
    ["R4", "an industry grade", [aboutFile({ kind: "industry-grade", grade: "B2" })]],
    ["R5", "one file and no other signal", []],
    ["R5", "a single viral file", [aboutFile(aFlag("viral"))]],
    ["R5", "a meme", flags("potential-meme", "outrage")],
    ["R5", "children among themselves without coercion", flags("minor-to-minor")],
    [
      "R5",
      "one file and a supplemental one",
      [],
      {
        evidence: [
          exampleFile(),
          exampleFile({
            id: "22222222-2222-4222-8222-222222222222" as Evidence["id"],
            relevance: "supplemental",
          }),
        ],
      },
    ],
  ];
  for (const [tier, what, claims, parts] of table)
    it(`put ${what} in ${tier}`, () => {
      const result = urgency(claims, parts);
      assert.equal(result.tier, tier, JSON.stringify(result.rules));
      assert.equal(result.pagesAPerson, tier === "R1");
      assert.ok(result.rules[0]?.startsWith(tier.toLowerCase()));
    });

  it("name the statement that triggered them and who made it", () => {
    const [reason] = urgency(flags("infant")).reasons;
    assert.deepEqual(reason, {
      code: "r2.infant",
      tier: "R2",
      path: "/claims/0",
      text: "The material shows an infant.",
      source: { kind: "sender", name: "Example Platform" },
      key: "r2.infant@/claims/0",
    });
  });

  it("send children among themselves to the safeguarding lane", () => {
    assert.equal(urgency(flags("minor-to-minor")).lane, "safeguarding");
    assert.equal(urgency(flags("minor-to-minor", "coercion")).tier, "R3");
    assert.equal(urgency().lane, "standard");
  });

  it("list what nobody has said, and take a no for an answer but not for less", () => {
    const codes = (claims: Claim[]) => urgency(claims).unknown.map(({ code }) => code);
    assert.ok(codes([]).includes("unknown.access"));
    const no = [aboutSuspect(aFlag("access-to-children", false))];
    assert.ok(!codes(no).includes("unknown.access"));
    assert.equal(urgency(no).tier, urgency().tier);
  });
});

describe("urgency modifiers", () => {
  it("raise by one tier and not by one each", () => {
    assert.equal(urgency(flags("prior-referral")).tier, "R4");
    assert.equal(urgency(flags("several-events", "prior-referral")).tier, "R3");
    assert.equal(urgency(flags("several-events", "prior-referral"), {}, { linkedTier: "R2" }).tier, "R3");
  });

  it("raise by access to children once: as a rule or on top of another", () => {
    assert.equal(urgency(flags("access-to-children")).tier, "R3");
    assert.equal(urgency(flags("grooming", "access-to-children")).tier, "R2");
    assert.equal(urgency(flags("contact-admission", "access-to-children")).tier, "R1");
  });

  it("call a person for a risk to a child and never for a clock or an earlier referral", () => {
    const persons = [exampleSuspect({ events: [exampleEvent({ moment: daysAgo(360) })] })];
    assert.equal(urgency([], { persons }).tier, "R4");
    assert.equal(urgency(flags("infant"), { persons }).tier, "R2");
    assert.equal(urgency(flags("infant", "prior-referral")).tier, "R2");
    assert.equal(urgency(flags("infant"), {}, { linkedTier: "R1" }).tier, "R1");
    assert.equal(urgency(flags("infant"), {}, { linkedTier: "R2" }).tier, "R2");
  });

  it("say nothing of a link to a subject of a lower tier", () => {
    const result = urgency(flags("infant"), {}, { linkedTier: "R5" });
    assert.equal(result.tier, "R2");
    assert.ok(!result.rules.includes("up.linked"));
  });
});

describe("lowering", () => {
  const viral = [...flags("distribution"), aboutFile(aFlag("viral"))];
  const lowering = (claims: Claim[], to: Tier = "R5"): Lowering => ({
    by: { kind: "person", id: "p-1", role: "analyst" },
    to,
    reason: "viral",
    at: new Date(TEST_NOW).toISOString(),
    seen: urgency(claims).seen,
  });

  it("is done by a person, and shown", () => {
    const result = urgency(viral, {}, { lowering: lowering(viral) });
    assert.equal(result.tier, "R5");
    assert.equal(result.ruledTier, "R3");
    assert.equal(result.lowering?.by.id, "p-1");
  });

  it("ends when something fires that the person had not seen", () => {
    const decision = lowering(viral);
    const result = urgency([...viral, ...flags("live-abuse")], {}, { lowering: decision });
    assert.equal(result.tier, "R1");
    assert.equal(result.lowering, undefined);
    assert.equal(urgency([...viral, ...flags("distribution")], {}, { lowering: decision }).tier, "R3");
    assert.equal(urgency(viral, {}, { lowering: decision, linkedTier: "R2" }).tier, "R2");
  });

  it("does not end because a clock comes near its end", () => {
    const persons = [exampleSuspect({ events: [exampleEvent({ moment: daysAgo(360) })] })];
    assert.equal(urgency(viral, { persons }, { lowering: lowering(viral) }).tier, "R5");
  });
});

describe("urgency of arbitrary reports", () => {
  it("never falls when a machine, a list, a sender or anybody else states a flag", () => {
    const flag = fc.constantFrom(...EVIDENCE_FLAGS, ...REPORT_FLAGS, ...PERSON_FLAGS);
    fc.assert(
      fc.property(arbitraryInput, flag, fc.boolean(), arbitrarySource, (input, flag, value, source) => {
        const before = assessed(input).urgency;
        const after = assessed({
          ...input,
          claims: [...input.claims, aboutReport(aFlag(flag, value), source)],
        }).urgency;
        assert.ok(
          tierNumber(after.tier) <= tierNumber(before.tier),
          `${flag} lowered ${before.tier} to ${after.tier}`,
        );
      }),
    );
  });

  it("never falls below an earlier tier by itself, and never rises because of one that was lower", () => {
    fc.assert(
      fc.property(arbitraryInput, fc.constantFrom(...TIERS), (input, previousTier) => {
        const { tier } = assessed(input).urgency;
        const after = assessed({ ...input, context: { ...input.context, previousTier } }).urgency.tier;
        assert.equal(tierNumber(after), Math.min(tierNumber(tier), tierNumber(previousTier)));
      }),
    );
  });

  it("comes from the highest rule that fires, raised by at most one", () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const { reasons, ruledTier } = assessed(input).urgency;
        const tiers = reasons.flatMap((reason) => ("tier" in reason ? [tierNumber(reason.tier)] : []));
        const base = Math.min(...tiers);
        const raised = reasons.some((reason) => !("tier" in reason));
        assert.equal(tierNumber(ruledTier), raised ? base - 1 : base);
      }),
    );
  });

  it("begins its reasons with the one that it stands there for", () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const { reasons, ruledTier } = assessed(input).urgency;
        const [first] = reasons;
        assert.ok(first !== undefined);
        const raised = reasons.some((reason) => !("tier" in reason));
        assert.equal("tier" in first ? first.tier : "raised", raised ? "raised" : ruledTier);
      }),
    );
  });
});
