import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { campaignsOf, defaultCampaignRules } from "@fairlead/assessment";
import { exampleEvent, exampleIdentifier, exampleSuspect } from "@fairlead/assessment/testing";
import type { Person } from "@fairlead/report";
import type { CampaignView } from "../desk-api/campaign-contract.ts";
import type { QueuePage } from "../desk-api/contract.ts";
import { deskOf, type TestDesk } from "../testing/desk.ts";
import { problemOf } from "../testing/problem.ts";
import { accepted, testFile, type TestFile, testSender, type TestSender } from "../testing/report.ts";
import { endOfFile, startTestStation, type TestStation } from "../testing/station.ts";
import { workUp } from "../work-up.ts";
import { rollUpCampaigns } from "./roll-up.ts";
import { sampleSize } from "./sample.ts";
import { sightingOf, type SightingRow } from "./sightings.ts";

const end = endOfFile();
let at: TestStation;
let sender: TestSender;
let analyst: TestDesk;
before(async () => {
  at = await startTestStation(end, {
    id: "agency-one",
    profile: "platform",
    config: {
      roles: ["intake", "desk"],
      networks: {
        name: "documentation ranges",
        entries: [{ prefix: "192.0.2.0/24", country: "GB", network: "access" }],
      },
    },
  });
  sender = await testSender(at);
  analyst = await deskOf(at, "lead");
});

async function reportOf(file: TestFile, person: Person): Promise<string> {
  const id = await accepted(sender, [{ ...file, id: randomUUID() as TestFile["id"] }], { persons: [person] });
  await workUp(at.station, { reportId: id });
  return id;
}

const suspect = (account: string, parts: Partial<Person> = {}) =>
  exampleSuspect({
    identifiers: [exampleIdentifier("account", account, { platform: "Example Chat" })],
    events: [],
    ...parts,
  });

async function viewOf(path: string, body?: object): Promise<CampaignView> {
  const response = await analyst.request(body === undefined ? "GET" : "POST", path, body);
  assert.equal(response.status, 200, await response.clone().text());
  return (await response.json()) as CampaignView;
}

test("200 reports of one picture, 100 of them from one address, make a campaign and no subject", async () => {
  const kite = testFile({ name: "kite.png" });
  const event = exampleEvent();
  const reports: string[] = [];
  for (let each = 0; each < 200; each += 1)
    reports.push(await reportOf(kite, suspect(randomUUID(), each % 2 === 0 ? { events: [event] } : {})));
  await rollUpCampaigns(at.station);
  const { rows } = await at.station.db.pool.query<{ subjects: string; members: string }>(
    "select (select count(*) from subject) as subjects, (select count(*) from subject_member) as members",
  );
  assert.deepEqual(rows[0], { subjects: "0", members: "0" });
  const { campaigns } = (await (await analyst.request("GET", "/api/campaigns")).json()) as {
    campaigns: Array<CampaignView["campaign"]>;
  };
  assert.deepEqual(
    campaigns.map(({ holders, reports: all, lastWeek }) => [holders, all, lastWeek]),
    [[200, 200, 200]],
  );
  const stranger = await reportOf(testFile(), suspect(randomUUID()));
  const { entries } = (await (await analyst.request("GET", "/api/queue?limit=200")).json()) as QueuePage;
  const marks = new Map(entries.map(({ id, campaign }) => [id, campaign?.holders]));
  assert.ok(entries.length > 100);
  for (const [id, holders] of marks) assert.equal(holders, id === stranger ? undefined : 200, id);
  const [copy = ""] = reports;
  assert.equal((await analyst.report(copy)).entry.campaign?.holders, 200);
  assert.equal((await analyst.report(stranger)).entry.campaign, undefined);
});

test("the station's campaigns are those of the pure function over its sightings, whenever the lists were made", async () => {
  const [one, two] = [testFile(), testFile()];
  for (let each = 0; each < 30; each += 1) {
    await reportOf(each % 2 === 0 ? one : two, suspect(randomUUID()));
    if (each % 7 === 0) await rollUpCampaigns(at.station);
  }
  await rollUpCampaigns(at.station);
  const { rows } = await at.station.db.pool.query<SightingRow>("select * from sighting");
  const { rows: kept } = await at.station.db.pool.query<{ detail: object }>(
    "select detail from campaign order by holders desc, id",
  );
  assert.deepEqual(
    kept.map(({ detail }) => detail),
    campaignsOf(rows.map(sightingOf), defaultCampaignRules),
  );
});

