import assert from "node:assert/strict";
import { test } from "node:test";
import type { OperatorHealth } from "@fairlead/station";
import { findingsOf } from "./running-station.ts";

const NOW = Date.parse("2026-11-22T12:00:00Z");
const well: OperatorHealth = {
  desk: {
    state: "well",
    checks: [
      { id: "pages-unanswered", state: "well", count: 0 },
      { id: "outward-channel", state: "not-configured", count: 0 },
    ],
  },
  workers: 2,
  due: 3,
  oldestDue: "2026-11-22T11:59:00Z",
  failing: 0,
  overdueReviews: [],
  tablesAgeDays: 10,
};
const bad = (parts: Partial<OperatorHealth>) =>
  findingsOf({ ...well, ...parts }, NOW).flatMap(({ check, ok, detail }) => (ok ? [] : [[check, detail]]));

test("a station at which all is well has nothing that is bad, and nothing is said of what it has not", () => {
  assert.deepEqual(bad({}), []);
  const checks = findingsOf(well, NOW).map(({ check }) => check);
  assert.ok(!checks.includes("outward-channel"));
});

test("whatever is wrong is said in plain words, with what to do about it", () => {
  const found: [Partial<OperatorHealth>, string, RegExp][] = [
    [
      { workers: 0 },
      "workers",
      /^processes at work: 0; nobody works: start a process with the role `worker`/,
    ],
    [{ oldestDue: "2026-11-22T11:50:00Z" }, "work", /the oldest for 10 minutes; work is stuck: restart/],
    [{ failing: 2, lastError: "work-up: full" }, "failing work", /^2 jobs.*the last said "work-up: full"$/],
    [{ overdueReviews: ["policy"] }, "rules", /overdue of policy; the law may have moved on/],
    [{ tablesAgeDays: 184 }, "network tables", /^made 184 days ago; .*install a newer version/],
  ];
  for (const [parts, check, words] of found) {
    const [first, ...others] = bad(parts);
    assert.deepEqual([first?.[0], others], [check, []]);
    assert.match(first?.[1] ?? "", words);
  }
});

test("what is red at the desk is red here, with what to do, since when, and what the channel said", () => {
  const since = "2026-11-22T11:00:00Z";
  const checks: OperatorHealth["desk"]["checks"] = [
    { id: "pages-unanswered", state: "red", count: 1, since },
    { id: "outward-channel", state: "red", count: 2, since, detail: "The webhook answered 500." },
  ];
  const [first, second] = bad({ desk: { state: "red", checks } });
  assert.match(
    first?.[1] ?? "",
    /^1 calls that nobody has answered.*since 2026-11-22T11:00:00Z; telephone somebody/,
  );
  assert.match(second?.[1] ?? "", /`paging` works \(The webhook answered 500\.\)$/);
});
