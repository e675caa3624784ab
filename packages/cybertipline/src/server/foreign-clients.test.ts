/** Clients that other people wrote, unchanged, against our server. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test, type TestContext } from "node:test";
import { promisify } from "node:util";
import { Client, Environment, IncidentType, IPEventName, type Report } from "cybertipline-tools";
import type { CyberTiplineReport } from "../document/report.ts";
import { BATCHED_XML, type Loopback, PLATFORM, REPORT_XML, startLoopback } from "./loopback-fixture.ts";

/** The library knows NCMEC's two addresses only; its requests are led to the loopback, otherwise untouched. */
function toolsClient(t: TestContext, { base }: Loopback, password = PLATFORM.password): Client {
  const real = globalThis.fetch;
  t.mock.method(globalThis, "fetch", (input: string, init?: RequestInit) =>
    real(input.replace("https://exttest.cybertip.org/ispws", base), init),
  );
  return new Client({
    environment: Environment.Testing,
    credentials: { username: PLATFORM.username, password },
  });
}

const REPORT: Report = {
  incidentSummary: {
    incidentType: IncidentType.MisleadingDomainName,
    incidentDateTime: new Date("2026-02-28T18:00:00Z"),
  },
  incidentDetails: { webPageIncidents: [{ url: ["https://shapes.example/circle"] }] },
  reporter: { reportingPerson: { firstName: "Safety", email: [{ email: "safety@platform.example" }] } },
  personOrUserReported: {
    espIdentifier: "user-17",
    screenName: "hills",
    ipCaptureEvent: [
      {
        ipAddress: "192.0.2.1",
        eventName: IPEventName.Login,
        dateTime: new Date("2026-02-28T17:59:00Z"),
        port: 4711,
      },
    ],
  },
};

const kept = (server: Loopback): CyberTiplineReport | undefined =>
  server.store.reports()[0]?.submission.report;

test("cybertipline-tools files a whole report", async (t) => {
  await using server = await startLoopback();
  const client = toolsClient(t, server);
  const status = await client.getStatus();
  assert.equal(status.data.responseDescription, "Remote User : platform, Remote Ip : 127.0.0.1");
  assert.match(status.requestId, /^[0-9a-f]{32}$/);
  const { reportId: id } = (await client.submitReport(REPORT)).data;
  const uploaded = await client.uploadFile({ id, file: new File(["a green hill"], "hills.png") });
  const { fileId } = uploaded.data;
  const described = await client.submitFileDetails({
    reportId: id,
    fileId,
    originalFileName: "hills.png",
    fileViewedByEsp: true,
    originalFileHash: [{ hashType: "MD5", value: "d41d8cd98f00b204e9800998ecf8427e" }],
  });
  assert.equal(described.data.reportId, id);
  const finished = await client.finishReport({ id });
  assert.deepEqual([finished.data.responseCode, finished.data.reportId], [0, id]);

  const [report] = server.store.reports();
  assert.equal(report?.state, "finished");
  assert.deepEqual(kept(server)?.personOrUserReported?.[0]?.ipCaptureEvent?.[0], {
    ipAddress: "192.0.2.1",
    eventName: "Login",
    dateTime: "2026-02-28T17:59:00.000Z",
    port: 4711,
  });
  const [file] = report.files.values();
  assert.equal(Buffer.from(file?.bytes ?? []).toString(), "a green hill");
  assert.equal(file?.description?.details.fileViewedByEsp, true);
});

test("cybertipline-tools retracts a report, and hears what it may not do afterwards", async (t) => {
  await using server = await startLoopback();
  const client = toolsClient(t, server);
  const { reportId: id } = (await client.submitReport(REPORT)).data;
  assert.equal((await client.cancelReport({ id })).data.responseCode, 0);
  await assert.rejects(
    client.finishReport({ id }),
    /409 - ReportAlreadyRetracted \(Request-ID: [0-9a-f]{32}\)/,
  );
  const file = new File(["x"], "x");
  await assert.rejects(client.uploadFile({ id, file }), /409 - ReportAlreadyRetracted/);
  await assert.rejects(client.cancelReport({ id: 5 }), /404 - ReportDoesNotExist/);
  const { reportId: finished } = (await client.submitReport(REPORT)).data;
  await client.finishReport({ id: finished });
  await assert.rejects(client.finishReport({ id: finished }), /409 - ReportAlreadyFinished/);
  await assert.rejects(client.submitFileDetails({ reportId: id, fileId: "x" }), /ReportAlreadyRetracted/);
});

