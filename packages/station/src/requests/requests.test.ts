import assert from "node:assert/strict";
import { before, test } from "node:test";
import { daysAgo, exampleEvent, exampleSuspect, SENDER, TEST_NOW } from "@fairlead/assessment/testing";
import type { Claim } from "@fairlead/report";
import type { ReportView } from "../desk-api/contract.ts";
import { deskOf, type TestDesk } from "../testing/desk.ts";
import { problemOf } from "../testing/problem.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";
import { lapseRequest, settleAnswers } from "./index.ts";

const DAY_MS = 86_400_000;
const CARRIER_NAT = "198.51.100.7";
const end = endOfFile();
let now = TEST_NOW;
let at: TestStation;
let sender: TestSender;
let officer: TestDesk;
before(async () => {
  // Without workers: what a job would do is done by hand, at the time that the test says.
  at = await startTestStation(end, {
    id: "agency-one",
    profile: "platform",
    clock: () => now,
    config: {
      roles: ["intake", "desk"],
      networks: {
        name: "documentation ranges",
        entries: [
          { prefix: "198.51.100.0/24", country: "GB", network: "carrier-nat" },
          { prefix: "203.0.113.0/24", country: "GB", network: "access" },
        ],
      },
    },
  });
  sender = await testSender(at);
  officer = await deskOf(at, "reviewer");
  // The clock of this file goes on by months.
  await at.station.db.pool.query("update session set expires_at = '2100-01-01'");
});

/** An upload behind a carrier's shared address without its port, of a file that its sender viewed: L2, and a port makes it L3. */
async function withoutPort(): Promise<string> {
  const file = testFile();
  const viewed: Claim = {
    about: { kind: "evidence", id: file.id },
    source: SENDER,
    states: { kind: "flag", flag: "viewed-in-full", value: true },
  };
  const event = exampleEvent({ ip: { raw: CARRIER_NAT, address: CARRIER_NAT } });
  const id = await accepted(sender, [file], {
    persons: [exampleSuspect({ events: [event] })],
    claims: [viewed],
  });
  await workUp(at.station, { reportId: id });
  return id;
}

const post = async (path: string, body: object, method = "POST") => await officer.request(method, path, body);
async function done(path: string, body: object, method?: string): Promise<ReportView> {
  const response = await post(path, body, method);
  if (!response.ok) assert.fail(`${path}: ${response.status} ${await response.text()}`);
  const { requests } = (await response.json()) as Pick<ReportView, "requests">;
  const view = await officer.report(path.split("/")[3] ?? "");
  assert.deepEqual(requests, view.requests);
  return view;
}

interface Suggestions {
  requests: { rule: string; subject: string; body: string; to?: string; expected: { levelTo: string } }[];
}
async function suggested(id: string): Promise<Suggestions["requests"]> {
  const response = await officer.request("GET", `/api/reports/${id}/suggested-requests`);
  return ((await response.json()) as Suggestions).requests;
}

const NECESSITY = "Nothing less leads to whoever uploaded it.";

/** A question for the port, drafted and sent now. */
async function sentRequest(id: string): Promise<string> {
  const [best] = await suggested(id);
  assert.equal(best?.rule, "source-port");
  const drafted = await done(`/api/reports/${id}/requests`, { ...wordsOf(best), necessity: NECESSITY });
  const requestId = drafted.requests.at(-1)?.id ?? "";
  await done(`/api/reports/${id}/requests/${requestId}/sent`, {
    to: "law.enforcement@chat.example",
    at: new Date(now).toISOString(),
    way: "portal",
    reference: "ref-7",
  });
  return requestId;
}

const wordsOf = ({ rule, subject, body }: Suggestions["requests"][number]) => ({ rule, subject, body });

const theEvent = (parts: object = {}) => ({
  person: "suspect-1",
  kind: "upload",
  time: daysAgo(10).raw,
  address: CARRIER_NAT,
  port: 40_123,
  ...parts,
});
const answer = (parts: object = {}) => ({
  whole: true,
  provider: "Example Chat",
  receivedAt: new Date(now).toISOString(),
  claims: [],
  events: [theEvent()],
  ...parts,
});

test("an answer after days raises the level, and the page says from what to what", async () => {
  now = TEST_NOW;
  const id = await withoutPort();
  assert.equal((await officer.report(id)).entry.level, "L2");
  const requestId = await sentRequest(id);
  now += 3 * DAY_MS;
  const { entry, requests, history } = await done(
    `/api/reports/${id}/requests/${requestId}/answers`,
    answer(),
  );
  assert.equal(entry.level, "L3");
  const [request] = requests;
  assert.equal(request?.state, "answered");
  assert.deepEqual(request?.answers[0]?.changed, {
    levelFrom: "L2",
    levelTo: "L3",
    tierFrom: "R5",
    tierTo: "R5",
    attributes: [{ attribute: "attribution", from: "A2", to: "A3" }],
  });
  assert.equal(request?.answers[0]?.late, false);
  assert.deepEqual(
    history.map(({ kind }) => kind).filter((kind) => kind.startsWith("request.")),
    ["request.drafted", "request.sent", "request.answered"],
  );
});

