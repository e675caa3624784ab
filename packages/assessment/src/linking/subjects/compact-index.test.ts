import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { defaultLinkRules } from "../link-rules.ts";
import { compactKeys, putKey } from "./attachments.ts";
import { openCompactIndex, type CompactIndex } from "./compact-index.ts";
import { compactSubjectOf, compactSubjects } from "./compact-subject.ts";
import { hashHolder, hashValue, type HashKey } from "./value-hash.ts";

const KEY: HashKey = [0x1234_5678, 0x0bad_cafe];
const keys = compactKeys(1);

/** Adds a suspect of a report of its own who holds these strongly. */
function put(index: CompactIndex, report: number, values: readonly string[], holder = `${report}`): number {
  keys.count = 0;
  for (const value of values)
    putKey(keys, hashValue("account", value, KEY), hashHolder(holder, KEY), "strong", 0);
  return index.add(report, keys);
}

/** Subjects as lists of report numbers, in order. */
function reportsOf(index: CompactIndex): number[][] {
  const reports = index.state.reports;
  return Array.from(compactSubjects(index.state), (node) =>
    compactSubjectOf(index.state, node)
      .members.map((member) => reports[member]!)
      .sort((a, b) => a - b),
  ).sort((a, b) => a[0]! - b[0]!);
}

describe("an index over numbers", () => {
  it("gives the same subjects after thousands of removals as one that never held what went", () => {
    const values = Array.from({ length: 1500 }, (_, n) => `chat/${n}`);
    const arbitraryWorld = fc.array(
      fc.record({ values: fc.subarray(values, { maxLength: 2 }), stays: fc.boolean() }),
      { minLength: 1500, maxLength: 2000 },
    );
    fc.assert(
      fc.property(arbitraryWorld, (world) => {
        const index = openCompactIndex(defaultLinkRules);
        const only = openCompactIndex(defaultLinkRules);
        const going: number[] = [];
        for (const [report, { values: held, stays }] of world.entries()) {
          const node = put(index, report, held);
          if (stays) put(only, report, held);
          else going.push(node);
        }
        for (let from = 0; from < going.length; from += 50) index.remove(going.slice(from, from + 50));
        assert.deepEqual(reportsOf(index), reportsOf(only));
        // Numbers that are free again serve others, and what they held before is forgotten.
        for (const [report, { values: held, stays }] of world.entries()) if (!stays) put(index, report, held);
        const again = openCompactIndex(defaultLinkRules);
        for (const [report, { values: held }] of world.entries()) put(again, report, held);
        assert.deepEqual(reportsOf(index), reportsOf(again));
        assert.equal(index.state.nodes, world.length);
      }),
      { numRuns: 10 },
    );
  });

  it("joins nobody by 50,000 reports of one value, and stays as quick for it", () => {
    const index = openCompactIndex(defaultLinkRules);
    for (let report = 0; report < 50_000; report += 1) put(index, report, ["kite", `own/${report}`]);
    assert.deepEqual(reportsOf(index), []);
    index.remove(Array.from({ length: 49_990 }, (_, node) => node));
    assert.deepEqual(reportsOf(index), [Array.from({ length: 10 }, (_, n) => 49_990 + n)]);
  });

  it("keeps an attachment in less than 40 bytes", () => {
    const index = openCompactIndex(defaultLinkRules, {
      nodes: 25_000,
      attachments: 100_000,
      values: 100_000,
    });
    for (let report = 0; report < 25_000; report += 1)
      put(
        index,
        report,
        ["a", "b", "c", "d"].map((each) => `${each}/${report}`),
      );
    assert.ok(index.bytes() / 100_000 < 40, `${index.bytes() / 100_000} bytes`);
  });

  it("refuses a cap that it cannot count to", () => {
    for (const dfCap of [0, 65_535, Number.NaN])
      assert.throws(() => openCompactIndex({ ...defaultLinkRules, dfCap }), /dfCap is/);
  });
});
