/** Exactly one finished report, whatever goes wrong at whichever step. The server's own store is the judge. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { type Loopback, startLoopback } from "../server/loopback-fixture.ts";
import { bytesOf, clientOf } from "./client-fixture.ts";
import { fileReport } from "./file-report.ts";
import type { Filing, FilingResult } from "./filing.ts";
import {
  createMemoryJournal,
  createWorld,
  type Fault,
  FILES,
  filing,
  type MemoryJournal,
} from "./filing-fixture.ts";

const FAULTS: readonly Fault[] = ["lost", "done", "dies-before", "dies-after"];

/** One life of a worker in which one effect goes wrong. How it ends does not matter: the next one knows the journal only. */
async function life(
  server: Loopback,
  memory: MemoryJournal,
  options: Partial<Filing>,
  at: number,
  fault: Fault,
): Promise<{ readonly effects: number; readonly result: FilingResult | undefined }> {
  const world = createWorld(memory, at, fault);
  const client = clientOf(server, { fetch: world.fetch });
  const result = await fileReport(
    filing(server, memory, { ...options, client, journal: world.journal }),
  ).catch(() => undefined);
  return { effects: world.count(), result };
}

/** Lives on without faults until there is a result. */
async function recover(
  server: Loopback,
  memory: MemoryJournal,
  options: Partial<Filing> = {},
): Promise<FilingResult> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const result = await fileReport(filing(server, memory, options));
    if (result.kind === "finished" || result.kind === "failed") return result;
  }
  return assert.fail("a filing must end when nothing goes wrong any more");
}

/** Of all reports that were ever opened here, one is finished, whole, and the one that the result names. */
function assertFiledOnce(server: Loopback, result: FilingResult, message: string): void {
  const finished = server.store.reports().filter((report) => report.state === "finished");
  assert.equal(finished.length, 1, message);
  const [report] = finished;
  assert.ok(result.kind === "finished", message);
  assert.deepEqual([result.reportId, result.isComplete], [report?.reportId, true], message);
  const files = [...(report?.files.values() ?? [])];
  assert.deepEqual(
    files.map((file) => [Buffer.from(file.bytes).toString(), file.description !== undefined]),
    [
      ["green hills", true],
      ["a blue sea", false],
    ],
    message,
  );
  assert.deepEqual(
    result.fileIds,
    files.map((file) => file.upload.fileId),
    message,
  );
}

for (const fault of FAULTS) {
  test(`files once when any one effect is ${fault}`, async () => {
    await using server = await startLoopback();
    let at = 1;
    let effects = 0;
    do {
      const memory = createMemoryJournal();
      const message = `effect ${String(at)} ${fault}`;
      const { effects: seen } = await life(server, memory, {}, at, fault);
      effects = seen;
      const result = await recover(server, memory);
      assertFiledOnce(server, result, message);
      assert.deepEqual(await recover(server, memory), result);
      // The next round starts with an empty clearinghouse.
      server.store.clear();
      at += 1;
    } while (effects >= at - 1);
    // submit, two uploads, one fileinfo, finish; and seven writes.
    assert.equal(at - 2, 12);
  });

  test(`leaves nothing open and nothing finished when a refusal meets an effect that is ${fault}`, async () => {
    await using server = await startLoopback();
    const refused = { open: () => bytesOf("x"), details: { exifViewedByEsp: true, fileViewedByEsp: false } };
    const options = { files: [...FILES, refused] };
    let at = 1;
    let effects = 0;
    do {
      const memory = createMemoryJournal();
      const message = `effect ${String(at)} ${fault}`;
      ({ effects } = await life(server, memory, options, at, fault));
      const result = await recover(server, memory, options);
      assert.equal(result.kind, "failed", message);
      // A report whose number was lost on the way is an orphan that expires by itself; none may be known and open.
      const entry = memory.stored("report-1");
      assert.equal(entry?.state.kind, "failed", message);
      const open = server.store.reports().map((report) => report.reportId);
      assert.ok(open.length <= 1, message);
      for (const reportId of entry?.abandoned ?? []) assert.ok(!open.includes(reportId), message);
      assert.ok(server.store.reports().every((report) => report.state === "open"));
      server.store.clear();
      at += 1;
    } while (effects >= at - 1);
  });
}

test("files once through any series of faults", async () => {
  await using server = await startLoopback();
  const faults = fc.array(
    fc.record({ at: fc.integer({ min: 1, max: 14 }), fault: fc.constantFrom(...FAULTS) }),
    {
      minLength: 2,
      maxLength: 6,
    },
  );
  await fc.assert(
    fc.asyncProperty(faults, async (series) => {
      server.store.clear();
      const memory = createMemoryJournal();
      for (const { at, fault } of series) await life(server, memory, {}, at, fault);
      assertFiledOnce(server, await recover(server, memory), JSON.stringify(series));
    }),
    { numRuns: 30 },
  );
});

test("files once when two workers run at the same time because the lease let both in", async () => {
  await using server = await startLoopback();
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, startsLate) => {
      server.store.clear();
      const memory = createMemoryJournal();
      const worker = (name: string): Promise<unknown> => {
        const turn = (label: string): Promise<unknown> =>
          scheduler.schedule(Promise.resolve(), `${name} ${label}`);
        const client = clientOf(server, {
          fetch: async (url, init) => {
            await turn(url.slice(url.lastIndexOf("/")));
            return fetch(url, init);
          },
        });
        const journal = {
          read: async (key: string) => {
            await turn("read");
            return memory.journal.read(key);
          },
          write: async (key: string, entry: Parameters<typeof memory.journal.write>[1]) => {
            await turn(`write ${entry.state.kind}`);
            return memory.journal.write(key, entry);
          },
        };
        return fileReport(filing(server, memory, { client, journal }));
      };
      const both = startsLate
        ? worker("first").then(() => Promise.all([worker("second"), worker("third")]))
        : Promise.all([worker("first"), worker("second")]);
      await scheduler.waitFor(both);
      assertFiledOnce(server, await recover(server, memory), JSON.stringify(scheduler.report()));
    }),
    { numRuns: 30 },
  );
});
