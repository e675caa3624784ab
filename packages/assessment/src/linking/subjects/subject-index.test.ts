import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { PersonKey, ReportId } from "@fairlead/report";
import { nodeName, type LinkNode } from "../edge.ts";
import type { HeldReport, KeyKind, LinkingKey, Strength } from "../key.ts";
import { defaultLinkRules } from "../link-rules.ts";
import { openSubjectIndex, type SubjectIndex } from "./subject-index.ts";
import { subjectsOf } from "./subjects-of.ts";

const SUSPECT = "suspect-1" as PersonKey;
const reportId = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}` as ReportId;
const node = (n: number): LinkNode => ({ report: reportId(n), person: SUSPECT });

/** What a suspect of report n holds; each has an account of their own unless `holder` says otherwise. */
const held = (
  n: number,
  keys: ReadonlyArray<readonly [KeyKind, string, Strength?]>,
  { holder = `account:chat/${n}`, ...parts }: Partial<HeldReport> & { holder?: string } = {},
): HeldReport => ({
  report: reportId(n),
  receivedAt: n,
  keys: keys.map(
    ([kind, value, strength = "strong"]): LinkingKey => ({
      kind,
      value,
      strength,
      why: `the same ${kind}`,
      role: "suspect",
      person: SUSPECT,
      holder,
      path: "",
      from: n,
      to: n,
    }),
  ),
  ...parts,
});

const filled = (reports: Iterable<HeldReport>, rules = defaultLinkRules): SubjectIndex => {
  const index = openSubjectIndex(rules);
  for (const report of reports) index.add(report);
  return index;
};
const sizes = (index: SubjectIndex) =>
  index
    .subjects()
    .map(({ members }) => members.length)
    .sort((a, b) => b - a);
const count = (length: number, make: (n: number) => HeldReport) => Array.from({ length }, (_, n) => make(n));

describe("explosions do not happen", () => {
  it("one file in 50,000 reports makes no subject, and nobody's links grow by it", () => {
    const index = filled(
      count(50_000, (n) =>
        held(n, [
          ["file", "a", "medium"],
          ["account", `chat/${n}`],
        ]),
      ),
    );
    assert.deepEqual(index.subjects(), []);
    assert.deepEqual(index.linksOf(node(7), 10).edges, []);
    assert.match(index.linksOf(node(7), 10).refused[0]?.why ?? "", /more than 25 holders/);
  });

  it("5,000 accounts behind one address make no subject, even if something calls the address strong", () => {
    for (const strength of ["medium", "strong"] as const) {
      const index = filled(count(5000, (n) => held(n, [["address-v4", "192.0.2.7", strength]])));
      assert.deepEqual(index.subjects(), []);
    }
    // Few enough to be counted: they are suggested, and still not joined.
    const few = filled(count(3, (n) => held(n, [["address-v4", "192.0.2.7", "strong"]])));
    assert.deepEqual(few.subjects(), []);
    assert.deepEqual(
      few.linksOf(node(0), 10).edges.map(({ strength }) => strength),
      ["medium", "medium"],
    );
  });

  it("a verified telephone joins until too many have it, then nobody, and again when they are gone", () => {
    const index = openSubjectIndex(defaultLinkRules);
    const phone = (n: number) => held(n, [["phone", "+447700900123"]]);
    for (let n = 0; n < 25; n += 1) index.add(phone(n));
    assert.deepEqual(sizes(index), [25]);
    for (let n = 25; n < 40; n += 1) index.add(phone(n));
    assert.deepEqual(sizes(index), []);
    assert.equal(index.standing({ kind: "phone", value: "+447700900123" })?.standing, "nothing");
    index.remove(Array.from({ length: 15 }, (_, n) => reportId(n)));
    assert.deepEqual(sizes(index), [25]);
    assert.equal(index.standing({ kind: "phone", value: "+447700900123" })?.standing, "joins");
  });

  it("what a common value held together falls apart, and what others hold together stays", () => {
    const index = openSubjectIndex(defaultLinkRules);
    for (let n = 0; n < 20; n += 1)
      index.add(
        held(
          n,
          [
            ["phone", "+447700900123"],
            ["account", `chat/${n % 5}`],
          ],
          { holder: `account:chat/${n % 5}` },
        ),
      );
    assert.deepEqual(sizes(index), [20]);
    for (let n = 20; n < 41; n += 1) index.add(held(n, [["phone", "+447700900123"]]));
    assert.deepEqual(sizes(index), [4, 4, 4, 4, 4]);
  });

  it("one account reported 500 times is one subject, frozen for its size and shown with what holds it", () => {
    const index = filled(count(500, (n) => held(n, [["account", "chat/1"]], { holder: "account:chat/1" })));
    const subject = index.subjectOf(node(3));
    assert.equal(subject?.members.length, 500);
    assert.deepEqual(subject.why, ["too-large"]);
    assert.deepEqual(subject.bridges[0]?.value, { kind: "account", value: "chat/1" });
    assert.equal(subject.bridges[0].parts.length, 500);
  });
});

describe("links go", () => {
  const chain = [
    held(0, [["account", "x"]], { holder: "account:x" }),
    held(
      1,
      [
        ["account", "x"],
        ["phone", "+447700900123"],
      ],
      { holder: "account:x" },
    ),
    held(
      2,
      [
        ["phone", "+447700900123"],
        ["account", "y"],
      ],
      { holder: "account:y" },
    ),
    held(3, [["account", "y"]], { holder: "account:y" }),
  ];

  it("and a subject splits where its one link was", () => {
    const index = filled(chain);
    assert.deepEqual(sizes(index), [4]);
    index.removeKey(node(1), { kind: "phone", value: "+447700900123" });
    assert.deepEqual(sizes(index), [2, 2]);
    index.add(chain[1]!);
    assert.deepEqual(sizes(index), [4]);
    index.remove([reportId(2)]);
    assert.deepEqual(sizes(index), [2]);
  });

  it("and who held a value that others still share is out of their subject", () => {
    const index = filled([
      held(0, [
        ["account", "x"],
        ["phone", "+447700900123"],
      ]),
      held(1, [["account", "x"]]),
      held(2, [["account", "x"]]),
    ]);
    index.removeKey(node(0), { kind: "account", value: "x" });
    assert.deepEqual(index.subjectOf(node(0))?.members, [node(0)]);
    assert.deepEqual(sizes(index), [2]);
  });

  it("and who holds nothing any more is nobody", () => {
    const index = filled([held(0, [["account", "x"]]), held(1, [["account", "x"]])]);
    index.removeKey(node(0), { kind: "account", value: "x" });
    assert.equal(index.subjectOf(node(0)), undefined);
    index.decide({ kind: "same", a: node(0), b: node(1) });
    assert.deepEqual(sizes(index), []);
  });

  it("and each step of a chain is named", () => {
    const index = filled(chain);
    assert.deepEqual(index.explain(node(0), node(3)), [
      { from: node(0), to: node(1), by: { kind: "account", value: "x" } },
      { from: node(1), to: node(2), by: { kind: "phone", value: "+447700900123" } },
      { from: node(2), to: node(3), by: { kind: "account", value: "y" } },
    ]);
    index.removeKey(node(1), { kind: "phone", value: "+447700900123" });
    assert.equal(index.explain(node(0), node(3)), undefined);
  });
});

describe("evidence against", () => {
  const phone = [["phone", "+447700900123"]] as const;
  const born = (value: string, verified: boolean) => ({
    facts: [{ person: SUSPECT, kind: "date-of-birth" as const, value, verified }],
  });

  it("of two verified dates of birth makes their value suggest only, and asks for a look", () => {
    const index = filled([
      held(0, phone, born("1980-01-01", true)),
      held(1, phone, born("1990-01-01", true)),
      held(2, phone),
    ]);
    assert.deepEqual(sizes(index), []);
    const standing = index.standing({ kind: "phone", value: "+447700900123" });
    assert.deepEqual([standing?.standing, standing?.review], ["suggests", "different-persons-hold-it"]);
    assert.deepEqual(
      index.linksOf(node(2), 10).edges.map(({ strength, joins }) => [strength, joins]),
      [
        ["medium", false],
        ["medium", false],
      ],
    );
    index.remove([reportId(1)]);
    assert.deepEqual(sizes(index), [2]);
  });

  it("of two dates that nobody verified asks for a look and blocks nothing", () => {
    const index = filled([
      held(0, phone, born("1980-01-01", false)),
      held(1, phone, born("1990-01-01", true)),
    ]);
    assert.deepEqual(sizes(index), [2]);
    assert.deepEqual(
      index.reviews().map(({ review }) => review),
      ["dates-of-birth-differ"],
    );
  });

  it("of a person who says that two are not the same blocks each value between them until it is taken back", () => {
    const index = filled([
      held(0, [...phone, ["email", "kite@example.com"]]),
      held(1, [...phone, ["email", "kite@example.com"]]),
      held(2, phone),
    ]);
    const decision = { kind: "different", a: node(1), b: node(0) } as const;
    index.decide(decision);
    assert.deepEqual(sizes(index), []);
    assert.deepEqual(
      index.linksOf(node(0), 10).edges.map(({ to }) => nodeName(to)),
      [nodeName(node(2))],
    );
    index.undo(decision);
    assert.deepEqual(sizes(index), [3]);
  });

  it("freezes a subject that holds two different persons by a detour, and shows the bridges", () => {
    const index = filled([
      held(0, [["account", "x"]]),
      held(1, [["account", "x"]]),
      held(2, [
        ["account", "x"],
        ["phone", "+447700900123"],
      ]),
      held(3, [
        ["account", "y"],
        ["phone", "+447700900123"],
      ]),
      held(4, [["account", "y"]]),
      held(5, [["account", "y"]]),
    ]);
    index.decide({ kind: "different", a: node(0), b: node(5) });
    const subject = index.subjectOf(node(1));
    assert.deepEqual([subject?.members.length, subject?.why], [6, ["different-persons"]]);
    assert.deepEqual(subject?.bridges[0]?.parts, [3, 3]);
    assert.ok(
      subject?.bridges.some(({ value, holder }) => value?.kind === "phone" && holder === undefined),
      "the telephone is shown as what holds both halves together",
    );
  });

  it("on a never-list silences a value, before and after it is held", () => {
    const index = openSubjectIndex(defaultLinkRules);
    const decision = { kind: "never-link", value: { kind: "phone", value: "+447700900123" } } as const;
    index.decide(decision);
    index.add(held(0, phone));
    index.add(held(1, phone));
    assert.deepEqual(sizes(index), []);
    assert.match(index.linksOf(node(0), 5).refused[0]?.why ?? "", /list of values/);
    index.undo(decision);
    assert.deepEqual(sizes(index), [2]);
  });

  it("asks for a look where a victim's value is a suspect's elsewhere, and a person's yes joins them", () => {
    const index = filled([held(0, phone)]);
    const victim = held(1, phone);
    index.add({
      ...victim,
      keys: victim.keys.map((key) => ({ ...key, role: "victim", person: "victim-1" as PersonKey })),
    });
    assert.deepEqual(sizes(index), []);
    assert.equal(index.reviews()[0]?.review, "victim-and-suspect");
    index.decide({ kind: "same", a: node(0), b: { report: reportId(1), person: "victim-1" as PersonKey } });
    assert.deepEqual(sizes(index), [2]);
    assert.equal(
      index.explain(node(0), { report: reportId(1), person: "victim-1" as PersonKey })?.[0]?.by,
      "decision",
    );
  });
});

describe("links for people to look at", () => {
  it("come strongest first, then rarest, then newest, and no more than asked for", () => {
    const index = filled([
      held(0, [
        ["account", "x"],
        ["phone", "+447700900123"],
        ["user-name", "kite", "medium"],
      ]),
      held(1, [["user-name", "kite", "medium"]]),
      held(2, [["account", "x"]], { holder: "account:chat/0" }),
      held(3, [["account", "x"]], { holder: "account:chat/0" }),
      held(4, [["phone", "+447700900123"]]),
    ]);
    const other = ({ from, to }: { from: LinkNode; to: LinkNode }) =>
      Number((from.report === reportId(0) ? to : from).report.slice(-2));
    assert.deepEqual(index.linksOf(node(0), 10).edges.map(other), [3, 2, 4, 1]);
    assert.deepEqual(index.linksOf(node(0), 2).edges.map(other), [3, 2]);
  });

  it("come strongest first even where a weaker one is rarer", () => {
    const index = filled([
      held(0, [
        ["phone", "+447700900123"],
        ["device", "d", "medium"],
      ]),
      held(1, [["device", "d", "medium"]]),
      held(2, [["phone", "+447700900123"]]),
      held(3, [["phone", "+447700900123"]]),
    ]);
    assert.deepEqual(
      index.linksOf(node(0), 10).edges.map(({ kind }) => kind),
      ["phone", "phone", "device"],
    );
  });

  it("say in bits how rare a value is, up to a limit", () => {
    const index = filled(
      count(64, (n) => held(n, n < 2 ? [["phone", "+447700900123"]] : [["account", `chat/${n}`]])),
    );
    assert.equal(index.standing({ kind: "phone", value: "+447700900123" })?.bits, 5);
    const capped = filled(
      count(64, (n) => held(n, [["account", `chat/${n}`]])),
      { ...defaultLinkRules, maxBits: 4 },
    );
    assert.equal(capped.standing({ kind: "account", value: "chat/1" })?.bits, 4);
  });
});

describe("bridges", () => {
  it("are exactly the values whose removal splits a subject", () => {
    const arbitrary = fc.array(fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 3 }), {
      maxLength: 7,
    });
    fc.assert(
      fc.property(arbitrary, (persons) => {
        const rules = { ...defaultLinkRules, maxComponent: 1 };
        const reports = persons.map((values, n) =>
          held(
            n,
            values.map((value) => ["account", value] as const),
          ),
        );
        for (const subject of subjectsOf(reports, [], rules)) {
          const members = new Set(subject.members.map(({ report }) => report));
          const without = (value: string) => {
            const left = subjectsOf(
              reports.map((report) => ({
                ...report,
                keys: report.keys.filter((key) => key.value !== value),
              })),
              [],
              rules,
            ).filter((each) => each.members.some(({ report }) => members.has(report)));
            const joined = left.map((each) => each.members.length);
            const alone = members.size - joined.reduce((sum, each) => sum + each, 0);
            return [...joined, ...Array.from({ length: alone }, () => 1)].sort((a, b) => b - a);
          };
          const shown = new Map(
            subject.bridges.flatMap(({ value, holder, parts }) =>
              value === undefined || holder !== undefined ? [] : [[value.value, parts]],
            ),
          );
          for (const value of ["a", "b", "c", "d", "e"]) {
            const parts = without(value);
            assert.deepEqual(shown.get(value), parts.length > 1 ? parts : undefined);
          }
        }
      }),
    );
  });
});
