import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { UK_ITEM_IDS } from "@fairlead/report/uk-direct";
import { mediaConfigSchema } from "../media/index.ts";
import { placeHold } from "../keeping/index.ts";
import { scoreDue, scoreLater } from "../senders/index.ts";
import { addPerson } from "./index.ts";
import { deskOf, type TestDesk } from "../testing/desk.ts";
import { introduce, peerOf } from "../testing/peers.ts";
import { problemOf } from "../testing/problem.ts";
import { mayGo } from "../testing/may-go.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { postedFile } from "../testing/posted-file.ts";
import { burstAbout, somebody, taskAbout } from "../testing/task.ts";
import { whoIsWho } from "../testing/who-is-who.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";

const end = endOfFile();
const COUNCIL = {
  id: "example-council",
  name: "Example Council",
  areas: ["GB"],
  contact: { telephone: "01632 960000" },
};
const ROLES = ["reviewer", "lead", "auditor", "stranger"];
let at: TestStation;
let sender: TestSender;
let desks: Map<string, TestDesk>;
before(async () => {
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake", "desk"], safeguarding: { authorities: [COUNCIL] } },
  });
  const ukDirect = { username: "platform-one", passwordFile: "never-read", established: "uk" as const };
  const ukPeer = peerOf({ card: { ...at.card, id: "uk-one" } }, { wire: "uk-direct", ukDirect });
  await introduce(at, peerOf({ card: { ...at.card, id: "agency-one" } }), ukPeer);
  at.station.config.peers = [ukPeer];
  at.station.config.media = mediaConfigSchema.parse({
    accounts: [{ username: "nobody" }],
    fileWith: "agency-one",
  });
  sender = await testSender(at);
  desks = new Map();
  for (const role of ROLES) desks.set(role, await deskOf(at, role));
});

const HOLD = {
  kind: "preservation-request",
  authority: "Example Police",
  reason: "Their warrant is on its way.",
  lastDay: { day: "2099-06-30", zone: "Europe/London" },
};

