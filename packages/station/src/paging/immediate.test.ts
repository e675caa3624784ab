import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { assess, type Assessment, defaultRuleSet, type Lowering } from "@fairlead/assessment";
import { aboutReport, ANALYST, exampleContext, exampleReport, TEST_NOW } from "@fairlead/assessment/testing";
import type { Claim, Flag } from "@fairlead/report";
import * as fc from "fast-check";
import { immediateKeys, newPage } from "./immediate.ts";

const rules = defaultRuleSet();
const report = exampleReport();
const flag = (name: Flag, value = true): Claim => aboutReport({ kind: "flag", flag: name, value }, ANALYST);

/** A report as a station sees it over time: claims come, people lower, time goes by; and the pages that each step raised. */
class Life {
  readonly claims: Claim[] = [];
  readonly pages: string[][] = [];
  last: Assessment | undefined;
  #lowering: Lowering | undefined;
  #linked: "R1" | "R2" | undefined;

  step(): boolean {
    const context = exampleContext({
      previousTier: this.last?.urgency.tier,
      lowering: this.#lowering,
      linkedTier: this.#linked,
    });
    const result = assess(report, this.claims, context, rules, TEST_NOW);
    const page = newPage(result, { report, claims: this.claims }, this.last, this.pages.flat());
    this.last = result;
    if (page !== undefined) this.pages.push(page.fresh);
    return page !== undefined;
  }
  say(...claims: Claim[]): boolean {
    this.claims.push(...claims);
    return this.step();
  }
  link(tier: "R1" | "R2"): boolean {
    this.#linked = tier;
    return this.step();
  }
  lower(): boolean {
    this.#lowering = {
      by: { kind: "person", id: "p-1", role: "lead" },
      to: "R5",
      reason: "a practice",
      at: "2026-11-20T10:00:00Z",
      seen: this.last?.urgency.seen ?? [],
    };
    return this.step();
  }
}

describe("a page", () => {
  it("is raised when a report becomes R1, with the text, the field, its words and who says so", () => {
    const claims = [flag("live-abuse")];
    const result = assess(report, claims, exampleContext(), rules, TEST_NOW);
    assert.deepEqual(newPage(result, { report, claims }, undefined, []), {
      triggers: [
        {
          code: "r1.live-abuse",
          text: "Abuse is said to be going on, or was streamed live.",
          path: "/claims/0",
          source: "analyst p-1",
          says: "live abuse",
        },
      ],
      fresh: ["r1.live-abuse@/claims/0"],
    });
  });

  it("says what the sender wrote when the sender asked for immediate attention", () => {
    const claims: Claim[] = [aboutReport({ kind: "escalation", text: "The kite is falling now." }, ANALYST)];
    const result = assess(report, claims, exampleContext(), rules, TEST_NOW);
    const [trigger] = newPage(result, { report, claims }, undefined, [])?.triggers ?? [];
    assert.equal(trigger?.says, "escalated: The kite is falling now.");
  });

  it("is not raised again while nothing new fires, whatever else is said", () => {
    const life = new Life();
    assert.equal(life.say(flag("threat-to-life")), true);
    assert.equal(life.step(), false);
    assert.equal(life.say(flag("grooming"), flag("infant")), false);
    assert.equal(life.link("R1"), false);
    assert.equal(life.say(flag("abduction")), true);
    assert.deepEqual(life.pages[1], ["r1.abduction@/claims/3"]);
  });

  it("is raised again after a lead has lowered the tier, by a new trigger and by nothing else", () => {
    const life = new Life();
    life.say(flag("live-abuse"));
    assert.equal(life.lower(), false);
    assert.equal(life.last?.urgency.tier, "R5");
    assert.equal(life.step(), false);
    assert.equal(life.say(flag("meeting-within-72h")), true);
  });

  it("is raised for what a link lifts to R1, and once only", () => {
    const life = new Life();
    assert.equal(life.say(flag("sextortion")), false);
    assert.equal(life.link("R1"), true);
    assert.equal(life.step(), false);
    assert.equal(life.say(flag("distribution")), false);
    assert.equal(life.say(flag("live-abuse")), true);
  });

  it("is not raised for a report that stood at R1 before there were pages", () => {
    const life = new Life();
    life.say(flag("live-abuse"));
    life.pages.length = 0;
    assert.equal(life.step(), false);
  });

  it("counts a ninth statement of one kind as new, though only eight are listed", () => {
    const life = new Life();
    life.say(...Array.from({ length: 8 }, () => flag("live-abuse")));
    assert.equal(life.say(flag("live-abuse")), true);
    assert.deepEqual(life.pages[1], ["r1.live-abuse@/claims/8"]);
  });

  it("is raised exactly when a report becomes R1 or a key is immediate that no page was about, along every history", () => {
    const flags = fc.constantFrom<Flag>(
      "live-abuse",
      "abduction",
      "sextortion",
      "infant",
      "grooming",
      "viral",
    );
    const steps = fc.oneof(
      fc.record({ kind: fc.constant("say" as const), flag: flags, value: fc.boolean() }),
      fc.record({ kind: fc.constant("lower" as const) }),
      fc.record({ kind: fc.constant("link" as const), tier: fc.constantFrom("R1" as const, "R2" as const) }),
    );
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 12 }), (history) => {
        const life = new Life();
        const paged = new Set<string>();
        life.step();
        for (const step of history) {
          const before = life.last?.urgency.tier;
          const raised =
            step.kind === "say"
              ? life.say(flag(step.flag, step.value))
              : step.kind === "lower"
                ? life.lower()
                : life.link(step.tier);
          assert.ok(life.last !== undefined);
          const keys = immediateKeys(life.last);
          const isR1 = life.last.urgency.tier === "R1";
          const isNew = keys.some((key) => !paged.has(key));
          assert.equal(raised, isR1 && (before !== "R1" || isNew));
          for (const key of keys) paged.add(key);
        }
      }),
    );
  });
});