test("copies are closed together only after a sample was looked at; the lead stays, and a new link opens a copy again", async () => {
  const boat = testFile({ name: "boat.png" });
  const copies: string[] = [];
  const accounts = Array.from({ length: 30 }, () => randomUUID());
  for (const account of accounts) copies.push(await reportOf(boat, suspect(account)));
  const lead = await accepted(sender, [{ ...boat, id: randomUUID() as TestFile["id"] }, testFile()], {
    persons: [suspect(randomUUID())],
  });
  await workUp(at.station, { reportId: lead });
  await rollUpCampaigns(at.station);
  const { campaigns } = (await (await analyst.request("GET", "/api/campaigns")).json()) as {
    campaigns: Array<CampaignView["campaign"]>;
  };
  const campaign = campaigns.find(({ reports }) => reports === 31)?.id ?? "";
  const path = `/api/campaigns/${campaign}`;
  const seen = await viewOf(path);
  assert.deepEqual(
    seen.leads.map(({ report, reasons }) => [report, reasons[0]?.rule]),
    [[lead, "lead.new-file"]],
  );
  assert.equal(seen.copies, 30);
  const drawn = await viewOf(`${path}/closings`, {});
  const { closing } = drawn;
  assert.equal(closing?.sample.length, sampleSize(30));
  await problemOf(await analyst.request("POST", `${path}/closings`, {}), 409);
  await problemOf(
    await analyst.request("POST", `${path}/closings/${closing?.id}/close`, { reason: "Copies." }),
    409,
  );
  for (const { report } of closing?.sample ?? [])
    await viewOf(`${path}/closings/${closing?.id}/seen`, { report, found: "copy" });
  const closed = await viewOf(`${path}/closings/${closing?.id}/close`, { reason: "All of one boat." });
  assert.deepEqual([closed.closing?.state, closed.closing?.closed, closed.copies], ["closed", 30, 0]);
  const page = await analyst.report(copies[0] ?? "");
  assert.equal(page.entry.status, "closed");
  assert.ok(page.history.some(({ kind }) => kind === "campaign.copy-closed"));
  assert.equal((await analyst.report(lead)).entry.status, "new");
  await reportOf(testFile(), suspect(accounts[0] ?? ""));
  const again = await analyst.report(copies[0] ?? "");
  assert.equal(again.entry.status, "new");
  assert.ok(again.history.some(({ kind }) => kind === "report.reopened"));
  assert.equal((await analyst.report(copies[1] ?? "")).entry.status, "closed");
});

test("whoever has another report besides is no copy", async () => {
  const leaf = testFile({ name: "leaf.png" });
  const twice = randomUUID();
  for (let each = 0; each < 26; each += 1) await reportOf(leaf, suspect(each === 0 ? twice : randomUUID()));
  await rollUpCampaigns(at.station);
  const { campaigns } = (await (await analyst.request("GET", "/api/campaigns")).json()) as {
    campaigns: Array<CampaignView["campaign"]>;
  };
  const id = campaigns.find(({ reports }) => reports === 26)?.id ?? "";
  const copies = async () => (await viewOf(`/api/campaigns/${id}`)).copies;
  assert.equal(await copies(), 26);
  await reportOf(testFile(), suspect(twice));
  assert.equal(await copies(), 25);
});

test("a lead in the sample stops the closing", async () => {
  const cloud = testFile({ name: "cloud.png" });
  const reports: string[] = [];
  for (let each = 0; each < 27; each += 1) reports.push(await reportOf(cloud, suspect(randomUUID())));
  await rollUpCampaigns(at.station);
  const { rows } = await at.station.db.pool.query<{ id: string }>(
    "select campaign as id from campaign_item where item = 'exact-' || (select exact from sighting where report_id = $1)",
    [reports[0]],
  );
  const path = `/api/campaigns/${rows[0]?.id}`;
  const { closing } = await viewOf(`${path}/closings`, {});
  const [first] = closing?.sample ?? [];
  const stopped = await viewOf(`${path}/closings/${closing?.id}/seen`, {
    report: first?.report ?? "",
    found: "lead",
  });
  assert.equal(stopped.closing?.state, "stopped");
  await problemOf(
    await analyst.request("POST", `${path}/closings/${closing?.id}/close`, { reason: "Copies." }),
    409,
  );
});

test("a sample is everything of a few and twenty-nine of very many", () => {
  assert.deepEqual([1, 5, 10, 100, 1_000_000].map(sampleSize), [1, 5, 10, 25, 29]);
});