interface Route {
  /** Who gets a 2xx at a platform, by DESIGN's laws; written by hand. */
  may: readonly string[];
  body?: object;
}
const everybody = ROLES;
const caseworkers = ["reviewer", "lead"];
const ROUTES: Record<string, Route> = {
  "POST /api/session": { may: [], body: { token: "no-such-link" } },
  "GET /api/session": { may: everybody },
  "DELETE /api/session": { may: everybody },
  "GET /api/queue": { may: everybody },
  "GET /api/reports/{id}": { may: everybody },
  "POST /api/reports/{id}/claims": {
    may: caseworkers,
    body: { about: { kind: "report" }, states: { kind: "flag", flag: "spam", value: true } },
  },
  "POST /api/reports/{id}/evidence/{evidenceId}/grants": {
    may: caseworkers,
    body: { purpose: "assess-the-report" },
  },
  // The grant is the lead's own.
  "GET /api/grants/{id}/content": { may: ["lead"] },
  "POST /api/reports/{id}/referrals": {
    may: caseworkers,
    body: { peer: "agency-one", reason: "A case for them." },
  },
  "POST /api/reports/{id}/outcomes": { may: caseworkers, body: { kind: "arrest", arrests: 1 } },
  "POST /api/reports/{id}/urgency": {
    may: ["lead"],
    body: { tier: "R5", reason: "Nothing in it is urgent." },
  },
  "GET /api/senders": { may: everybody },
  "GET /api/senders/{id}": { may: everybody },
  "GET /api/senders/{id}/scorecard.csv": { may: everybody },
  "POST /api/senders/{id}/bursts/{burst}/accept": {
    may: ["lead"],
    body: { reason: "It is their new format." },
  },
  "GET /api/requests": { may: everybody },
  "GET /api/reports/{id}/suggested-requests": { may: caseworkers },
  "POST /api/reports/{id}/requests": {
    may: caseworkers,
    body: { rule: "view-file", subject: "A view", body: "Please view it." },
  },
  "PUT /api/reports/{id}/requests/{requestId}": {
    may: caseworkers,
    body: { subject: "A view", body: "Please view it." },
  },
  "POST /api/reports/{id}/requests/{requestId}/sent": {
    may: caseworkers,
    body: { to: "The viewing room", at: "2026-01-01T00:00:00Z", way: "other" },
  },
  "POST /api/reports/{id}/requests/{requestId}/answers": {
    may: caseworkers,
    body: {
      whole: true,
      provider: "The viewing room",
      receivedAt: "2026-01-01T00:00:00Z",
      claims: [],
      events: [],
    },
  },
  "POST /api/reports/{id}/requests/{requestId}/refused": { may: caseworkers, body: { note: "No room." } },
  "POST /api/reports/{id}/requests/{requestId}/withdrawn": { may: caseworkers, body: { note: "Done." } },
  "POST /api/reports/{id}/arrival-decisions": {
    may: ["lead"],
    body: { kind: "apart", reason: "Another kite." },
  },
  "POST /api/reports/{id}/arrival-decisions/{decision}/undo": {
    may: ["lead"],
    body: { reason: "A mistake." },
  },
  "POST /api/reports/{id}/link-decisions": {
    may: ["lead"],
    body: {
      kind: "never-link",
      value: { kind: "account", value: "example%20chat/1000001" },
      reason: "A shared one.",
    },
  },
  "POST /api/reports/{id}/link-decisions/{decision}/undo": { may: ["lead"], body: { reason: "A mistake." } },
  "GET /api/subjects/{subject}": { may: everybody },
  "POST /api/subjects/{subject}/owner": { may: ["lead"], body: {} },
  "POST /api/subjects/{subject}/look": { may: ["lead"], body: { reason: "It is one person." } },
  "GET /api/campaigns": { may: everybody },
  "GET /api/campaigns/{campaign}": { may: everybody },
  "POST /api/campaigns/{campaign}/closings": { may: ["lead"], body: {} },
  "POST /api/campaigns/{campaign}/closings/{closing}/seen": {
    may: ["lead"],
    body: { report: "00000000-0000-4000-8000-000000000000", found: "copy" },
  },
  "POST /api/campaigns/{campaign}/closings/{closing}/close": {
    may: ["lead"],
    body: { reason: "All copies." },
  },
  "GET /api/safeguarding": { may: everybody },
  "POST /api/reports/{id}/safeguarding": {
    may: caseworkers,
    body: { step: "decide", authority: COUNCIL.id, reason: "A child may need help." },
  },
  "GET /api/pages": { may: everybody },
  "POST /api/pages/{id}/answer": { may: caseworkers, body: {} },
  "POST /api/pages/{id}/take-over": { may: caseworkers, body: {} },
  "GET /api/health": { may: everybody },
  "GET /api/tasks": { may: everybody },
  "POST /api/tasks/{id}/take-over": { may: caseworkers, body: {} },
  // To somebody who works here is filled in.
  "POST /api/tasks/{id}/hand-on": {
    may: caseworkers,
    body: { to: "00000000-0000-4000-8000-000000000000" },
  },
  "POST /api/tasks/{id}/retry": { may: caseworkers, body: {} },
  "POST /api/tasks/{id}/correct": { may: caseworkers, body: {} },
  "POST /api/tasks/{id}/elsewhere": { may: caseworkers, body: { reason: "Brought by hand." } },
  "POST /api/tasks/{id}/close": { may: caseworkers, body: { reason: "Seen to." } },
  "GET /api/peers": { may: everybody },
  "GET /api/deconfliction": { may: everybody },
  "POST /api/reports/{id}/conflicts/{peer}/steps": { may: caseworkers, body: { kind: "taken" } },
  "GET /api/reports/{id}/uk-direct": { may: everybody },
  "POST /api/reports/{id}/uk-direct": { may: caseworkers, body: ukForm() },
  "POST /api/reports/{id}/uk-direct/preview": { may: caseworkers, body: ukForm() },
  "GET /api/keeping": { may: everybody },
  "GET /api/reports/{id}/keeping": { may: everybody },
  "POST /api/reports/{id}/holds": { may: caseworkers, body: HOLD },
  "POST /api/reports/{id}/holds/{hold}/extend": {
    may: caseworkers,
    body: { reason: "The court asks again." },
  },
  "POST /api/reports/{id}/holds/{hold}/release": { may: ["lead"], body: { reason: "The case is over." } },
  "POST /api/reports/{id}/keeping-decisions": {
    may: ["lead"],
    body: { kind: "longer", reason: "The appeal is not over.", lastDay: { day: "2099-12-31", zone: "UTC" } },
  },
  "POST /api/reports/{id}/erasing-confirmations": { may: ["lead"], body: { reason: "Nobody needs it." } },
  "GET /api/reports/{id}/erasure-certificate": { may: everybody },
  "GET /api/review": { may: caseworkers },
  "POST /api/review/turns": { may: caseworkers, body: {} },
  "POST /api/review/files/{sha256}/give-back": { may: caseworkers, body: {} },
  "POST /api/review/files/{sha256}/hand-on": { may: ["lead"], body: { reason: "They are ill." } },
  "POST /api/review/files/{sha256}/looks": { may: caseworkers, body: {} },
  "GET /api/review/looks/{id}/content": { may: caseworkers },
  "POST /api/review/looks/{id}/seen": { may: caseworkers, body: { seenMs: 1, wholeMs: 1 } },
  "POST /api/review/files/{sha256}/decision": { may: caseworkers, body: { decision: "leave" } },
  // The report that waits is filled in.
  "POST /api/review/known": { may: caseworkers, body: { reports: [randomUUID()], reason: "Known." } },
  "GET /api/review/policies": { may: caseworkers },
  "POST /api/review/policies/{bank}": {
    may: ["lead"],
    body: { exact: "nothing", perceptual: "review", reason: "As agreed." },
  },
  "GET /api/audit": { may: ["lead", "auditor"] },
  "GET /api/leaves/{id}/proof": { may: everybody },
};