test("cybertipline-tools understands a missing password, although the answer is empty", async (t) => {
  await using server = await startLoopback();
  await assert.rejects(toolsClient(t, server, "wrong").getStatus(), /http status 401 \(Request-ID/);
});

test("cybertipline-tools does not escape: such a document is malformed, never guessed at", async (t) => {
  await using server = await startLoopback();
  const client = toolsClient(t, server);
  const url = ["https://shapes.example/?a=1&b=2"];
  await assert.rejects(
    client.submitReport({ ...REPORT, incidentDetails: { webPageIncidents: [{ url }] } }),
    /400 - MalformedXmlSubmittal/,
  );
  await assert.rejects(
    client.submitReport({ ...REPORT, additionalInfo: "1 < 2" }),
    /400 - MalformedXmlSubmittal/,
  );
  assert.deepEqual(server.store.reports(), []);
});

test("cybertipline-tools rewrites identifiers that look like numbers: we keep what came over the wire", async (t) => {
  await using server = await startLoopback();
  const client = toolsClient(t, server);
  for (const [sent, arrives] of [
    ["00123", "123"],
    ["1e3", "1000"],
    ["0x1F", "31"],
  ] as const) {
    await client.submitReport({ ...REPORT, personOrUserReported: { espIdentifier: sent } });
    const last = server.store.reports().at(-1)?.submission.report;
    assert.equal(last?.personOrUserReported?.[0]?.espIdentifier, arrives, sent);
  }
});

const run = promisify(execFile);
const hasCurl = await run("curl", ["--version"]).then(
  () => true,
  () => false,
);

test("curl files a report as the documentation's examples do, with --form and with --data", {
  skip: !hasCurl,
}, async () => {
  await using server = await startLoopback();
  const folder = await mkdtemp(join(tmpdir(), "fairlead-curl-"));
  try {
    const reportFile = join(folder, "report.xml");
    const picture = join(folder, "hills.bin");
    const bytes = Buffer.from(Array.from({ length: 2_000_000 }, (_, index) => (index * 31) % 256));
    await writeFile(reportFile, REPORT_XML);
    await writeFile(picture, bytes);
    const curl = async (path: string, ...args: string[]): Promise<string> => {
      const user = `${PLATFORM.username}:${PLATFORM.password}`;
      const { stdout } = await run("curl", ["--silent", "--user", user, ...args, server.base + path]);
      return stdout;
    };
    const element = (xml: string, name: string): string =>
      new RegExp(`<${name}>([^<]*)<`).exec(xml)?.[1] ?? "";

    assert.match(await curl("/status"), /Remote User : platform/);
    const type = "Content-Type: text/xml; charset=utf-8";
    const opened = await curl(
      "/submit",
      "--request",
      "POST",
      "--header",
      type,
      "--data-binary",
      `@${reportFile}`,
    );
    const id = element(opened, "reportId");
    // Above a megabyte, curl sends `Expect: 100-continue` and waits.
    const uploaded = await curl("/upload", "--form", `id=${id}`, "--form", `file=@${picture}`);
    const chunked = "Transfer-Encoding: chunked";
    await curl(
      "/upload",
      "--header",
      chunked,
      "--form",
      `file=@${picture};filename=blob`,
      "--form",
      `id=${id}`,
    );
    const finished = await curl("/finish", "--form", `id=${id}`);
    assert.deepEqual([element(finished, "responseCode"), element(finished, "reportId")], ["0", id]);
    assert.equal(element(finished, "fileId"), element(uploaded, "fileId"));
    const files = [...(server.store.reports()[0]?.files.values() ?? [])];
    assert.deepEqual(
      files.map((file) => [file.upload.fileName, Buffer.from(file.bytes).equals(bytes)]),
      [
        ["hills.bin", true],
        ["blob", true],
      ],
    );

    const another = element(await curl("/submit", "--header", type, "--data", BATCHED_XML), "reportId");
    assert.equal(element(await curl("/retract", "--data", `id=${another}`), "responseCode"), "0");
    assert.equal(element(await curl("/retract", "--data", `id=${another}`), "responseCode"), "5101");
  } finally {
    await rm(folder, { recursive: true });
  }
});
