import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { PersonKey, ReportId } from "@fairlead/report";
import { components } from "../components.ts";
import { edgeName, nodeName, type Edge, type LinkNode } from "../edge.ts";
import type { HeldKey, HeldReport, LinkingKey } from "../key.ts";
import { defaultLinkRules } from "../link-rules.ts";
import { linkReports } from "../link-reports.ts";
import type { PersonFact } from "../person-fact.ts";
import { decisionName, valueName, type Decision, type ValueName } from "./decision.ts";
import { openSubjectIndex, type Subject, type SubjectIndex } from "./subject-index.ts";
import { subjectsOf } from "./subjects-of.ts";

const RULES = { ...defaultLinkRules, dfCap: 3, maxComponent: 5 };
const REPORTS = 8;

const reportId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}` as ReportId;
const PERSONS = ["suspect-1", "suspect-2", "victim-1", undefined] as const;

const arbitraryPerson = fc.constantFrom(...PERSONS);
const arbitraryNode: fc.Arbitrary<LinkNode> = fc
  .record({ report: fc.nat(REPORTS - 1).map(reportId), person: arbitraryPerson })
  .map(({ report, person }) => (person === undefined ? { report } : { report, person: person as PersonKey }));

const VALUES: readonly ValueName[] = [
  { kind: "account", value: "a" },
  { kind: "account", value: "b" },
  { kind: "phone", value: "c" },
  { kind: "email", value: "d" },
  { kind: "file", value: "e" },
  { kind: "address-v4", value: "192.0.2.7" },
];
const arbitraryValue = fc.constantFrom(...VALUES);

const arbitraryKey: fc.Arbitrary<LinkingKey> = fc
  .record({
    name: arbitraryValue,
    person: arbitraryPerson,
    strength: fc.constantFrom(
      "strong" as const,
      "strong" as const,
      "strong" as const,
      "medium" as const,
      "never" as const,
    ),
    holder: fc.constantFrom("one", "two", "three", "four", "five"),
  })
  .map(({ name, person, strength, holder }) => ({
    ...name,
    strength,
    why: `the same ${name.kind}`,
    role: person === "victim-1" ? ("victim" as const) : ("suspect" as const),
    ...(person === undefined ? {} : { person: person as PersonKey }),
    holder: `account:${holder}`,
    path: "",
    from: 0,
    to: 0,
  }));

const arbitraryReport: fc.Arbitrary<HeldReport> = fc
  .record({
    report: fc.nat(REPORTS - 1).map(reportId),
    receivedAt: fc.nat(1000),
    keys: fc.array(arbitraryKey, { maxLength: 6 }),
    facts: fc.array(
      fc.record({
        person: fc.constantFrom("suspect-1" as PersonKey, "victim-1" as PersonKey),
        kind: fc.constant("date-of-birth" as const),
        value: fc.constantFrom("1980-01-01", "1990-01-01"),
        verified: fc.boolean(),
      }),
      { maxLength: 1 },
    ),
  })
  // One person of a report has one key of one value and role, as linkingKeys gives them.
  .map((report) => ({
    ...report,
    keys: [...new Map(report.keys.map((key) => [`${valueName(key)} ${key.person}`, key])).values()],
  }));

const arbitraryDecision: fc.Arbitrary<Decision> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("different" as const), a: arbitraryNode, b: arbitraryNode }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("same" as const), a: arbitraryNode, b: arbitraryNode }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("never-link" as const), value: arbitraryValue }) },
);

type Act =
  | { act: "add"; report: HeldReport }
  | { act: "remove"; reports: ReportId[] }
  | { act: "remove-key"; node: LinkNode; value: ValueName }
  | { act: "decide"; decision: Decision }
  | { act: "undo"; which: number };

const arbitraryHistory: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ act: fc.constant("add" as const), report: arbitraryReport }) },
    {
      weight: 2,
      arbitrary: fc.record({
        act: fc.constant("remove" as const),
        reports: fc.array(fc.nat(REPORTS - 1).map(reportId), { maxLength: 3 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        act: fc.constant("remove-key" as const),
        node: arbitraryNode,
        value: arbitraryValue,
      }),
    },
    { weight: 3, arbitrary: fc.record({ act: fc.constant("decide" as const), decision: arbitraryDecision }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant("undo" as const), which: fc.nat(10) }) },
  ),
  { minLength: 1, maxLength: 30 },
);

/** What is held and decided after a history, beside the index. */
interface World {
  reports: Map<string, HeldReport>;
  decisions: Map<string, Decision>;
}

function live(index: SubjectIndex, { reports, decisions }: World, act: Act): void {
  switch (act.act) {
    case "add":
      index.add(act.report);
      reports.set(act.report.report, act.report);
      return;
    case "remove":
      index.remove(act.reports);
      for (const id of act.reports) reports.delete(id);
      return;
    case "remove-key": {
      index.removeKey(act.node, act.value);
      const held = reports.get(act.node.report);
      if (held === undefined) return;
      const keys = held.keys.filter(
        (key) => key.person !== act.node.person || valueName(key) !== valueName(act.value),
      );
      reports.set(held.report, { ...held, keys });
      return;
    }
    case "decide":
      index.decide(act.decision);
      decisions.set(decisionName(act.decision), act.decision);
      return;
    case "undo": {
      const decision = [...decisions.values()][act.which];
      if (decision === undefined) return;
      index.undo(decision);
      decisions.delete(decisionName(decision));
    }
  }
}

/**
 * The subjects by the book: a link for every pair of reports that `judge` calls strong, without the values that speak against
 * themselves; quadratic, and with nothing in common with the index but `judge`.
 */
function byTheBook({ reports, decisions }: World): Array<{ members: string[]; frozen: boolean }> {
  const held: HeldKey[] = [...reports.values()].flatMap((report) =>
    report.keys.map((key) => ({ ...key, report: report.report, receivedAt: report.receivedAt })),
  );
  const facts = new Map<string, PersonFact>();
  for (const { report, keys, facts: stated } of reports.values())
    for (const fact of stated ?? [])
      if (fact.verified && keys.some(({ person }) => person === fact.person))
        facts.set(nodeName({ report, person: fact.person }), fact);
  const differ = (a: string, b: string): boolean => {
    const [one, other] = [facts.get(a), facts.get(b)];
    return (
      (one !== undefined && other !== undefined && one.value !== other.value) ||
      [...decisions.values()].some(
        (decision) =>
          decision.kind === "different" &&
          nodeName(decision.a) !== nodeName(decision.b) &&
          [nodeName(decision.a), nodeName(decision.b)].toSorted().join() === [a, b].toSorted().join(),
      )
    );
  };
  const frequency = (kind: string, value: string) =>
    new Set(held.flatMap((key) => (key.kind === kind && key.value === value ? [key.holder] : []))).size;
  const speaksForItself = ({ kind, value, from }: Edge): boolean => {
    if (decisions.has(decisionName({ kind: "never-link", value: { kind, value } }))) return false;
    const role = held.find((key) => nodeName(key) === nodeName(from) && key.value === value)?.role;
    const names = held.flatMap((key) =>
      key.kind === kind && key.value === value && key.role === role && key.strength === "strong"
        ? [nodeName(key)]
        : [],
    );
    return !names.some((a) => names.some((b) => differ(a, b)));
  };
  const edges = [...reports.values()].flatMap((report) =>
    linkReports(report, held, frequency, RULES).edges.filter((edge) => edge.joins && speaksForItself(edge)),
  );
  const nodes = new Set(held.map(nodeName));
  for (const decision of decisions.values()) {
    if (decision.kind !== "same") continue;
    const [from, to] = [decision.a, decision.b];
    if (!nodes.has(nodeName(from)) || !nodes.has(nodeName(to)) || nodeName(from) === nodeName(to)) continue;
    if (decisions.has(decisionName({ kind: "different", a: from, b: to }))) continue;
    edges.push({ from, to, kind: "account", value: "decision", strength: "strong", joins: true, why: "" });
  }
  return components(
    [...new Map(edges.map((edge) => [edgeName(edge), edge])).values()],
    RULES.maxComponent,
  ).map(({ members, frozen }) => {
    const names = members.map(nodeName);
    return { members: names, frozen: frozen || names.some((a) => names.some((b) => differ(a, b))) };
  });
}

const plain = (subjects: readonly Subject[]) =>
  subjects.map(({ members, frozen }) => ({ members: members.map(nodeName), frozen }));

const emptyWorld = (): World => ({ reports: new Map(), decisions: new Map() });

describe("subjects of arbitrary histories", () => {
  it("are those that strong links between every two reports would make, after every step", () => {
    fc.assert(
      fc.property(arbitraryHistory, (history) => {
        const index = openSubjectIndex(RULES);
        const world = emptyWorld();
        for (const act of history) {
          live(index, world, act);
          assert.deepEqual(plain(index.subjects()), byTheBook(world));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("are the same from scratch, in any order", () => {
    fc.assert(
      fc.property(
        arbitraryHistory.chain((history) => {
          const world = emptyWorld();
          const index = openSubjectIndex(RULES);
          for (const act of history) live(index, world, act);
          const reports = [...world.reports.values()];
          const decisions = [...world.decisions.values()];
          return fc.record({
            index: fc.constant(index),
            reports: fc.shuffledSubarray(reports, { minLength: reports.length }),
            decisions: fc.shuffledSubarray(decisions, { minLength: decisions.length }),
          });
        }),
        ({ index, reports, decisions }) => {
          assert.deepEqual(plain(subjectsOf(reports, decisions, RULES)), plain(index.subjects()));
        },
      ),
    );
  });

  it("hold what their links and chains say", () => {
    fc.assert(
      fc.property(arbitraryHistory, (history) => {
        const index = openSubjectIndex(RULES);
        const world = emptyWorld();
        for (const act of history) live(index, world, act);
        for (const { report, keys } of world.reports.values())
          for (const { person } of keys) {
            const node: LinkNode = person === undefined ? { report } : { report, person };
            const members = new Set(index.subjectOf(node)?.members.map(nodeName));
            assert.ok(members.has(nodeName(node)));
            for (const { from, to, joins } of index.linksOf(node, 100).edges)
              if (joins) assert.ok(members.has(nodeName(from)) && members.has(nodeName(to)));
            for (const other of index.subjectOf(node)?.members ?? []) {
              const chain = index.explain(node, other) ?? [];
              assert.deepEqual(chain.map(({ to }) => nodeName(to)).at(-1) ?? nodeName(node), nodeName(other));
            }
          }
      }),
    );
  });
});
