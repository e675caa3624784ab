import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import { aFlag, SENDER } from "@fairlead/assessment/testing";
import type { Claim, Flag } from "@fairlead/report";
import { parseConfig } from "../config.ts";
import type { HealthView, PageList } from "../desk-api/contract.ts";
import { deskOf, type TestDesk, until } from "../testing/desk.ts";
import { problemOf } from "../testing/problem.ts";
import { accepted, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";
import { advancePage } from "./advance.ts";

const MINUTE_MS = 60_000;
const end = endOfFile();
let now = Date.parse("2026-11-20T10:00:00Z");
let at: TestStation;
let sender: TestSender;
let desks: Record<"reviewer" | "lead" | "auditor", TestDesk>;
/** What the pager was given, and how it answers. */
const pager = { status: 200, got: [] as object[] };
before(async () => {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString("utf8")));
    request.on("end", () => {
      pager.got.push(JSON.parse(body) as object);
      response.writeHead(pager.status).end();
    });
  });
  await new Promise<void>((ready) => void server.listen(0, "127.0.0.1", ready));
  end.after(async () => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the pager has no port");
  // Without workers: each job is done by hand, so that the clock is the test's.
  at = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: { roles: ["intake", "desk"], paging: { webhook: `http://127.0.0.1:${address.port}/page` } },
    clock: () => now,
  });
  sender = await testSender(at);
  desks = {
    reviewer: await deskOf(at, "reviewer"),
    lead: await deskOf(at, "lead"),
    auditor: await deskOf(at, "auditor"),
  };
});

const said = (...flags: Flag[]): Claim[] =>
  flags.map((name) => ({ about: { kind: "report" }, source: SENDER, states: aFlag(name) }));

/** A report with these flags about nobody that another is about, worked up; and its page, if it has one. */
async function reported(...flags: Flag[]): Promise<{ report: string; page: string }> {
  const report = await accepted(sender, [], { persons: [], claims: said(...flags) });
  await workUp(at.station, { reportId: report });
  return { report, page: (await pagesOf(report))[0] ?? "" };
}
async function pagesOf(report: string): Promise<string[]> {
  const { rows } = await at.station.db.pool.query<{ id: string }>(
    "select id from page where report_id = $1 order by raised_at, id",
    [report],
  );
  return rows.map(({ id }) => id);
}
async function listed(desk: TestDesk, list = "unanswered"): Promise<PageList> {
  return (await (await desk.request("GET", `/api/pages?list=${list}&limit=100`)).json()) as PageList;
}
const seen = async (desk: TestDesk, page: string) => (await listed(desk)).pages.find(({ id }) => id === page);
const healthCheck = async (id: string) =>
  ((await (await desks.lead.request("GET", "/api/health")).json()) as HealthView).checks.find(
    (check) => check.id === id,
  );

describe("a report that becomes immediate", () => {
  test("pages in the transaction of its assessment, with a leaf, and calls everybody who works cases", async () => {
    const { report, page } = await reported("live-abuse");
    const shown = await seen(desks.reviewer, page);
    assert.equal(shown?.triggers[0]?.text, "Abuse is said to be going on, or was streamed live.");
    assert.match(shown?.triggers[0]?.path ?? "", /^\/report\/claims\/0$/);
    assert.deepEqual([shown?.rings, shown?.stage], [true, "caseworkers"]);
    assert.equal((await seen(desks.auditor, page))?.rings, false);
    const { rows } = await at.station.db.pool.query(
      `select report.assessed_at = page.raised_at as same, (select count(*) from graphile_worker.jobs where key = 'advance-page:' || page.id) as jobs,
         (select body -> 'triggers' from leaf where leaf.report_id = report.id and kind = 'page.raised') as triggers
       from page join report on report.id = page.report_id where page.id = $1`,
      [page],
    );
    assert.deepEqual(rows, [{ same: true, jobs: "1", triggers: ["r1.live-abuse"] }]);
    assert.equal((await desks.lead.report(report)).pages.length, 1);
  });

  test("does not page below R1, nor twice for the same", async () => {
    const { report } = await reported("sextortion", "infant");
    assert.deepEqual(await pagesOf(report), []);
    const again = await reported("abduction");
    await workUp(at.station, { reportId: again.report });
    await desks.lead.request("POST", `/api/reports/${again.report}/claims`, {
      about: { kind: "report" },
      states: { kind: "flag", flag: "grooming", value: true },
    });
    assert.equal((await pagesOf(again.report)).length, 1);
    await desks.lead.request("POST", `/api/reports/${again.report}/claims`, {
      about: { kind: "report" },
      states: { kind: "flag", flag: "threat-to-life", value: true },
    });
    assert.equal((await pagesOf(again.report)).length, 2);
  });

  test("pages once although two workers assess it at the same time", async () => {
    const report = await accepted(sender, [], { persons: [], claims: said("adult-with-child") });
    await Promise.all([1, 2, 3, 4].map(async () => await workUp(at.station, { reportId: report })));
    assert.equal((await pagesOf(report)).length, 1);
  });
});

