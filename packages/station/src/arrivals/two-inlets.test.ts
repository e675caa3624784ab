import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { before, test } from "node:test";
import { exampleEvent, exampleSuspect } from "@fairlead/assessment/testing";
import type { Report } from "@fairlead/report";
import { newToken, saveAccount } from "../access/index.ts";
import type { QueuePage } from "../desk-api/contract.ts";
import { advanceReferral } from "../referral/index.ts";
import { deskOf } from "../testing/desk.ts";
import { introduce, peerOf } from "../testing/peers.ts";
import { referred } from "../testing/referral.ts";
import { accepted, testFile, testSender } from "../testing/report.ts";
import { endOfFile, secretFile, startTestStation, type TestStation } from "../testing/station.ts";
import { testUkReport, ukSender } from "../testing/uk-report.ts";
import { workUp } from "../work-up.ts";

const end = endOfFile();
let platform: TestStation;
let house: TestStation;
let agency: TestStation;
let direct: ReturnType<typeof ukSender>;
before(async () => {
  // Without workers: each step is made by hand.
  const config = { roles: ["intake", "desk"] };
  [platform, house, agency] = await Promise.all([
    startTestStation(end, { id: "kite-chat", profile: "platform", config }),
    startTestStation(end, { id: "house-one", profile: "clearinghouse", config }),
    startTestStation(end, { id: "agency-one", profile: "national-agency", config }),
  ]);
  const { secret, path } = await secretFile(end, newToken());
  const account = { username: "kite-chat", kind: "platform" as const, secret };
  await saveAccount(house.station.db.kysely, { ...account, name: "Kite Chat Limited" }, Date.now());
  const peers = [
    peerOf(house, {
      wire: "cybertipline",
      cybertipline: {
        base: `${house.url}/ispws`,
        username: "kite-chat",
        environment: "test",
        passwordFile: path,
      },
    }),
  ];
  await introduce(platform, ...peers);
  platform.station.config.peers = peers;
  await introduce(house, peerOf(agency, { countries: ["GB"] }));
  await introduce(agency, peerOf(house), peerOf(platform));
  await saveAccount(agency.station.db.kysely, { ...account, name: "kite chat limited" }, Date.now());
  const authorization = `Basic ${Buffer.from(`kite-chat:${secret}`).toString("base64")}`;
  direct = ukSender(agency, { authorization });
});

test("a report that comes by the CyberTipline and a clearinghouse, and directly, is one thing to work on at the agency", async () => {
  const sender = await testSender(platform);
  const file = testFile();
  const told: Partial<Report> = {
    sender: { kind: "platform", id: "kite-chat", name: "Kite Chat Limited" },
    persons: [exampleSuspect({ events: [exampleEvent({ port: 40_000 })] })],
  };
  const id = await accepted(sender, [file], told);
  await advanceReferral(platform.station, { referralId: await referred(platform, id, "house-one") });
  const { id: atHouse } = await house.station.db.kysely
    .selectFrom("report")
    .select("id")
    .executeTakeFirstOrThrow();
  await workUp(house.station, { reportId: atHouse });
  await advanceReferral(house.station, { referralId: await referred(house, atHouse, "agency-one") });
  // Another of the platform's systems makes it directly: one station does not do both.
  const again = { ...file, id: randomUUID() as typeof file.id };
  const made = await direct.make(testUkReport([again], {}, told), [again]);
  assert.equal(made.status, 201, await made.text());
  const rows = await agency.station.db.kysely
    .selectFrom("report")
    .select(["id", "door"])
    .orderBy("id")
    .execute();
  assert.deepEqual(
    rows.map(({ door }) => door),
    ["package", "uk-direct"],
  );
  for (const row of rows) await workUp(agency.station, { reportId: row.id });
  const analyst = await deskOf(agency, "analyst");
  const queue = (await (await analyst.request("GET", "/api/queue")).json()) as QueuePage;
  assert.deepEqual(
    queue.entries.map(({ arrivals }) => arrivals),
    [2],
  );
  const { members } = (await analyst.report(rows[1]?.id ?? "")).arrivals;
  assert.deepEqual(
    members.map(({ door, relation, why }) => [door, relation, why]),
    [
      ["uk-direct", "this", []],
      ["package", "same", ["same-files"]],
    ],
  );
});
