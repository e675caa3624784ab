import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { validateReport } from "@fairlead/report";
import { caseOf } from "../input/case.ts";
import { defaultRuleSet } from "../rules/rule-set.ts";
import {
  arbitraryInput,
  omissions,
  TEST_ADDRESSES,
  TEST_NOW,
  withoutNetworks,
  type AssessmentInput,
} from "../testing/index.ts";
import { rank } from "./attribute.ts";
import { levelNumber } from "./level.ts";
import { sufficiencyOf, type Sufficiency } from "./sufficiency.ts";

const rules = defaultRuleSet();
const grade = ({ report, claims, context }: AssessmentInput): Sufficiency =>
  sufficiencyOf(caseOf(report, claims, context, rules, TEST_NOW));
const level = (input: AssessmentInput): number => levelNumber(grade(input).level);

describe("sufficiency of arbitrary reports", () => {
  it("is asked only about reports that the model allows", () => {
    fc.assert(
      fc.property(arbitraryInput, ({ report }) => {
        const validation = validateReport(report, TEST_NOW);
        assert.ok(validation.ok, JSON.stringify(validation));
      }),
    );
  });

  it("(i) never grades an inference above L1, whatever else is there", () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const { attributes, level } = grade(input);
        if (rank(attributes.offence) <= 1) assert.ok(levelNumber(level) <= 1);
      }),
    );
  });

  it("(i) never grades above L1 once content, words and claims are gone and only metadata is left", () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const bare = {
          ...input,
          report: { ...input.report, evidence: [], statements: [], claims: [] },
          claims: input.claims.filter(({ about }) => about.kind !== "evidence"),
        };
        assert.ok(level(bare) <= 1);
      }),
    );
  });

  it("(iii) never grades higher without something that can only support", () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const before = level(input);
        for (const omission of omissions(input))
          if (omission.pull === "supports")
            assert.ok(
              level(omission.input) <= before,
              `${omission.path} raised L${before} to L${level(omission.input)}`,
            );
      }),
      { numRuns: 40 },
    );
  });

  it("(iii) never grades higher when nobody has said anything about an address's network", () => {
    fc.assert(
      fc.property(arbitraryInput, fc.constantFrom(...TEST_ADDRESSES), (input, address) => {
        assert.ok(level(withoutNetworks(input, address)) <= level(input));
      }),
    );
  });

  it("(iii) never grades higher when another network is stated for an address that hides its user", () => {
    fc.assert(
      fc.property(
        arbitraryInput,
        fc.constantFrom(...TEST_ADDRESSES),
        fc.constantFrom("vpn" as const, "tor" as const, "hosting" as const),
        (input, address, network) => {
          const claims = [
            ...input.claims,
            {
              about: { kind: "ip" as const, address },
              source: { kind: "list" as const, name: "Table" },
              states: { kind: "network" as const, network },
            },
          ];
          assert.ok(level({ ...input, claims }) <= level(input));
        },
      ),
    );
  });

  it("(v) says that it is decision support by naming the rules that made it", () => {
    fc.assert(fc.property(arbitraryInput, (input) => assert.equal(grade(input).ruleVersion, rules.version)));
  });

  it("names the best single question first whenever one step would raise the level", () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const { binding, wouldRaise, level } = grade(input);
        const [best] = wouldRaise;
        if (binding.length > 0)
          assert.ok(
            best !== undefined && best.expectedLevel > level,
            JSON.stringify({ binding, wouldRaise }),
          );
        const expected = wouldRaise.map((request) => levelNumber(request.expectedLevel));
        assert.deepEqual(
          expected,
          [...expected].sort((a, b) => b - a),
        );
      }),
    );
  });

  it("gives every reason a place that exists in what it was given", () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const { graded, reasons, unknown } = grade(input);
        const all = [
          ...reasons,
          ...unknown,
          ...Object.values(graded).flatMap((each) => [...each.reasons, ...each.holds]),
        ];
        for (const { path, code } of all) assert.ok(exists(input, path), `${code} points to ${path}`);
      }),
    );
  });
});

/** A path to an optional field that is missing is fine when its parent is there. */
function exists(input: AssessmentInput, path: string): boolean {
  const steps = path.split("/").slice(1, -1);
  return (
    steps.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], input) !==
    undefined
  );
}