describe("answering", () => {
  test("is done by one person, who has it until somebody takes it over", async () => {
    const { report, page } = await reported("live-stream");
    const [first, second] = await Promise.all([
      desks.reviewer.request("POST", `/api/pages/${page}/answer`),
      desks.lead.request("POST", `/api/pages/${page}/answer`),
    ]);
    assert.deepEqual(
      [first.status, second.status].toSorted((a, b) => a - b),
      [200, 409],
    );
    const loser = first.status === 409 ? desks.reviewer : desks.lead;
    assert.match(
      (await problemOf(await loser.request("POST", `/api/pages/${page}/answer`), 409)).detail,
      /has answered/,
    );
    assert.equal(await seen(desks.lead, page), undefined);
    assert.equal((await loser.request("POST", `/api/pages/${page}/take-over`)).status, 200);
    const shown = (await listed(loser, "answered")).pages.find(({ id }) => id === page);
    assert.equal(shown?.mine, true);
    const { history } = await desks.lead.report(report);
    assert.deepEqual(
      history.map(({ kind }) => kind).filter((kind) => kind.startsWith("page.")),
      ["page.raised", "page.acknowledged", "page.taken-over"],
    );
  });

  test("comes before taking over", async () => {
    const { page } = await reported("abduction");
    assert.equal((await desks.lead.request("POST", `/api/pages/${page}/take-over`)).status, 409);
    assert.equal((await desks.lead.request("POST", `/api/pages/${randomUUID()}/answer`)).status, 404);
  });
});

describe("a page that nobody answers", () => {
  test("goes to the leads after five minutes and to everybody after fifteen, and is red then", async () => {
    const { report, page } = await reported("meeting-within-72h");
    const raised = now;
    const step = async (minutes: number) => {
      now = raised + minutes * MINUTE_MS;
      await advancePage(at.station, { pageId: page });
      const shown = await seen(desks.auditor, page);
      return [shown?.stage, shown?.rings];
    };
    assert.deepEqual(await step(4.99), ["caseworkers", false]);
    assert.deepEqual(await step(5), ["leads", false]);
    assert.deepEqual(await step(14.99), ["leads", false]);
    assert.deepEqual(await step(15), ["everybody", true]);
    const red = await healthCheck("pages-unanswered");
    assert.equal(red?.state, "red");
    assert.ok(red.count >= 1);
    await advancePage(at.station, { pageId: page });
    const { history } = await desks.lead.report(report);
    assert.equal(history.filter(({ kind }) => kind === "page.escalated").length, 2);
    await desks.reviewer.request("POST", `/api/pages/${page}/answer`);
    const calls = (await listed(desks.lead, "answered")).pages.find(({ id }) => id === page)?.calls;
    assert.deepEqual(
      calls?.map(({ audience, state }) => [audience, state]),
      [
        ["caseworkers", "told"],
        ["leads", "told"],
        ["everybody", "told"],
      ],
    );
  });

  test("does not escalate once it has been answered", async () => {
    const { page } = await reported("threat-to-life");
    await desks.reviewer.request("POST", `/api/pages/${page}/answer`);
    now += 20 * MINUTE_MS;
    await advancePage(at.station, { pageId: page });
    const calls = (await listed(desks.lead, "answered")).pages.find(({ id }) => id === page)?.calls;
    assert.deepEqual(calls, []);
  });
});