/** The route with the ids of a fresh report in its place, so that no answer depends on the one before. */
async function fill(route: string, role = "lead"): Promise<{ method: string; path: string; body?: object }> {
  const [method = "", template = ""] = route.split(" ");
  const file = testFile();
  const reportId = await accepted(sender, [file]);
  if (template.includes("/urgency")) {
    const { assessReport } = await import("../assessment/index.ts");
    await assessReport(at.station, reportId);
    // Whatever the rules say, there is something to lower.
    await at.station.db.pool.query("update assessment set tier = 1 where report_id = $1", [reportId]);
  }
  let id = reportId;
  if (template.includes("/grants/{id}")) {
    const response = await desks
      .get("lead")
      ?.request("POST", `/api/reports/${reportId}/evidence/${file.id}/grants`, {
        purpose: "assess-the-report",
      });
    id = ((await response?.json()) as { id: string } | undefined)?.id ?? "";
  }
  if (template.includes("/senders/{id}")) {
    await scoreLater(at.station.db.kysely, [reportId]);
    await scoreDue(at.station);
    const { rows } = await at.station.db.pool.query<{ sender: string }>(
      "select sender from sender_facts where report_id = $1",
      [reportId],
    );
    id = rows[0]?.sender ?? "";
  }
  const media = template.includes("/review/")
    ? await postedFile(at.station, { reportId, role, isSeen: template.endsWith("/hand-on") })
    : undefined;
  if (media !== undefined && template.includes("/looks/{id}")) id = media.look;
  const burst = template.includes("{burst}") ? await burstAbout(at.station, reportId, id) : "";
  if (template.includes("/leaves/")) {
    const { rows } = await at.station.db.pool.query<{ id: string }>(
      "select id from leaf where index is not null order by position limit 1",
    );
    id = rows[0]?.id ?? "";
  }
  if (template.includes("/pages/")) id = await pageAbout(reportId, template.endsWith("/take-over"));
  if (template.includes("/tasks/")) id = await taskAbout(at.station, reportId, template.endsWith("/close"));
  if (template.includes("/conflicts/")) await conflictAbout(reportId);
  const requestId = template.includes("{requestId}") ? await requestAbout(reportId, template) : "";
  const known = await whoIsWho(at.station, reportId, file, template);
  const hold = template.includes("{hold}") ? await holdOn(reportId) : "";
  if (/erasing|erasure/.test(template)) await mayGo(at.station, reportId, template.endsWith("certificate"));
  const path = template
    .replace("{id}", id)
    .replace("{sha256}", media?.sha256 ?? "")
    .replace("{bank}", "kites")
    .replace("{hold}", hold)
    .replace("{burst}", burst)
    .replace("{evidenceId}", file.id)
    .replace("{requestId}", requestId)
    .replace("{peer}", "agency-one")
    .replace("{decision}", known.decision)
    .replace("{subject}", known.subject)
    .replace("{campaign}", known.campaign)
    .replace("{closing}", known.closing);
  const to = template.endsWith("/tasks/{id}/hand-on") ? await somebody(at.station, "lead") : undefined;
  const seen =
    template.includes("/campaigns/") && template.endsWith("/seen")
      ? { report: reportId, found: "copy" }
      : undefined;
  const posted = template.endsWith("/known") ? { reports: [reportId], reason: "Known." } : undefined;
  const form = method === "POST" && template.includes("/uk-direct") ? ukForm() : posted;
  const body = to === undefined ? (seen ?? form) : { to };
  return { method, path, ...(body === undefined ? {} : { body }) };
}

/** A form for a UK direct report that every rule is content with. */
function ukForm(): object {
  const choices = {
    priority: { level: "P3" },
    links: [],
    declaration: true,
    reporter: { lastName: "Example", email: "ada@example.com" },
    howDetected: [],
    identityDocuments: [],
    notHeld: UK_ITEM_IDS.map((item) => ({ item })),
  };
  return { id: randomUUID(), peer: "uk-one", choices };
}

