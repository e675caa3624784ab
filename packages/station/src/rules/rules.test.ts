import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { assess, defaultRuleSet, type RuleSet } from "@fairlead/assessment";
import { aFlag, attributableInput, SENDER, TEST_NOW } from "@fairlead/assessment/testing";
import type { ReportView } from "../desk-api/contract.ts";
import { deskOf } from "../testing/desk.ts";
import { accepted, testFile, testSender } from "../testing/report.ts";
import { endOfFile, prepareStation, startTestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";
import { backTestStation, readRules, rulesFrom } from "./index.ts";

const end = endOfFile();

test("a file of rules changes what it names, under a version of its own, and nothing else", () => {
  const read = rulesFrom(JSON.stringify({ version: "agency-1", currencyDays: 60 }));
  assert.ok(read.ok);
  const { linking, version, currencyDays, retention } = read.rules;
  assert.deepEqual([version, currencyDays], ["agency-1", 60]);
  assert.deepEqual([linking, retention], [defaultRuleSet().linking, defaultRuleSet().retention]);
});

test("a file of rules that could judge wrongly is refused, with the place of each fault", () => {
  const wrong: [string, string][] = [
    ["{", ""],
    ["[]", "/"],
    [JSON.stringify({ currencyDays: 60 }), "/version"],
    [JSON.stringify({ version: defaultRuleSet().version }), "/version"],
    [JSON.stringify({ version: "a", currencyDays: 1.5 }), "/currencyDays"],
    [JSON.stringify({ version: "a", curencyDays: 60 }), "/"],
    [JSON.stringify({ version: "a", directory: {} }), "/"],
    [JSON.stringify({ version: "a", linking: { dfCap: 1000 } }), "/"],
    [JSON.stringify({ version: "a", doubts: { clocks: [], sameEventSeconds: 86_400 } }), "/doubts"],
    [JSON.stringify({ version: "a", doubts: { clocks: ["Europe/Atlantis"] } }), "/doubts/clocks/0"],
  ];
  for (const [text, path] of wrong) {
    const read = rulesFrom(text);
    assert.ok(!read.ok, text);
    assert.equal(read.problems[0]?.path, path, text);
  }
});

test("a station adds the clocks of its senders to those that doubts are named by, and takes none away", () => {
  const read = rulesFrom(
    JSON.stringify({ version: "a", doubts: { clocks: ["Asia/Tokyo", "Europe/London"] } }),
  );
  assert.ok(read.ok);
  const base = defaultRuleSet();
  assert.deepEqual(
    read.rules.doubts.clocks.map(({ zone }) => zone),
    ["Europe/London", "Asia/Tokyo"],
  );
  const raw = "2026-11-12T09:00:00";
  const { report, claims, context } = attributableInput();
  const zoneless = { ...report, incident: { ...report.incident, occurred: { raw, zone: "none" as const } } };
  const couldBe = (rules: RuleSet) =>
    assess(zoneless, claims, context, rules, TEST_NOW).doubts?.find(
      ({ code }) => code === "doubt.zone-missing",
    )?.couldBe ?? [];
  assert.deepEqual(couldBe(base), ["2026-11-12T09:00:00Z"]);
  assert.deepEqual(couldBe(read.rules), ["2026-11-12T09:00:00Z", "2026-11-12T00:00:00Z"]);
});

test("a station judges by the file that its configuration names, and does not start with one that is wrong", async () => {
  const options = { id: "agency-one", profile: "platform" as const };
  const prepared = await prepareStation(end, options);
  const rules = join(prepared.dir, "rules.json");
  await writeFile(rules, JSON.stringify({ version: "agency-1", currencyDays: 60 }));
  const at = await startTestStation(end, { ...options, config: { rules } }, prepared);
  assert.equal(at.station.rules.version, "agency-1");
  await writeFile(rules, JSON.stringify({ version: "agency-1", currencyDays: -60 }));
  await assert.rejects(readRules(rules), /currencyDays/);
  await assert.rejects(readRules(join(prepared.dir, "nothing.json")), /cannot be read/);
});

test("a back-test says which reports other rules would judge otherwise and whether something came of them, and changes nothing", async () => {
  const at = await startTestStation(end, {
    id: "agency-two",
    profile: "platform",
    config: { roles: ["intake", "desk"] },
  });
  const sender = await testSender(at);
  const lead = await deskOf(at, "lead");
  const ids: string[] = [];
  for (const flag of ["grooming", "spam"] as const) {
    const claims = [{ about: { kind: "report" as const }, source: SENDER, states: aFlag(flag) }];
    const id = await accepted(sender, [testFile()], { claims });
    await workUp(at.station, { reportId: id });
    ids.push(id);
  }
  const arrest = await lead.request("POST", `/api/reports/${ids[0]}/outcomes`, {
    kind: "arrest",
    arrests: 1,
  });
  assert.equal(arrest.status, 200);
  const before = await lead.report(ids[0] ?? "");
  const base = at.station.rules;
  // Everything older than a day is no longer kept by a provider: clocks run out, and urgency rises with them.
  const tried = {
    ...base,
    version: "tried",
    retention: base.retention.map((rule) => ({ ...rule, months: 1 })),
    clockModifierDays: 60,
  };
  const same = await backTestStation(at.station, base, { ...base, version: "same" });
  assert.deepEqual([same.cases, same.changed, same.mattered.cases], [2, [], 1]);
  const { cases, changed, numbers, a, b } = await backTestStation(at.station, base, tried);
  assert.deepEqual([cases, a.ruleVersion, b.ruleVersion], [2, base.version, "tried"]);
  // The other is one tier up already, by its link to this one; what lifts does so once.
  assert.deepEqual(
    changed.map(({ id, mattered, tier }) => [id, mattered, tier]),
    [[ids[0], true, { a: "R3", b: "R2" }]],
  );
  assert.equal(numbers[ids[0] ?? ""], before.entry.number);
  assert.deepEqual(withoutIndices(await lead.report(ids[0] ?? "")), withoutIndices(before));
});

/** The audit log gives a leaf its place when its own job runs, which may be between two readings. */
function withoutIndices({ history, ...report }: ReportView) {
  return { ...report, history: history.map((leaf) => ({ ...leaf, index: undefined })) };
}
