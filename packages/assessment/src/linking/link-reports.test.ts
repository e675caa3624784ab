import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { PersonKey, ReportId } from "@fairlead/report";
import { components, componentsAfterRemoval } from "./components.ts";
import { edgeName, nodeName, type Edge } from "./edge.ts";
import type { Frequency } from "./judge.ts";
import type { HeldKey, KeyKind, LinkingKey, Strength } from "./key.ts";
import { defaultLinkRules } from "./link-rules.ts";
import { hasBecomeCommon, linkReports } from "./link-reports.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const id = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}` as ReportId;
const suspect = "suspect-1" as PersonKey;

const key = (kind: KeyKind, value: string, strength: Strength, parts: Partial<HeldKey> = {}): HeldKey => ({
  kind,
  value,
  strength,
  why: `the same ${kind}`,
  role: "suspect",
  person: suspect,
  holder: `report:${value}`,
  path: "",
  report: id(0),
  receivedAt: 0,
  ...parts,
});

/** Links reports one by one as they come, the frequency being that of the whole stream. */
function stream(reports: readonly HeldKey[][]): Edge[] {
  const frequency = countHolders(reports.flat());
  const held: HeldKey[] = [];
  return reports.flatMap((keys) => {
    const [first] = keys;
    if (first === undefined) return [];
    const { edges } = linkReports(
      { report: first.report, receivedAt: first.receivedAt, keys },
      held,
      frequency,
      defaultLinkRules,
    );
    held.push(...keys);
    return edges;
  });
}

function countHolders(keys: readonly LinkingKey[]): Frequency {
  const holders = new Map<string, Set<string>>();
  for (const { kind, value, holder } of keys)
    holders.set(`${kind} ${value}`, (holders.get(`${kind} ${value}`) ?? new Set()).add(holder));
  return (kind, value) => holders.get(`${kind} ${value}`)?.size ?? 0;
}

const pair = (a: HeldKey, b: Partial<HeldKey> = {}, df = 2) =>
  linkReports(
    { report: id(1), receivedAt: 0, keys: [{ ...a }] },
    [{ ...a, report: id(2), ...b }],
    () => df,
    defaultLinkRules,
  );

