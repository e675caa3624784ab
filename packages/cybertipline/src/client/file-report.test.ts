import assert from "node:assert/strict";
import { test } from "node:test";
import type { CyberTiplineReport } from "../document/report.ts";
import type { ReportNumber } from "../document/scalars.ts";
import { OTHER_PLATFORM, startLoopback } from "../server/loopback-fixture.ts";
import { StoreFault } from "../server/store.ts";
import { bytesOf, clientOf, REPORT } from "./client-fixture.ts";
import { ClientError } from "./error.ts";
import { fileReport } from "./file-report.ts";
import type { FilingResult } from "./filing.ts";
import { createMemoryJournal, FILES, filing, type MemoryJournal } from "./filing-fixture.ts";
import { parseFilingEntry } from "./journal.ts";

type Of<Kind extends FilingResult["kind"]> = Extract<FilingResult, { kind: Kind }>;

function assertKind<Kind extends FilingResult["kind"]>(
  result: FilingResult,
  kind: Kind,
): asserts result is Of<Kind> {
  assert.equal(result.kind, kind, JSON.stringify(result));
}

/** The report that the journal knows to be open. */
function openNumber(memory: MemoryJournal): ReportNumber {
  const state = memory.stored("report-1")?.state;
  return state?.kind === "submitted" || state?.kind === "finishing"
    ? state.reportId
    : assert.fail("none is open");
}

const batched: CyberTiplineReport = {
  batchedReport: { reason: "VIRAL_POTENTIAL_MEME" },
  incidentSummary: REPORT.incidentSummary,
  reporter: REPORT.reporter,
};

test("files a report with its files and details, writing down every step before the next", async () => {
  await using server = await startLoopback();
  const memory = createMemoryJournal();
  const result = await fileReport(filing(server, memory));
  assertKind(result, "finished");
  const [report] = server.store.reports();
  assert.deepEqual(
    [report?.state, report?.reportId, [...(report?.files.keys() ?? [])]],
    ["finished", result.reportId, result.fileIds],
  );
  assert.deepEqual(
    [result.proof, result.isComplete, result.receivedAt],
    ["receipt", true, 1_772_366_400_000],
  );
  assert.deepEqual(
    memory.written.map(({ state }) => state.kind),
    ["intent", "submitted", "submitted", "submitted", "submitted", "finishing", "finished"],
  );
  assert.deepEqual(
    memory.written.map(({ revision }) => revision),
    [1, 2, 3, 4, 5, 6, 7],
  );
  const [first, second] = [...(report?.files.values() ?? [])];
  assert.equal(Buffer.from(first?.bytes ?? []).toString(), "green hills");
  assert.equal(first?.description?.details.originalFileName, "hills.png");
  assert.equal(Buffer.from(second?.bytes ?? []).toString(), "a blue sea");
  assert.equal(second?.description, undefined);
});

test("stores the number before anything else: the write after /submit precedes every other call", async () => {
  await using server = await startLoopback();
  const memory = createMemoryJournal();
  const order: string[] = [];
  await fileReport(
    filing(server, memory, {
      client: clientOf(server, {
        fetch: (url, init) => {
          order.push(url.slice(url.lastIndexOf("/")));
          return fetch(url, init);
        },
      }),
      journal: {
        ...memory.journal,
        write: (key, entry) => {
          order.push(entry.state.kind);
          return memory.journal.write(key, entry);
        },
      },
    }),
  );
  assert.deepEqual(order.slice(0, 4), ["intent", "/submit", "submitted", "/upload"]);
  assert.deepEqual(order.slice(-3), ["finishing", "/finish", "finished"]);
});

test("gives the same result again without a call, once it is finished or has failed", async () => {
  await using server = await startLoopback();
  const memory = createMemoryJournal();
  const first = await fileReport(filing(server, memory));
  const silent = clientOf(server, { fetch: () => assert.fail("no call may be made") });
  assert.deepEqual(await fileReport(filing(server, memory, { client: silent })), first);
  const broken = { key: "report-2", report: { ...batched, additionalInfo: "not allowed in a batch" } };
  const failed = await fileReport(filing(server, memory, broken));
  assertKind(failed, "failed");
  assert.deepEqual(await fileReport(filing(server, memory, { ...broken, client: silent })), failed);
});

test("fails for good when the server refuses the report, and says what is wrong with it and where", async () => {
  await using server = await startLoopback();
  const memory = createMemoryJournal();
  const result = await fileReport(
    filing(server, memory, { report: { ...batched, additionalInfo: "not allowed in a batch" } }),
  );
  assertKind(result, "failed");
  assert.deepEqual([result.failure.step, result.failure.responseCode], ["submit", 4100]);
  assert.match(result.failure.description, /^Validation failed\n\[\d+,\d+\] - .*additionalInfo/);
  assert.match(result.failure.requestId ?? "", /^[0-9a-f]{32}$/);
  assert.deepEqual(server.store.reports(), []);
});