describe("the outward channel", () => {
  test("gets the number, the tier and the triggers' names, and no word of the report", async () => {
    pager.got.length = 0;
    const { report, page } = await reported("child-suicide-risk");
    await advancePage(at.station, { pageId: page });
    const { entry } = await desks.lead.report(report);
    assert.deepEqual(pager.got, [
      {
        page,
        audience: "caseworkers",
        station: "platform-one",
        report: entry.number,
        tier: "R1",
        triggers: ["r1.child-suicide-risk"],
        raisedAt: (await seen(desks.lead, page))?.raisedAt,
      },
    ]);
    await advancePage(at.station, { pageId: page });
    assert.equal(pager.got.length, 1);
  });

  test("is tried again with growing pauses while it fails, and that is seen", async () => {
    const { page } = await reported("abduction");
    pager.status = 503;
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      await advancePage(at.station, { pageId: page });
      const call = (await seen(desks.lead, page))?.calls[0];
      assert.deepEqual([call?.state, call?.attempts], ["intended", attempt]);
      assert.match(call?.lastError ?? "", /answered 503/);
      const pause = Date.parse(call?.nextAttemptAt ?? "") - now;
      pauses.push(pause);
      now += pause;
    }
    assert.deepEqual(
      pauses,
      pauses.toSorted((a, b) => a - b),
    );
    assert.ok((pauses[3] ?? 0) > (pauses[0] ?? 0));
    now += MINUTE_MS;
    const stuck = await healthCheck("outward-channel");
    assert.equal(stuck?.state, "red");
    assert.match(stuck.detail ?? "", /503/);
    pager.status = 200;
    await advancePage(at.station, { pageId: page });
    assert.equal((await seen(desks.lead, page))?.calls[0]?.state, "told");
  });

  test("is not called any more once somebody has answered, and what it owes is over", async () => {
    const { page } = await reported("live-abuse");
    pager.status = 503;
    await advancePage(at.station, { pageId: page });
    await desks.lead.request("POST", `/api/pages/${page}/answer`);
    pager.status = 200;
    pager.got.length = 0;
    now += 20 * MINUTE_MS;
    await advancePage(at.station, { pageId: page });
    assert.deepEqual(pager.got, []);
    const calls = (await listed(desks.lead, "answered")).pages.find(({ id }) => id === page)?.calls;
    assert.deepEqual(
      calls?.map(({ state }) => state),
      ["ended"],
    );
    assert.notEqual((await healthCheck("outward-channel"))?.state, "red");
  });

  test("hears the same page once more, under the same name, when the station died in the middle of a call", async () => {
    const { page } = await reported("adult-with-child");
    pager.got.length = 0;
    await advancePage(at.station, { pageId: page });
    // As a process leaves it that died between the call and the note of its outcome.
    await at.station.db.pool.query(
      "update page_call set state = 'intended', told_at = null where page_id = $1",
      [page],
    );
    await advancePage(at.station, { pageId: page });
    assert.equal(pager.got.length, 1, "not before the first call must have ended");
    now += MINUTE_MS;
    await advancePage(at.station, { pageId: page });
    assert.equal(pager.got.length, 2);
    assert.deepEqual(pager.got[0], pager.got[1]);
  });

  test("is called once by two workers at the same time", async () => {
    const { page } = await reported("live-abuse");
    pager.got.length = 0;
    await Promise.all([1, 2, 3].map(async () => await advancePage(at.station, { pageId: page })));
    assert.equal(pager.got.length, 1);
  });
});

describe("a program as the outward channel", () => {
  test("gets the page on its standard input and nothing of the station's environment", async () => {
    const out = join(at.config.dataDir, "paged.json");
    const script = `let s="";process.stdin.on("data",c=>s+=c).on("end",()=>require("fs").writeFileSync(process.argv[1],JSON.stringify({page:JSON.parse(s),names:Object.keys(process.env)})))`;
    process.env["DATABASE_PASSWORD_OF_TEST"] = "secret";
    const worked = await startTestStation(end, {
      id: "platform-two",
      profile: "platform",
      config: { paging: { command: [process.execPath, "-e", script, out] } },
    });
    const report = await accepted(await testSender(worked), [], { claims: said("live-abuse") });
    const lead = await deskOf(worked, "lead");
    await until("the program's run", async () =>
      (await lead.report(report)).pages[0]?.calls.some(({ state }) => state === "told"),
    );
    const { readFile } = await import("node:fs/promises");
    const wrote = JSON.parse(await readFile(out, "utf8")) as {
      page: { triggers: string[] };
      names: string[];
    };
    assert.deepEqual(wrote.page.triggers, ["r1.live-abuse"]);
    assert.ok(!wrote.names.includes("DATABASE_PASSWORD_OF_TEST"));
  });

  test("that fails or is not there is said as it is", async () => {
    const { callOutward } = await import("./outward.ts");
    const page = {
      page: randomUUID(),
      audience: "leads" as const,
      station: "platform-one",
      report: "1001",
      tier: "R1" as const,
      triggers: [],
      raisedAt: new Date(now).toISOString(),
    };
    const call = async (command: string[]) =>
      await callOutward({ ...at.station, config: { ...at.station.config, paging: { command } } }, page);
    assert.deepEqual(await call([process.execPath, "-e", 'console.error("no line");process.exit(3)']), {
      told: false,
      why: "The command ended with 3: no line",
    });
    const missing = await call(["/nowhere/pager"]);
    assert.ok(!missing.told);
    assert.match(missing.why, /could not be run/);
  });
});

test("a configuration that pages by a command and a webhook is refused", async () => {
  const path = join(at.config.dataDir, "station.json");
  await writeFile(path, "{}");
  const both = { command: ["pager"], webhook: "https://pager.example/" };
  assert.throws(() => parseConfig({ ...minimal, paging: both }, path), /one of them pages/);
  assert.throws(() => parseConfig({ ...minimal, paging: { command: [] } }, path), /paging/);
});

const minimal = {
  station: { id: "platform-one", name: "Agency", profile: "platform" },
  listen: { port: 1 },
  publicUrl: "http://127.0.0.1:1",
  dataDir: ".",
};
