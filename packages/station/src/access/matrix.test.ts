import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { mediaConfigSchema } from "../media/index.ts";
import { placeHold } from "../keeping/index.ts";
import { scoreDue, scoreLater } from "../senders/index.ts";
import { addPerson } from "./index.ts";
import { deskOf, type TestDesk } from "../testing/desk.ts";
import { COUNCIL, HOLD, ROLES, ROUTES, ukForm } from "../testing/desk-routes.ts";
import { introduce, peerOf } from "../testing/peers.ts";
import { problemOf } from "../testing/problem.ts";
import { accountThatWaits } from "../testing/account.ts";
import { mayGo } from "../testing/may-go.ts";
import { bankAbout } from "../testing/bank.ts";
import { accepted, testFile, testSender, type TestSender } from "../testing/report.ts";
import { postedFile } from "../testing/posted-file.ts";
import { burstAbout, somebody, taskAbout } from "../testing/task.ts";
import { whoIsWho } from "../testing/who-is-who.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";

const end = endOfFile();
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
  const bank = template.includes("/banks/{bank}") ? await bankAbout(at.station) : undefined;
  const path = `${template}${queryOf(template)}`
    .replace("{id}", id)
    .replace("{account}", template.includes("{account}") ? await accountThatWaits(at.station) : "")
    .replace("{sha256}", media?.sha256 ?? "")
    .replace("{bank}", bank?.id ?? "kites")
    .replace("{entry}", bank?.entry ?? "")
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
  const change =
    bank !== undefined && template.endsWith("/changes")
      ? { seen: bank.seen, reason: "As agreed with them.", enabled: false }
      : undefined;
  const body = to === undefined ? (change ?? seen ?? form) : { to };
  return { method, path, ...(body === undefined ? {} : { body }) };
}

/** What a route must be asked with. */
function queryOf(template: string): string {
  if (template.endsWith("/parts")) return "?sort=tag";
  return template.endsWith("/feedback/reasons") ? "?kind=md5" : "";
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