describe("links", () => {
  it("join by a strong key, with reason and both ends", () => {
    const [edge] = pair(key("account", "chat/1", "strong")).edges;
    assert.deepEqual(edge, {
      from: { report: id(1), person: suspect },
      to: { report: id(2), person: suspect },
      kind: "account",
      value: "chat/1",
      strength: "strong",
      joins: true,
      why: "the same account",
    });
  });

  it("are as strong as the weaker of both ends", () => {
    const [edge] = pair(key("phone", "+447700900123", "strong"), { strength: "medium" }).edges;
    assert.deepEqual([edge?.strength, edge?.joins], ["medium", false]);
  });

  it("do not arise above the frequency cap, and say why", () => {
    const at = pair(key("phone", "+447700900123", "strong"), {}, 25);
    assert.equal(at.edges[0]?.joins, true);
    const above = pair(key("phone", "+447700900123", "strong"), {}, 26);
    assert.deepEqual(above.edges, []);
    assert.match(above.refused[0]?.why ?? "", /26 holders/);
  });

  it("arise from a key that may never link in neither direction", () => {
    assert.deepEqual(pair(key("email", "box@mailinator.com", "never")).edges, []);
    assert.deepEqual(pair(key("file", "a", "medium"), { strength: "never", why: "viral" }).refused, [
      { kind: "file", value: "a", why: "viral" },
    ]);
  });

  it("join by no address and no file, however strong somebody calls them", () => {
    assert.equal(pair(key("file", "a", "strong")).edges[0]?.joins, false);
    assert.equal(pair(key("address-v4", "192.0.2.7", "strong", { from: 0, to: 0 })).edges[0]?.joins, false);
  });

  it("are never made inside one report", () => {
    const same = key("account", "chat/1", "strong");
    assert.deepEqual(
      linkReports({ report: id(0), receivedAt: 0, keys: [same] }, [same], () => 1, defaultLinkRules).edges,
      [],
    );
  });

  it("only ask a person when a victim here is a suspect there", () => {
    const [edge] = pair(key("account", "chat/1", "strong"), {
      role: "victim",
      person: "victim-1" as PersonKey,
    }).edges;
    assert.deepEqual([edge?.strength, edge?.joins], ["weak", false]);
  });

  it("by an address wear off: nearly the same time, the same week, nothing", () => {
    const at = (hours: number) => {
      const v4 = key("address-v4", "192.0.2.7", "medium", { from: 0, to: HOUR });
      return pair(v4, { from: hours * HOUR, to: hours * HOUR }).edges[0]?.strength;
    };
    assert.deepEqual(
      [at(0), at(24), at(25), at(168), at(169)],
      ["medium", "medium", "weak", "weak", undefined],
    );
    const v6 = key("address-v6-prefix", "2001:db8::/64", "medium", { from: 0, to: 0 });
    assert.equal(pair(v6, { from: 6 * DAY, to: 6 * DAY }).edges[0]?.strength, "medium");
    assert.equal(pair(v6, { from: 7 * DAY, to: 7 * DAY }).edges[0], undefined);
  });

  it("by a new file fade with time and with frequency", () => {
    const file = key("file", "a", "medium");
    assert.equal(pair(file, { receivedAt: 30 * DAY }, 5).edges[0]?.strength, "medium");
    assert.equal(pair(file, { receivedAt: 31 * DAY }, 5).edges[0]?.strength, "weak");
    assert.equal(pair(file, {}, 6).edges[0]?.strength, "weak");
  });

  it("by an unverified number suggest only while few have it", () => {
    assert.equal(pair(key("phone", "+447700900123", "medium"), {}, 5).edges[0]?.strength, "medium");
    assert.equal(pair(key("phone", "+447700900123", "medium"), {}, 6).edges[0]?.strength, "weak");
    assert.equal(pair(key("user-name", "chat/kite", "medium"), {}, 4).edges[0]?.strength, "weak");
  });

  it("keep one account reported five hundred times one subject", () => {
    const reports = Array.from({ length: 60 }, (_, n) => [
      key("account", "chat/1", "strong", { report: id(n), holder: "account:chat/1" }),
      key("phone", "+447700900123", "strong", { report: id(n), holder: "account:chat/1" }),
    ]);
    const [subject, ...others] = components(stream(reports), defaultLinkRules.maxComponent);
    assert.equal(subject?.members.length, 60);
    assert.deepEqual(others, []);
  });

  it("keep the suspects of one batched report apart", () => {
    const second = "suspect-2" as PersonKey;
    const batch = [
      key("account", "chat/1", "strong"),
      key("account", "chat/2", "strong", { person: second }),
    ];
    const one = [key("account", "chat/1", "strong", { report: id(1) })];
    const two = [key("account", "chat/2", "strong", { report: id(2) })];
    const subjects = components(stream([batch, one, two]), 200);
    assert.equal(subjects.length, 2);
    assert.deepEqual(
      subjects.map(({ members }) => members.length),
      [2, 2],
    );
  });
});

describe("attacks on linking", () => {
  it("a viral file in very many reports makes no subject, marked viral or not", () => {
    for (const strength of ["never", "medium"] as const) {
      const reports = Array.from({ length: 120 }, (_, n) => [
        key("file", "a", strength, { report: id(n), holder: `account:chat/${n}` }),
      ]);
      assert.deepEqual(components(stream(reports), 200), []);
    }
  });

  it("one address of very many accounts makes no subject, whatever network it is said to be", () => {
    for (const strength of ["never", "weak", "medium"] as const) {
      const reports = Array.from({ length: 120 }, (_, n) => [
        key("address-v4", "192.0.2.7", strength, {
          report: id(n),
          holder: `account:chat/${n}`,
          from: n,
          to: n,
        }),
      ]);
      const edges = stream(reports);
      assert.deepEqual(components(edges, 200), []);
      assert.equal(edges.length, 0);
    }
  });

  it("a verified number that a crowd shares makes no subject, and is demoted in hindsight", () => {
    const reports = Array.from({ length: 40 }, (_, n) => [
      key("phone", "+447700900123", "strong", { report: id(n), holder: `account:chat/${n}` }),
    ]);
    assert.deepEqual(components(stream(reports), 200), []);
    const early = stream(reports.slice(0, 10));
    assert.equal(components(early, 200).length, 1);
    const now = countHolders(reports.flat());
    assert.ok(early.every((edge) => hasBecomeCommon(edge, now, defaultLinkRules)));
  });

  it("a subject too large to be one person is frozen", () => {
    const reports = Array.from({ length: 12 }, (_, n) => [
      key("account", "chat/1", "strong", { report: id(n), holder: "account:chat/1" }),
    ]);
    assert.equal(components(stream(reports), 10)[0]?.frozen, true);
    assert.equal(components(stream(reports), 12)[0]?.frozen, false);
  });
});