test("retracts the open report when the server refuses a file's details or the finish", async () => {
  await using server = await startLoopback();
  const onlyExif = { exifViewedByEsp: true, fileViewedByEsp: false };
  for (const [key, step, options] of [
    ["details", "fileinfo", { files: [...FILES, { open: () => bytesOf("x"), details: onlyExif }] }],
    [
      "finish",
      "finish",
      { report: batched, files: [FILES[1], FILES[1]].filter((file) => file !== undefined) },
    ],
  ] as const) {
    const memory = createMemoryJournal();
    const result = await fileReport(filing(server, memory, { key, ...options }));
    assertKind(result, "failed");
    assert.deepEqual([result.failure.step, result.failure.responseCode], [step, 4100]);
    assert.deepEqual(server.store.reports(), []);
    const entry = memory.stored(key);
    assert.equal(entry?.abandoned.length, 1);
    assert.equal(memory.written.at(-2)?.state.kind, "failing");
  }
});

test("opens nothing when one of the documents cannot be written", async () => {
  const server = await startLoopback();
  await server[Symbol.asyncDispose]();
  const memory = createMemoryJournal();
  const details = { originalFileHash: [{ hashType: "MD5", value: "\u0000" }] };
  for (const [key, options] of [
    ["report", { report: { ...REPORT, additionalInfo: "\u0001" } }],
    ["details", { files: [{ open: () => bytesOf("x"), details }] }],
  ] as const) {
    const result = await fileReport(filing(server, memory, { key, ...options }));
    assertKind(result, "failed");
    assert.equal(result.failure.step, "write");
    assert.notEqual(result.failure.description, "");
  }
});

test("waits longer with every attempt while the server is out of service, or as long as it says", async () => {
  let retryAfterSeconds: number | undefined;
  await using server = await startLoopback({
    around: (store) => ({
      ...store,
      open: () => {
        throw retryAfterSeconds === undefined
          ? new Error("broken")
          : new StoreFault("unavailable", "down", retryAfterSeconds);
      },
    }),
  });
  const memory = createMemoryJournal();
  const waits: number[] = [];
  for (let attempt = 1; attempt <= 9; attempt += 1) {
    const result = await fileReport(filing(server, memory));
    assertKind(result, "pending");
    assert.equal(result.attempts, attempt);
    assert.equal(result.error.responseCode, 1000);
    waits.push(result.retryAfterMs / 1000);
  }
  assert.deepEqual(waits, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]);
  retryAfterSeconds = 7;
  const result = await fileReport(filing(server, memory));
  assertKind(result, "pending");
  assert.equal(result.retryAfterMs, 7000);
});

test("stops for a person, not for ever, when credentials or rights are wrong, and leaves the journal as it was", async () => {
  await using server = await startLoopback();
  const memory = createMemoryJournal();
  const wrong = await fileReport(filing(server, memory, { client: clientOf(server, { password: "wrong" }) }));
  assertKind(wrong, "blocked");
  assert.deepEqual([wrong.error.responseCode, memory.stored("report-1")?.state.kind], [2000, "intent"]);
  assertKind(await fileReport(filing(server, memory)), "finished");
  const noUpdate = { username: "no-update", password: "x" };
  const other = createMemoryJournal();
  const result = await fileReport(filing(server, other, { client: clientOf(server, noUpdate) }));
  assertKind(result, "blocked");
  assert.deepEqual([result.error.responseCode, other.stored("report-1")?.state.kind], [3300, "submitted"]);
});

test("stops for a person when a file cannot be read, and finishes when it can", async () => {
  await using server = await startLoopback();
  const memory = createMemoryJournal();
  const missing = () => {
    throw new Error("ENOENT");
  };
  const files = FILES.map((file, index) => (index === 1 ? { ...file, open: missing } : file));
  const result = await fileReport(filing(server, memory, { files }));
  assertKind(result, "blocked");
  assert.equal(result.error.code, "source");
  assertKind(await fileReport(filing(server, memory)), "finished");
  assert.deepEqual(
    server.store.reports().map((report) => [report.state, report.files.size]),
    [["finished", 2]],
  );
});

test("never finishes a report with a file that arrived otherwise than it was sent", async () => {
  await using server = await startLoopback();
  const memory = createMemoryJournal();
  let isLying = true;
  const client = clientOf(server, {
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      const body = (await response.text()).replace(/<hash>./, (text) => (isLying ? "<hash>-" : text));
      return new Response(body, response);
    },
  });
  const result = await fileReport(filing(server, memory, { client }));
  assertKind(result, "pending");
  assert.equal(result.error.code, "hash-mismatch");
  assert.equal(server.store.reports()[0]?.state, "open");
  isLying = false;
  assertKind(await fileReport(filing(server, memory, { client })), "finished");
  assert.equal(server.store.reports().length, 1);
  assert.equal(memory.stored("report-1")?.abandoned.length, 1);
});

