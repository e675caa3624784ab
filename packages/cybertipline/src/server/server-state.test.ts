import assert from "node:assert/strict";
import { test } from "node:test";
import {
  assertRefused,
  BATCHED_XML,
  OTHER_PLATFORM,
  platform,
  reportAbout,
  startLoopback,
} from "./loopback-fixture.ts";

const HOUR_MS = 60 * 60_000;
const UNKNOWN_FILE = `b${"0".repeat(31)}`;

test("takes the numbers of the account's own finished reports as prior reports, and no others", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  const naming = (reportId: string) =>
    esp.submit(
      reportAbout(
        `<personOrUserReported><priorCTReports>${reportId}</priorCTReports></personOrUserReported>`,
      ),
    );
  const reportId = await esp.open();
  assertRefused(await naming(reportId), 400, 4100, /There is no report/);
  await esp.finish(reportId);
  assert.equal((await naming(reportId)).code, 0);
  const other = platform(server.base, OTHER_PLATFORM);
  const foreign = await other.open();
  await other.finish(foreign);
  assertRefused(await naming(foreign), 400, 4100, /There is no report/);
});

test("answers by the state of the report", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  const finished = await esp.open();
  const file = (await esp.upload(finished, "hills")).element("fileId") ?? "";
  await esp.finish(finished);
  const retracted = await esp.open();
  assert.deepEqual([(await esp.retract(retracted)).code], [0]);
  const expired = await esp.open();
  server.pass(24 * HOUR_MS);
  for (const [reportId, status, code] of [
    [finished, 409, 5102],
    [retracted, 409, 5101],
    [expired, 404, 5001],
    ["12345", 404, 5001],
  ] as const) {
    for (const answer of [
      await esp.upload(reportId, "hills"),
      await esp.describe(reportId, file),
      await esp.finish(reportId),
      await esp.retract(reportId),
    ]) {
      assertRefused(answer, status, code);
      assert.equal(answer.element("reportId"), reportId);
    }
  }
  assert.equal(server.store.stagedCount(), 0);
});

test("answers for another account's report word for word as for one that does not exist", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  const other = platform(server.base, OTHER_PLATFORM);
  const reportId = await esp.open();
  const file = (await esp.upload(reportId, "hills")).element("fileId") ?? "";
  const askAll = async (number: string): Promise<string[]> =>
    [
      await other.upload(number, "hills"),
      await other.describe(number, file),
      await other.finish(number),
      await other.retract(number),
    ].map((answer) => `${String(answer.status)} ${answer.body.replaceAll(number, "N")}`);
  const absent = await askAll("999");
  assert.match(absent[0] ?? "", /^404 .*5001/s);
  assert.deepEqual(await askAll(reportId), absent);
  await esp.finish(reportId);
  assert.deepEqual(await askAll(reportId), absent);
});

test("describes a file once, and only a file of the report", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  const reportId = await esp.open();
  const fileId = (await esp.upload(reportId, "hills")).element("fileId") ?? "";
  assertRefused(await esp.describe(reportId, UNKNOWN_FILE), 404, 5002);
  assertRefused(await esp.describe(reportId, "0"), 404, 5002);
  assertRefused(await esp.describe(await esp.open(), fileId), 404, 5002);
  assertRefused(await esp.describe("1", fileId), 404, 5001);
  const twoAddresses = "<ipCaptureEvent><ipAddress>192.0.2.1</ipAddress></ipCaptureEvent>".repeat(2);
  assertRefused(
    await esp.describe(reportId, fileId, twoAddresses),
    400,
    4100,
    /^Validation failed\n\[1,\d+\] - cvc-/,
  );
  const onlyExif = "<fileViewedByEsp>false</fileViewedByEsp><exifViewedByEsp>true</exifViewedByEsp>";
  assertRefused(await esp.describe(reportId, fileId, onlyExif), 400, 4100, /entire file/);
  assert.equal((await esp.describe(reportId, fileId)).code, 0);
  assertRefused(await esp.describe(reportId, fileId), 400, 4000, /details already/);
});

test("holds a batched report to one file at finish, with 400 and 4100, and leaves it open", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  const reportId = await esp.open(BATCHED_XML);
  const fileId = (await esp.upload(reportId, "hills")).element("fileId") ?? "";
  assertRefused(await esp.describe(reportId, fileId), 400, 4100, /viral/);
  assert.equal(
    (await esp.describe(reportId, fileId, "<fileAnnotations><viral>true</viral></fileAnnotations>")).code,
    0,
  );
  await esp.upload(reportId, "sea");
  assertRefused(await esp.finish(reportId), 400, 4100, /^Validation failed\n.*at most one file/);
  assert.equal((await esp.retract(reportId)).code, 0);
  const single = await esp.open(BATCHED_XML);
  await esp.upload(single, "hills");
  assert.equal((await esp.finish(single)).code, 0);
});

test("keeps a report alive for an hour after an upload, also beyond its first day", async () => {
  await using server = await startLoopback();
  const esp = platform(server.base);
  const reportId = await esp.open();
  server.pass(24 * HOUR_MS - 1);
  const fileId = (await esp.upload(reportId, "hills")).element("fileId") ?? "";
  server.pass(HOUR_MS - 1);
  assert.equal((await esp.describe(reportId, fileId)).code, 0);
  server.pass(HOUR_MS);
  assertRefused(await esp.finish(reportId), 404, 5001, /24 hours/);
});