/** Small worlds of reports that share a few values. */
const arbitraryReports: fc.Arbitrary<HeldKey[][]> = fc
  .array(
    fc.array(
      fc.record({
        kind: fc.constantFrom("account" as const, "phone" as const, "address-v4" as const, "file" as const),
        value: fc.constantFrom("a", "b", "c"),
        strength: fc.constantFrom("strong" as const, "medium" as const, "weak" as const, "never" as const),
        role: fc.constantFrom("suspect" as const, "suspect" as const, "victim" as const),
        at: fc.integer({ min: 0, max: 10 * DAY }),
      }),
      { maxLength: 4 },
    ),
    { maxLength: 8 },
  )
  .map((reports) =>
    reports.map((keys, n) =>
      keys.map(({ kind, value, strength, role, at }) =>
        key(
          kind,
          value,
          (kind === "address-v4" || kind === "file") && strength === "strong" ? "medium" : strength,
          {
            report: id(n),
            role,
            person: `${role}-1` as PersonKey,
            holder: `account:${n}`,
            receivedAt: at,
            from: at,
            to: at,
          },
        ),
      ),
    ),
  );

const sorted = (edges: readonly Edge[]) => [...edges].sort((a, b) => (edgeName(a) < edgeName(b) ? -1 : 1));

describe("subjects of arbitrary reports", () => {
  it("do not depend on the order in which reports come", () => {
    fc.assert(
      fc.property(
        arbitraryReports.chain((reports) =>
          fc.tuple(fc.constant(reports), fc.shuffledSubarray(reports, { minLength: reports.length })),
        ),
        ([reports, shuffled]) => {
          const one = stream(reports);
          const other = stream(shuffled);
          assert.deepEqual(sorted(other), sorted(one));
          assert.deepEqual(components(other, 200), components(one, 200));
        },
      ),
    );
  });

  it("are joined by strong links only", () => {
    fc.assert(
      fc.property(arbitraryReports, (reports) => {
        const edges = stream(reports);
        assert.deepEqual(
          components(
            edges.filter(({ strength }) => strength === "strong"),
            200,
          ),
          components(edges, 200),
        );
        for (const { joins, strength, kind } of edges) {
          assert.equal(joins, strength === "strong");
          if (joins) assert.ok(kind === "account" || kind === "phone");
        }
      }),
    );
  });

  it("split, when links go, into what the links that are left join", () => {
    fc.assert(
      fc.property(arbitraryReports, fc.infiniteStream(fc.boolean()), (reports, coin) => {
        const edges = stream(reports);
        const removed = new Set(edges.filter(() => coin.next().value).map(edgeName));
        const after = components(edges, 200).flatMap((component) =>
          componentsAfterRemoval(component, edges, removed, 200),
        );
        const first = ({ members }: { members: Parameters<typeof nodeName>[0][] }) => nodeName(members[0]!);
        assert.deepEqual(
          after.sort((a, b) => (first(a) < first(b) ? -1 : 1)),
          components(
            edges.filter((edge) => !removed.has(edgeName(edge))),
            200,
          ),
        );
      }),
    );
  });

  it("come apart when the one link between them is deleted", () => {
    const [a, b, c] = [0, 1, 2].map((n) => [
      key("account", n < 2 ? "x" : "y", "strong", { report: id(n) }),
    ]) as [HeldKey[], HeldKey[], HeldKey[]];
    b.push(key("phone", "+447700900123", "strong", { report: id(1) }));
    c.push(key("phone", "+447700900123", "strong", { report: id(2) }));
    const edges = stream([a, b, c]);
    const [whole] = components(edges, 200);
    assert.equal(whole?.members.length, 3);
    const bridge = edges.find(({ kind }) => kind === "phone");
    const left = componentsAfterRemoval(whole, edges, new Set([edgeName(bridge!)]), 200);
    assert.deepEqual(
      left.map(({ members }) => members.map(({ report }) => report)),
      [[id(0), id(1)]],
    );
  });
});