test("the law's clock runs from sending: unanswered it is overdue, and an answer after it is late and counts", async () => {
  now = TEST_NOW;
  const id = await withoutPort();
  const requestId = await sentRequest(id);
  const due = new Date(TEST_NOW + 7 * DAY_MS).toISOString();
  assert.equal((await officer.report(id)).requests[0]?.answerBy, due);
  now = TEST_NOW + 7 * DAY_MS;
  assert.equal((await officer.report(id)).requests[0]?.overdue, false);
  now += 1;
  assert.equal((await officer.report(id)).requests[0]?.overdue, true);
  const listed = async (list: string) => {
    const response = await officer.request("GET", `/api/requests?list=${list}`);
    const { requests } = (await response.json()) as { requests: { id: string; overdue: boolean }[] };
    return requests.find((request) => request.id === requestId);
  };
  assert.equal((await listed("overdue"))?.overdue, true);
  const queue = await (await officer.request("GET", "/api/queue")).json();
  assert.deepEqual((queue as { counts: { requests: object } }).counts.requests, { open: 1, overdue: 1 });
  const { entry, requests } = await done(`/api/reports/${id}/requests/${requestId}/answers`, answer());
  assert.deepEqual([entry.level, requests[0]?.answers[0]?.late], ["L3", true]);
  assert.equal(await listed("open"), undefined);
  assert.equal((await listed("ended"))?.overdue, false);
});

test("an answer without a zone is taken in as it is, raises nothing, and leaves the rest to be asked for", async () => {
  now = TEST_NOW;
  const id = await withoutPort();
  const requestId = await sentRequest(id);
  const noZone = theEvent({ time: "2026-11-12 12:00:00" });
  const part = await done(
    `/api/reports/${id}/requests/${requestId}/answers`,
    answer({ whole: false, events: [noZone] }),
  );
  assert.deepEqual([part.entry.level, part.requests[0]?.state], ["L2", "answered-in-part"]);
  assert.match(part.requests[0]?.answers[0]?.facts[0] ?? "", /2026-11-12 12:00:00 \(no zone\)/);
  const whole = await done(`/api/reports/${id}/requests/${requestId}/answers`, answer());
  assert.deepEqual([whole.entry.level, whole.requests[0]?.state], ["L3", "answered"]);
});

test("an address that only the answer names is looked up in this station's table", async () => {
  now = TEST_NOW;
  const id = await withoutPort();
  const requestId = await sentRequest(id);
  const elsewhere = theEvent({ address: "203.0.113.9", port: undefined });
  const { entry } = await done(
    `/api/reports/${id}/requests/${requestId}/answers`,
    answer({ events: [elsewhere, elsewhere] }),
  );
  assert.equal(entry.level, "L3");
});

test("a crash between an answer and its assessment loses nothing: the job that came with it assesses", async () => {
  now = TEST_NOW;
  const id = await withoutPort();
  const requestId = await sentRequest(id);
  await done(`/api/reports/${id}/requests/${requestId}/answers`, answer());
  const { pool } = at.station.db;
  // As the crash would have left it.
  await pool.query(`update request_answer set assessed_after = null where report_id = '${id}'`);
  await pool.query(
    `delete from assessment where report_id = '${id}' and id > (select assessed_before from request_answer where report_id = '${id}')`,
  );
  await pool.query(`update report set level = 2 where id = '${id}'`);
  const { rows } = await pool.query("select from graphile_worker.jobs where key = $1", [
    `settle-answers:${id}`,
  ]);
  assert.equal(rows.length, 1);
  await settleAnswers(at.station, { reportId: id });
  const { entry, requests } = await officer.report(id);
  assert.deepEqual([entry.level, requests[0]?.answers[0]?.changed?.levelTo], ["L3", "L3"]);
});

test("a request lapses when it can no longer be answered, by the job of that moment, and a late answer still comes in", async () => {
  now = TEST_NOW;
  const id = await withoutPort();
  const requestId = await sentRequest(id);
  const until = (await officer.report(id)).requests[0]?.answerableUntil ?? "";
  const { rows } = await at.station.db.pool.query<{ run_at: Date | string }>(
    "select run_at from graphile_worker.jobs where key = $1",
    [`lapse-request:${requestId}`],
  );
  assert.equal(Date.parse(String(rows[0]?.run_at)), Date.parse(until));
  now = Date.parse(until) - 1;
  await lapseRequest(at.station, { requestId });
  assert.equal((await officer.report(id)).requests[0]?.state, "sent");
  now = Date.parse(until);
  await Promise.all([1, 2, 3].map(() => lapseRequest(at.station, { requestId })));
  const lapsed = await officer.report(id);
  assert.equal(lapsed.requests[0]?.state, "lapsed");
  assert.equal(lapsed.history.filter(({ kind }) => kind === "request.lapsed").length, 1);
  const late = await done(`/api/reports/${id}/requests/${requestId}/answers`, answer());
  assert.deepEqual([late.requests[0]?.state, late.requests[0]?.answers[0]?.late], ["answered", true]);
});

