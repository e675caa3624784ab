import assert from "node:assert/strict";
import { before, test } from "node:test";
import * as fc from "fast-check";
import {
  type Decision,
  decisionName,
  type HeldReport,
  type LinkingKey,
  nodeName,
  subjectsOf,
} from "@fairlead/assessment";
import { exampleIdentifier, exampleSuspect } from "@fairlead/assessment/testing";
import type { ReportId } from "@fairlead/report";
import { addPerson } from "../access/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { accepted, testSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { decideLink, type NewLinkDecision, undoLinkDecision } from "./decisions.ts";
import { linkReport, unlinkReport } from "./link-report.ts";
import { decisionOf, type LivePair } from "./live-decisions.ts";
import { nameOf } from "./node.ts";
import { rebuildSubjects } from "./rebuild.ts";

const REPORTS = 14;
const end = endOfFile();
let at: TestStation;
let station: Station;
let reports: string[];
let person: { id: string; name: string; role: string };
before(async () => {
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake"] },
  });
  const { rules } = at.station;
  station = { ...at.station, rules: { ...rules, linking: { ...rules.linking, dfCap: 2, maxComponent: 5 } } };
  const sender = await testSender(at);
  person = {
    ...(await addPerson(at.station.db.kysely, "Kim Example", "lead", Date.now())),
    name: "Kim Example",
    role: "lead",
  };
  reports = [];
  for (let each = 0; each < REPORTS; each += 1) reports.push(await accepted(sender, [], { persons: [] }));
});

/** What the suspects of a report hold: telephones and accounts by small numbers, so that they meet. */
const holding = fc.array(
  fc.record({
    account: fc.nat(7),
    phones: fc.array(fc.nat(3), { minLength: 1, maxLength: 2, size: "max" }),
    role: fc.constantFrom("suspect", "victim"),
  }),
  { maxLength: 2 },
);
const place = fc.nat(REPORTS - 1);
const persons = fc.constantFrom("suspect-1", "suspect-2");
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("link" as const), report: place, holding }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("unlink" as const), report: place }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom("same" as const, "different" as const),
      a: fc.tuple(place, persons),
      b: fc.tuple(place, persons),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("never" as const), report: place, phone: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("undo" as const), which: fc.nat(20) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const histories = fc.array(step, { minLength: 10, maxLength: 40, size: "max" });
const numRuns = Number(process.env["FAIRLEAD_RUNS"] ?? 40);

test("after any history the station's subjects are those of the pure function", async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      await clear();
      await carryOut(history);
      await assertDerived();
    }),
    { numRuns },
  );
});

test("after any history by two workers at once the station's subjects are those of the pure function", async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (history) => {
      await clear();
      const [one, two] = [history.filter((_, at) => at % 2 === 0), history.filter((_, at) => at % 2 === 1)];
      await Promise.all([one, two].map((steps) => carryOut(steps)));
      await assertDerived();
    }),
    { numRuns, endOnFailure: true },
  );
});

test("a report that makes a value common parts those whom it joined, wherever that report was itself", async () => {
  await clear();
  const [phones, role] = [[1], "suspect"] as const;
  await carryOut([
    { do: "link", report: 2, holding: [{ account: 0, phones: [...phones], role }] },
    { do: "link", report: 3, holding: [{ account: 3, phones: [0], role: "victim" }] },
    { do: "link", report: 0, holding: [{ account: 3, phones: [0], role: "victim" }] },
    { do: "link", report: 4, holding: [{ account: 1, phones: [...phones], role }] },
  ]);
  assert.equal((await storedSubjects()).length, 2);
  await carryOut([{ do: "link", report: 0, holding: [{ account: 2, phones: [...phones], role }] }]);
  assert.deepEqual(await storedSubjects(), []);
  await assertDerived();
});

/** What is stored is what the pure function says, and what making it anew gives. */
async function assertDerived(): Promise<void> {
  assert.deepEqual(await storedSubjects(), await expectedSubjects());
  const kept = await derived();
  await at.station.db.transaction((tx) => rebuildSubjects(station, tx));
  assert.deepEqual(await derived(), kept);
}

async function clear(): Promise<void> {
  await at.station.db.pool.query(
    "truncate linking_key, value_standing, subject, subject_member, link_decision cascade",
  );
}

async function carryOut(steps: readonly Step[]): Promise<void> {
  for (const each of steps) await take(each).catch(ifRefused);
}

/** A person cannot decide about somebody who is not there, or the same thing twice. */
function ifRefused(error: unknown): void {
  if (!(error instanceof StationError)) throw error;
}

