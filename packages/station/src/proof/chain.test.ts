import assert from "node:assert/strict";
import { before, test } from "node:test";
import { newToken, saveAccount } from "../access/index.ts";
import { type TestDesk, deskOf, until } from "../testing/desk.ts";
import { type FrankedParts, frankedParts, frankedReport, testProvider } from "../testing/franked.ts";
import { introduce, peerOf } from "../testing/peers.ts";
import { referred } from "../testing/referral.ts";
import { measuresOf, sealedFile, sealingSender } from "../testing/report.ts";
import { endOfFile, secretFile, startTestStation, type TestStation } from "../testing/station.ts";
import type { ReportView } from "../desk-api/contract.ts";

const end = endOfFile();
let platform: TestStation;
let clearinghouse: TestStation;
let agency: TestStation;
const provider = await testProvider();
before(async () => {
  agency = await startTestStation(end, { id: "agency-one", profile: "national-agency" });
  clearinghouse = await startTestStation(end, {
    id: "clearinghouse-one",
    profile: "clearinghouse",
    config: { verifiers: [provider.card] },
  });
  const { secret, path } = await secretFile(end, newToken());
  const account = { username: "kite", name: "Kite Chat", kind: "platform" as const, secret };
  await saveAccount(clearinghouse.station.db.kysely, account, Date.now());
  platform = await startTestStation(end, {
    id: "platform-one",
    profile: "platform",
    config: {
      verifiers: [provider.card],
      peers: [
        peerOf(clearinghouse, {
          wire: "cybertipline",
          cybertipline: {
            base: `${clearinghouse.url}/ispws`,
            username: "kite",
            passwordFile: path,
            environment: "test",
          },
        }),
      ],
    },
  });
  await introduce(clearinghouse, peerOf(platform), peerOf(agency, { countries: ["GB"] }));
  await introduce(agency, peerOf(clearinghouse));
});

const offence = (page: ReportView) =>
  page.assessment?.attributes.find(({ attribute }) => attribute === "offence")?.value;

const claimants = (page: ReportView) =>
  page.claims
    .filter(({ states }) => states.kind === "franking" && states.verified)
    .map(({ source }) => (source.kind === "station" ? source.id : source.kind));

/** The newest report of a station, once its proof was checked and it is assessed to this. */
async function arrived(at: TestStation, desk: TestDesk, value: string): Promise<[string, ReportView]> {
  return await until(`a report at ${at.config.station.id}`, async () => {
    const row = await at.station.db.kysely
      .selectFrom("report")
      .innerJoin("proof", "proof.report_id", "report.id")
      .select("report.id")
      .executeTakeFirst();
    const page = row === undefined ? undefined : await desk.report(row.id);
    return row !== undefined && page !== undefined && offence(page) === value && [row.id, page];
  });
}

async function handInSealed(parts: FrankedParts): Promise<string> {
  const files = [parts.bundle, parts.records, parts.attestation];
  const report = frankedReport(files);
  const evidence = report.evidence.map((item, index) => ({
    ...item,
    received: measuresOf(files[index]?.bytes ?? new Uint8Array()),
  }));
  const sealed = await Promise.all(
    files.map((file) => sealedFile(file, platform.station.keys.sealing.recipient)),
  );
  const response = await (await sealingSender(platform)).send({ ...report, evidence }, sealed);
  assert.equal(response.status, 201, await response.clone().text());
  return ((await response.json()) as { id: string }).id;
}

test("a franked report is proven at each station by its own check, over the wire and in a package, or by the word of one that checked", async () => {
  const parts = await frankedParts(provider);
  const desks = {
    platform: await deskOf(platform, "lead"),
    clearinghouse: await deskOf(clearinghouse, "lead"),
    agency: await deskOf(agency, "lead"),
  };
  const id = await handInSealed(parts);
  const [, first] = await arrived(platform, desks.platform, "O3");
  assert.deepEqual(claimants(first), ["platform-one"]);

  await referred(platform, id, "clearinghouse-one");
  const [filed, second] = await arrived(clearinghouse, desks.clearinghouse, "O3");
  assert.deepEqual(
    second.report.evidence.map(({ kind, name, mediaType, received }) => [
      kind,
      name,
      mediaType,
      received?.sha256,
    ]),
    first.report.evidence.map(({ kind, name, mediaType, received }) => [
      kind,
      name,
      mediaType,
      received?.sha256,
    ]),
  );
  assert.equal(second.report.evidence[0]?.kind, "message-bundle");
  // A wire has one sender, whose word on its own proof counts for nothing: the clearinghouse has checked for itself.
  assert.deepEqual(claimants(second), ["clearinghouse-one"]);

  await referred(clearinghouse, filed, "agency-one");
  const [last, third] = await arrived(agency, desks.agency, "O3");
  assert.deepEqual(claimants(third), ["clearinghouse-one"]);
  const proof = await agency.station.db.kysely
    .selectFrom("proof")
    .selectAll()
    .where("report_id", "=", last)
    .executeTakeFirst();
  assert.equal(proof?.state, "unknown-provider", "this one pins no provider and rests on its peer's word");
});