test("starts afresh when the open report has expired or was retracted by another hand", async () => {
  for (const lose of ["expire", "retract"] as const) {
    await using server = await startLoopback();
    const memory = createMemoryJournal();
    const client = clientOf(server, {
      fetch: (url, init) => (url.endsWith("/finish") ? Promise.reject(new Error("down")) : fetch(url, init)),
    });
    assertKind(await fileReport(filing(server, memory, { client })), "pending");
    const reportId = openNumber(memory);
    if (lose === "retract") await clientOf(server).retract(reportId);
    else server.pass(48 * 60 * 60_000);
    const result = await fileReport(filing(server, memory));
    assertKind(result, "finished");
    assert.notEqual(result.reportId, reportId);
    assert.deepEqual(memory.stored("report-1")?.abandoned, [reportId]);
  }
});

test("says that the report is not complete when another hand has finished it too early", async () => {
  await using server = await startLoopback();
  const memory = createMemoryJournal();
  const client = clientOf(server, {
    fetch: (url, init) => (url.endsWith("/fileinfo") ? Promise.reject(new Error("down")) : fetch(url, init)),
  });
  assertKind(await fileReport(filing(server, memory, { client })), "pending");
  const reportId = openNumber(memory);
  await clientOf(server).finish(reportId);
  const result = await fileReport(filing(server, memory));
  assertKind(result, "finished");
  assert.deepEqual([result.proof, result.isComplete, result.fileIds.length], ["retract-refused", false, 1]);
  assert.equal(server.store.reports().length, 1);
});

test("never resumes an entry of another environment, server, account or report, and sends nothing", async () => {
  await using server = await startLoopback();
  const memory = createMemoryJournal();
  const down = clientOf(server, { fetch: () => Promise.reject(new Error("down")) });
  assertKind(await fileReport(filing(server, memory, { client: down })), "pending");
  const before = memory.stored("report-1");
  const silent = { fetch: () => assert.fail("no call may be made") };
  const silently = (options: Parameters<typeof clientOf>[1]) => clientOf(server, { ...silent, ...options });
  for (const [code, options] of [
    ["environment", { client: silently({ environment: "production" }) }],
    ["journal-mismatch", { client: clientOf({ base: "https://clearinghouse.example/ispws" }, silent) }],
    ["journal-mismatch", { client: silently(OTHER_PLATFORM) }],
    ["journal-mismatch", { client: silently({}), report: { ...REPORT, additionalInfo: "more" } }],
    ["journal-mismatch", { client: silently({}), files: FILES.slice(1) }],
  ] as const) {
    await assert.rejects(
      fileReport(filing(server, memory, options)),
      (error) => error instanceof ClientError && error.code === code && error.effect === "none",
    );
  }
  assert.deepEqual(memory.stored("report-1"), before);
});

test("makes no call without the lease", async () => {
  await using server = await startLoopback();
  for (const holds of [0, 1, 2, 3, 4]) {
    const memory = createMemoryJournal();
    let calls = 0;
    let left = holds;
    const client = clientOf(server, {
      fetch: (url, init) => {
        calls += 1;
        return fetch(url, init);
      },
    });
    const lease = { hold: async () => (left -= 1) >= 0 };
    assertKind(await fileReport(filing(server, memory, { client, lease })), "superseded");
    assert.equal(calls, holds);
  }
  assert.ok(server.store.reports().every((report) => report.state === "open"));
});

test("reads back every state that it writes, and nothing else", async () => {
  await using server = await startLoopback();
  const memory = createMemoryJournal();
  await fileReport(filing(server, memory));
  for (const entry of memory.written)
    assert.deepEqual(parseFilingEntry(JSON.parse(JSON.stringify(entry))), entry);
  const [entry] = memory.written;
  for (const wrong of [
    undefined,
    null,
    [],
    "{}",
    { ...entry, version: 2 },
    { ...entry, environment: "staging" },
    { ...entry, revision: "1" },
    { ...entry, abandoned: ["01"] },
    { ...entry, state: { kind: "unheard of" } },
    { ...entry, state: { kind: "submitted", reportId: "x", files: [] } },
    { ...entry, state: { kind: "submitted", reportId: "1", files: [{ fileId: "b" }] } },
    { ...entry, state: { kind: "failed" } },
    {
      ...entry,
      state: { kind: "finished", reportId: "1", fileIds: [], receivedAt: 1, proof: "hope", isComplete: true },
    },
  ]) {
    assert.throws(() => parseFilingEntry(wrong), TypeError);
  }
});
