import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { aFlag, exampleIdentifier, exampleSuspect, SENDER } from "@fairlead/assessment/testing";
import type { Claim } from "@fairlead/report";
import { deskOf, type TestDesk } from "../testing/desk.ts";
import { problemOf } from "../testing/problem.ts";
import { accepted, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";
import type { ReportView } from "./contract.ts";
import type { SubjectView } from "./subject-contract.ts";

const end = endOfFile();
let at: TestStation;
let sender: TestSender;
let lead: TestDesk;
before(async () => {
  at = await startTestStation(end, {
    id: "agency-one",
    profile: "platform",
    config: { roles: ["intake", "desk"] },
  });
  const { linking } = at.station.rules;
  Object.assign(linking, { maxComponent: 4 });
  sender = await testSender(at);
  lead = await deskOf(at, "lead");
});

async function reportOf(account: string, claims: Claim[] = []): Promise<string> {
  const identifiers = [exampleIdentifier("account", account, { platform: "Example Chat" })];
  const id = await accepted(sender, [], { persons: [exampleSuspect({ identifiers, events: [] })], claims });
  await workUp(at.station, { reportId: id });
  return id;
}

const person = "suspect-1";
async function decide(id: string, body: object): Promise<ReportView> {
  const response = await lead.request("POST", `/api/reports/${id}/link-decisions`, body);
  assert.equal(response.status, 200, await response.clone().text());
  return (await response.json()) as ReportView;
}
const subjectAt = async (id: string) =>
  (await (await lead.request("GET", `/api/subjects/${encodeURIComponent(id)}`)).json()) as SubjectView;

test("what a person decides about two is seen on both pages with its leaf, moves exactly these, and can be taken back", async () => {
  const threat: Claim = { about: { kind: "report" }, source: SENDER, states: aFlag("threat-to-life") };
  const [calm, urgent, stranger] = [
    await reportOf(randomUUID()),
    await reportOf(randomUUID(), [threat]),
    await reportOf(randomUUID()),
  ];
  const assessments = async (id: string) =>
    (await at.station.db.pool.query("select from assessment where report_id = $1", [id])).rows.length;
  const before = await assessments(stranger);
  const tier = (await lead.report(calm)).entry.tier ?? "";
  const page = await decide(calm, {
    kind: "same",
    person,
    other: { report: urgent, person },
    reason: "Same face.",
  });
  assert.equal(page.entry.samePerson, 1);
  assert.ok((page.entry.tier ?? "") < tier);
  assert.deepEqual(
    page.decisions.map(({ kind, other }) => [kind, other?.report]),
    [["same", urgent]],
  );
  for (const id of [calm, urgent])
    assert.ok((await lead.report(id)).history.some(({ kind }) => kind === "link.decided"));
  assert.equal(await assessments(stranger), before);
  const same = { kind: "same", person, other: { report: calm, person }, reason: "Said again." };
  await problemOf(await lead.request("POST", `/api/reports/${urgent}/link-decisions`, same), 409);
  const undone = await lead.request(
    "POST",
    `/api/reports/${urgent}/link-decisions/${page.decisions[0]?.id}/undo`,
    { reason: "A brother." },
  );
  assert.equal(undone.status, 200);
  assert.equal((await lead.report(calm)).entry.samePerson, 0);
  assert.deepEqual((await lead.report(calm)).decisions, []);
});

test("a value that a person says names nobody parts whom it joined, and says so", async () => {
  const account = randomUUID();
  const [one] = [await reportOf(account), await reportOf(account)];
  const value = { kind: "account", value: `example%20chat/${account}` };
  const page = await decide(one, { kind: "never-link", value, reason: "The account of a help desk." });
  assert.equal(page.entry.samePerson, 0);
  assert.deepEqual(page.links, []);
  assert.deepEqual(
    page.blocked.map(({ kind, why }) => [kind, why]),
    [["account", "never-listed"]],
  );
});

test("somebody has a subject, later reports join it silently under them, and its page shows them in their order", async () => {
  const account = randomUUID();
  const reports = [await reportOf(account), await reportOf(account)];
  const [summary] = (await lead.report(reports[0] ?? "")).subjects;
  const id = summary?.id ?? "";
  const taken = await lead.request("POST", `/api/subjects/${encodeURIComponent(id)}/owner`, {});
  assert.equal(taken.status, 200, await taken.clone().text());
  reports.push(await reportOf(account));
  const { subject, reports: shown } = await subjectAt(id);
  assert.equal(subject.owner?.name, "Test lead");
  assert.deepEqual(
    shown.map((each) => each.id),
    reports.toReversed(),
  );
  assert.equal((await lead.report(reports[2] ?? "")).subjects[0]?.owner?.name, "Test lead");
  // An id that was a subject's before it was merged still finds it.
  assert.equal((await subjectAt(`${reports[2]}#suspect-1`)).subject.id, id);
});

test("a subject that is too large waits for a person, shows what holds it together, and is released with a leaf", async () => {
  const [left, right] = [randomUUID(), randomUUID()];
  const reports: string[] = [];
  for (const account of [left, left, left, right, right, right]) reports.push(await reportOf(account));
  const [a, b] = [reports[0] ?? "", reports[3] ?? ""];
  const page = await decide(a, {
    kind: "same",
    person,
    other: { report: b, person },
    reason: "Looks alike.",
  });
  assert.deepEqual([page.subjects[0]?.frozen, page.subjects[0]?.waiting], [["too-large"], true]);
  const { bridges } = await subjectAt(page.subjects[0]?.id ?? "");
  assert.deepEqual([bridges[0]?.kind, bridges[0]?.parts], ["decision", [3, 3]]);
  const path = `/api/subjects/${encodeURIComponent(page.subjects[0]?.id ?? "")}/look`;
  assert.equal((await lead.request("POST", path, { reason: "One person indeed." })).status, 200);
  assert.equal((await lead.report(a)).subjects[0]?.waiting, false);
  await problemOf(await lead.request("POST", path, { reason: "Again." }), 409);
});
