import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultRuleSet } from "@fairlead/assessment";
import { accuracyOf } from "./accuracy.ts";
import { openGathered } from "./gather.ts";

test("a person is told from another however many nodes the index has", () => {
  const small = openGathered(3, defaultRuleSet());
  const { index } = small;
  const year = {
    ...small,
    index: { ...index, state: { ...index.state, nodes: 2 ** 25 } },
    reports: 3,
    person: Uint32Array.of(0, 0, 1),
  };
  const { subjects } = accuracyOf(year, new Uint8Array(3));
  assert.deepEqual(subjects, { count: 3, precision: 1, recall: (0.5 + 0.5 + 1) / 3, largest: 1 / 3 });
});