async function take(each: Step): Promise<void> {
  switch (each.do) {
    case "link":
      await hold(reports[each.report] ?? "", each.holding);
      return;
    case "unlink":
      await unlinkReport(station, reports[each.report] ?? "");
      return;
    case "never": {
      const value = { kind: "phone", value: phoneOf(each.phone) };
      await decide(reports[each.report] ?? "", { kind: "never-link", value, reason: "A school's." });
      return;
    }
    case "undo": {
      const { rows } = await at.station.db.pool.query<{ id: string }>(
        "select id from link_decision where undone_at is null order by id",
      );
      const id = rows[each.which % Math.max(1, rows.length)]?.id;
      if (id !== undefined) await undoLinkDecision(station, reports[0] ?? "", id, "A mistake.", person);
      return;
    }
    default: {
      const other = { report: reports[each.b[0]] ?? "", person: each.b[1] };
      await decide(reports[each.a[0]] ?? "", {
        kind: each.do,
        person: each.a[1],
        other,
        reason: "Looked at.",
      });
    }
  }
}

const decide = (report: string, decision: NewLinkDecision) => decideLink(station, report, decision, person);
const phoneOf = (number: number) => `+4477009001${number.toString().padStart(2, "0")}`;

/** Another claim changed what a report's persons hold: its content is what its keys are made of. */
async function hold(
  id: string,
  held: Step extends infer S ? (S extends { holding: infer H } ? H : never) : never,
): Promise<void> {
  const content = held.map(({ account, phones, role }, index) => ({
    ...exampleSuspect({
      identifiers: [
        exampleIdentifier("account", `a${account}`, { platform: "Example Chat" }),
        ...phones.map((phone) => exampleIdentifier("phone", phoneOf(phone), { verified: "yes" })),
      ],
      events: [],
    }),
    key: `suspect-${index + 1}`,
    role,
  }));
  await at.station.db.pool.query(
    "update report set content = jsonb_set(content, '{persons}', $2::jsonb) where id = $1",
    [id, JSON.stringify(content)],
  );
  await linkReport(station, id);
}

async function expectedSubjects() {
  const { rows } = await at.station.db.pool.query<{ report_id: ReportId; detail: LinkingKey }>(
    "select report_id, detail from linking_key",
  );
  const held: HeldReport[] = [...Map.groupBy(rows, ({ report_id }) => report_id)].map(([report, keys]) => ({
    report,
    receivedAt: 0,
    keys: keys.map(({ detail }) => detail),
  }));
  const { rows: pairs } = await at.station.db.pool.query<LivePair>(
    "select * from link_decision where undone_at is null and kind <> 'never-link'",
  );
  const { rows: never } = await at.station.db.pool.query<{ value: string }>(
    "select value from link_decision where undone_at is null and kind = 'never-link'",
  );
  const decisions: Decision[] = [
    ...pairs.map(decisionOf),
    ...never.map(({ value }): Decision => ({ kind: "never-link", value: { kind: "phone", value } })),
  ];
  assert.equal(new Set(decisions.map(decisionName)).size, decisions.length);
  return subjectsOf(held, decisions, station.rules.linking)
    .map(({ members, why }) => ({
      members: members.map(nodeName),
      conflict: why.includes("different-persons"),
    }))
    .toSorted((a, b) => ((a.members[0] ?? "") < (b.members[0] ?? "") ? -1 : 1));
}

async function storedSubjects() {
  const { members, subjects } = await derived();
  const found = [...Map.groupBy(members, ({ subject }) => subject)].map(([id, all]) => {
    const names = all.map(nameOf).toSorted();
    const subject = subjects.find((each) => each.id === id);
    assert.equal(names[0], id);
    assert.equal(subject?.members, names.length);
    assert.equal(subject?.reports, new Set(all.map(({ report_id }) => report_id)).size);
    return { members: names, conflict: subject?.conflict };
  });
  assert.equal(subjects.length, found.length);
  return found.toSorted((a, b) => ((a.members[0] ?? "") < (b.members[0] ?? "") ? -1 : 1));
}

async function derived() {
  const [members, subjects, standings] = await Promise.all([
    at.station.db.pool.query<{ report_id: string; person: string; subject: string }>(
      "select report_id, person, subject from subject_member order by 1, 2",
    ),
    at.station.db.pool.query<{ id: string; members: number; reports: number; conflict: boolean }>(
      "select * from subject order by id",
    ),
    at.station.db.pool.query("select * from value_standing order by kind, value, role"),
  ]);
  return { members: members.rows, subjects: subjects.rows, standings: standings.rows };
}