/** Something that is open between this station and its peer over a report. */
async function conflictAbout(reportId: string): Promise<void> {
  const now = new Date().toISOString();
  const query = randomUUID();
  const content = {
    version: 1,
    id: randomUUID(),
    matter: reportId,
    openedAt: now,
    owner: { id: "duty", role: "lead" },
    deadline: now,
    side: "was-asked",
    peer: "agency-one",
    query,
    reference: randomUUID(),
    steps: [],
  };
  await at.station.db.pool.query(
    `insert into conflict (id, report_id, peer_id, year, token, query, side, content, opened_at)
      values ($1, $2, 'agency-one', 2026, '', $3, 'was-asked', $4, $5)`,
    [content.id, reportId, query, JSON.stringify(content), now],
  );
}

/** A hold that nobody of those who ask has placed. */
async function holdOn(reportId: string): Promise<string> {
  const other = await addPerson(at.station.db.kysely, "Another reviewer", "reviewer", Date.now());
  return await placeHold(at.station, reportId, { ...HOLD, kind: "preservation-request" }, other);
}

/** A request in the state from which the route can move it. */
async function requestAbout(reportId: string, template: string): Promise<string> {
  const lead = desks.get("lead");
  const path = `/api/reports/${reportId}/requests`;
  const drafted = await lead?.request("POST", path, {
    rule: "view-file",
    subject: "A view",
    body: "Please view it.",
  });
  const made = (await drafted?.json()) as { requests: { id: string }[] } | undefined;
  const requestId = made?.requests[0]?.id ?? "";
  if (/answers|refused/.test(template))
    await lead?.request("POST", `${path}/${requestId}/sent`, {
      to: "The viewing room",
      at: "2026-01-01T00:00:00Z",
      way: "other",
    });
  return requestId;
}

async function pageAbout(reportId: string, answered: boolean): Promise<string> {
  const { rows } = await at.station.db.pool.query<{ id: string }>(
    `insert into page (id, report_id, raised_at, triggers, fresh, acknowledged_at, acknowledged_by, owner)
     select gen_random_uuid(), $1, now(), '[]', '{}', case when $2 then now() end, answers.id, answers.id
     from (select case when $2 then (select id from person order by id limit 1) end as id) answers returning id`,
    [reportId, answered],
  );
  return rows[0]?.id ?? "";
}

test("the table above knows every route that the station describes", async () => {
  const { paths } = (await (await fetch(`${at.url}/openapi.json`)).json()) as {
    paths: Record<string, object>;
  };
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  assert.deepEqual(
    described.filter((route) => !route.startsWith("HEAD ")).toSorted(),
    Object.keys(ROUTES).toSorted(),
  );
});

test("every route answers every role as the design says, and nobody without a session", async () => {
  for (const [route, { may, body }] of Object.entries(ROUTES)) {
    if (route.endsWith(" /api/session") && !route.startsWith("GET")) continue;
    for (const role of ROLES) {
      const { method, path, body: own = body } = await fill(route, role);
      const response = await desks.get(role)?.request(method, path, own);
      assert.equal(
        response?.ok,
        may.includes(role),
        `${route} as ${role}: ${response?.status} ${await response?.text()}`,
      );
      if (!may.includes(role)) assert.equal(response?.status, 403, `${route} as ${role}`);
    }
    const { method, path } = await fill(route);
    for (const cookie of ["", "fairlead=wrong", `fairlead=${randomUUID()}`]) {
      const response = await fetch(`${at.url}${path}`, {
        method,
        headers: {
          cookie,
          "x-fairlead-desk": "1",
          ...(body === undefined ? {} : { "content-type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      await problemOf(response, 401);
    }
  }
});

test("a change that does not come from the desk's own page is refused, whoever's cookie it carries", async () => {
  const { cookie } = await at.signIn("lead");
  for (const [route, { body }] of Object.entries(ROUTES)) {
    const { method, path } = await fill(route);
    if (method === "GET" || path === "/api/session") continue;
    const response = await fetch(`${at.url}${path}`, {
      method,
      headers: { cookie, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    assert.equal((await problemOf(response, 403)).code, "request.forged", route);
  }
});

test("a platform's people give no category, and nobody refers or lowers a closed report", async () => {
  const reportId = await accepted(sender, [testFile()]);
  const lead = desks.get("lead");
  const grade = {
    about: { kind: "report" },
    states: { kind: "uk-category", category: "C", description: "A landscape." },
  };
  const refused = await lead?.request("POST", `/api/reports/${reportId}/claims`, grade);
  assert.equal(refused?.status, 403, await refused?.text());
  const closed = await lead?.request("POST", `/api/reports/${reportId}/outcomes`, {
    kind: "duplicate",
    of: "1001",
  });
  assert.equal(closed?.status, 200);
  for (const [what, body] of [
    ["referrals", { peer: "agency-one", reason: "A case for them." }],
    ["urgency", { tier: "R5", reason: "Nothing in it is urgent." }],
  ] as const)
    assert.equal((await lead?.request("POST", `/api/reports/${reportId}/${what}`, body))?.status, 403);
});