test("a request goes only where the state machine lets it, and what was sent keeps its words", async () => {
  now = TEST_NOW;
  const id = await withoutPort();
  const [best] = await suggested(id);
  assert.ok(best !== undefined);
  const path = `/api/reports/${id}/requests`;
  await problemOf(await post(path, { rule: "send-lunch", subject: "s", body: "b" }), 409);
  await problemOf(await post(path, { ...wordsOf(best), legalRoute: "us-subpoena" }), 422);
  const requestId = (await done(path, wordsOf(best))).requests[0]?.id ?? "";
  assert.match((await problemOf(await post(path, wordsOf(best)), 409)).detail ?? "", /already/);
  const sent = { to: "x", at: new Date(now).toISOString(), way: "email" };
  const refused = await problemOf(await post(`${path}/${requestId}/sent`, sent), 422);
  assert.equal(refused.problems?.[0]?.path, "/necessity");
  await problemOf(await post(`${path}/${requestId}/answers`, answer()), 409);
  const edited = { subject: "Port wanted", body: "Which port?", necessity: NECESSITY };
  const { requests } = await done(`${path}/${requestId}`, edited, "PUT");
  assert.equal(
    requests[0]?.letter,
    `To: Example Chat\nSubject: Port wanted\n\nWhich port?\n\nWhy this is necessary and proportionate:\n${NECESSITY}\n`,
  );
  const ahead = { ...sent, at: new Date(now + DAY_MS).toISOString() };
  await problemOf(await post(`${path}/${requestId}/sent`, ahead), 422);
  await done(`${path}/${requestId}/sent`, sent);
  await problemOf(await post(`${path}/${requestId}`, edited, "PUT"), 409);
  await problemOf(await post(`${path}/${requestId}/sent`, sent), 409);
  await done(`${path}/${requestId}/refused`, { note: "They keep no ports." });
  await problemOf(await post(`${path}/${requestId}/withdrawn`, { note: "Not needed." }), 409);
  // Whoever wants more asks anew.
  const anew = (await done(path, wordsOf(best))).requests.at(-1)?.id ?? "";
  const ended = await done(`${path}/${anew}/withdrawn`, { note: "Asked twice." });
  assert.deepEqual(
    ended.requests.map(({ state, steps }) => [state, steps.at(-1)?.note]),
    [
      ["refused", "They keep no ports."],
      ["withdrawn", "Asked twice."],
    ],
  );
});

test("an answer says nothing that only people here or a table can say, and is about what the report has", async () => {
  now = TEST_NOW;
  const id = await withoutPort();
  const path = `/api/reports/${id}/requests/${await sentRequest(id)}/answers`;
  const about = { kind: "report" };
  const wrong: [object, string][] = [
    [{ claims: [{ about, states: { kind: "network", network: "access" } }] }, "/claims/0/states"],
    [{ claims: [{ about, states: { kind: "uk-category", category: "C" } }] }, "/claims/0/states"],
    [
      {
        claims: [
          {
            about: { kind: "person", key: "suspect-9" },
            states: { kind: "flag", flag: "spam", value: true },
          },
        ],
      },
      "/about",
    ],
    [{ events: [theEvent({ person: "suspect-9" })] }, "/events/0/person"],
    [{ receivedAt: new Date(now + DAY_MS).toISOString() }, "/receivedAt"],
  ];
  for (const [parts, where] of wrong)
    assert.equal((await problemOf(await post(path, answer(parts)), 422)).problems?.[0]?.path, where);
  assert.equal((await officer.report(id)).requests[0]?.state, "sent");
});

test("of two that move a request at once one does, and the other is told where it stands", async () => {
  now = TEST_NOW;
  const id = await withoutPort();
  const path = `/api/reports/${id}/requests/${await sentRequest(id)}`;
  const answers = await Promise.all([
    post(`${path}/refused`, { note: "They keep no ports." }),
    post(`${path}/withdrawn`, { note: "Not needed." }),
  ]);
  assert.deepEqual(
    answers.map(({ status }) => status).toSorted((a, b) => a - b),
    [200, 409],
  );
  assert.equal((await officer.report(id)).requests[0]?.steps.length, 3);
});
