import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseMoment } from "@fairlead/report";
import * as fc from "fast-check";
import { defaultRuleSet } from "../rules/rule-set.ts";
import { ATTRIBUTE_NAMES } from "../sufficiency/attribute.ts";
import {
  aboutAddress,
  aboutFile,
  aFlag,
  arbitraryInput,
  assessed,
  attributableInput,
  daysAgo,
  exampleEvent,
  exampleFile,
  exampleReport,
  exampleSuspect,
  TEST_NOW,
  type AssessmentInput,
} from "../testing/index.ts";
import { EVENT_ITEMS } from "./event-items.ts";
import { FILE_ITEMS } from "./file-items.ts";
import { ITEM_IDS, whatIsMissing, type ItemId } from "./index.ts";
import { PERSON_ITEMS } from "./person-items.ts";

const rules = defaultRuleSet();
const missingFrom = ({ report, claims, context }: AssessmentInput) =>
  whatIsMissing(report, claims, context, rules, TEST_NOW);
const itemOf = (input: AssessmentInput, id: ItemId) =>
  missingFrom(input).items.find((item) => item.id === id);

/** A report that an item keeps from L3, by item. */
const SHORT_OF: Partial<Record<ItemId, AssessmentInput>> = {
  "file-viewed": attributableInput({ report: exampleReport() }),
  "file-content": attributableInput({
    report: exampleReport({
      claims: [aboutFile(aFlag("viewed-in-full"))],
      evidence: [
        exampleFile({ received: undefined, declaredHashes: [{ algorithm: "md5", value: "b".repeat(32) }] }),
      ],
    }),
  }),
  "event-port": attributableInput({ claims: [aboutAddress("carrier-nat")] }),
  "event-zone": withMoment(daysAgo(10).raw.slice(0, 19)),
  "event-second": withMoment(`${daysAgo(10).raw.slice(0, 16)}Z`),
  "event-time": withMoment(undefined),
  "event-of-upload": withEvents([exampleEvent({ kind: "login" })]),
};

function withMoment(raw: string | undefined): AssessmentInput {
  return withEvents([exampleEvent({ moment: raw === undefined ? undefined : parseMoment(raw) })]);
}

function withEvents(events: ReturnType<typeof exampleEvent>[]): AssessmentInput {
  const input = attributableInput();
  return { ...input, report: { ...input.report, persons: [exampleSuspect({ events })] } };
}

describe("what is missing from a report", () => {
  for (const [id, input] of Object.entries(SHORT_OF))
    it(`names ${id} as the next step where it is all that keeps a report from L3`, () => {
      const { level, next, items, whole } = missingFrom(input);
      assert.equal(level, id === "file-content" ? "L1" : "L2");
      assert.deepEqual(next, { level: "L3", items: [id] });
      assert.equal(items.find((item) => item.id === id)?.level, "L3");
      assert.equal(whole, "L3");
    });

  it("names two where it takes two, and neither of them alone is worth a level", () => {
    const input = attributableInput({ report: exampleReport(), claims: [aboutAddress("carrier-nat")] });
    const { next, items } = missingFrom(input);
    assert.deepEqual(next, { level: "L3", items: ["file-viewed", "event-port"] });
    const port = items.find(({ id }) => id === "event-port");
    assert.equal(port?.level, "L2");
    assert.deepEqual(port?.lifts, [{ attribute: "attribution", from: "A2", to: "A3" }]);
    assert.deepEqual(port?.paths, ["/report/persons/0/events/0/port"]);
  });

  it("offers nothing that is there, and no step where a sender could send no more", () => {
    const { items, next, level } = missingFrom(attributableInput());
    const offered = new Set(items.map(({ id }) => id));
    for (const id of ["file-viewed", "file-content", "event-zone", "event-time", "event-of-upload"] as const)
      assert.ok(!offered.has(id), id);
    assert.deepEqual([level, next], ["L3", undefined]);
  });

  it("takes a sender's no for something that it could change", () => {
    const claims = [aboutFile(aFlag("viewed-in-full", false))];
    assert.equal(
      itemOf(attributableInput({ report: exampleReport({ claims }) }), "file-viewed")?.level,
      "L3",
    );
  });

  it("never counts a possible number, address or file as known: the report is as it was", () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const before = structuredClone(input);
        missingFrom(input);
        assert.deepEqual(input, before);
      }),
      { numRuns: 50 },
    );
  });

  it("gives no item that lowers anything, and a next step that is higher and as small as can be", () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const { level, items, next, whole } = missingFrom(input);
        const { attributes } = assessed(input).sufficiency;
        assert.equal(level, assessed(input).sufficiency.level);
        for (const item of items)
          for (const { attribute, from, to } of item.lifts) {
            assert.equal(from, attributes[attribute]);
            assert.ok(to > from && ATTRIBUTE_NAMES.includes(attribute));
          }
        if (next === undefined) return;
        assert.ok(next.level > level && next.level <= whole);
        const alone = items.some((item) => item.level > level);
        assert.equal(next.items.length === 1, alone);
      }),
      { numRuns: 60 },
    );
  });

  it("is supplied once: what was supplied is not missing any more", () => {
    const all = [...FILE_ITEMS, ...EVENT_ITEMS, ...PERSON_ITEMS];
    assert.deepEqual(all.map(({ id }) => id).toSorted(), ITEM_IDS.toSorted());
    fc.assert(
      fc.property(arbitraryInput, fc.constantFrom(...all), ({ report, claims }, item) => {
        const once = item.supply({ report, claims }, TEST_NOW);
        const twice = item.supply(once, TEST_NOW);
        assert.deepEqual(twice.paths, []);
        assert.deepEqual(item.supply({ report, claims }, TEST_NOW), once);
      }),
      { numRuns: 300 },
    );
  });
});
