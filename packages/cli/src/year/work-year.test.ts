import assert from "node:assert/strict";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { defaultRuleSet, linkingKeys, subjectsOf } from "@fairlead/assessment";
import type { ReportId } from "@fairlead/report";
import { simulateYear } from "@fairlead/simulator";
import { yearNetworkClaims } from "./networks.ts";
import { type Progress, workYear } from "./work-year.ts";
import { planOf } from "./year-plan.ts";

const YEAR = { year: 2023, seed: 5, total: 3_000 };
const PLAN = planOf({ ...YEAR, partSize: 500 });

let root: string;
before(async () => {
  root = await mkdtemp(join(tmpdir(), "fairlead-year-"));
});
after(() => rm(root, { recursive: true, force: true }));

interface Run {
  threads?: number;
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
}

async function worked(
  name: string,
  { threads = 2, onProgress = quiet, signal = new AbortController().signal }: Run = {},
) {
  return await workYear({ folder: join(root, name), plan: PLAN, threads, signal, onProgress });
}

function quiet(): void {}

/** What does not depend on the run. */
function answerOf(year: Awaited<ReturnType<typeof worked>>) {
  if (year === undefined) return undefined;
  const { seconds: _, made: __, cpuSeconds: ___, peakGB: ____, ...answer } = year;
  return answer;
}

suite("a worked year", () => {
  test("finds the persons that linking the same reports one by one finds", async () => {
    const year = await worked("one");
    assert.ok(year !== undefined);
    const rules = defaultRuleSet();
    const held = [...simulateYear(YEAR)].map(({ caseNumber, receivedAt, report }) => ({
      report: caseNumber as ReportId,
      receivedAt,
      keys: linkingKeys(
        caseNumber as ReportId,
        report,
        yearNetworkClaims(report, new Date(receivedAt).toISOString()),
        rules.linking,
      ),
    }));
    const subjects = subjectsOf(held, [], rules.linking);
    const joined = new Set(subjects.flatMap(({ members }) => members.map(({ report }) => report)));
    const alone = held.length - joined.size;
    // Subjects of two persons in one report, or of victims, count for the report that is named first.
    assert.ok(Math.abs(year.accuracy.subjects.count - (subjects.length + alone)) <= held.length / 100);
    assert.ok(year.accuracy.subjects.precision > 0.99, `precision ${year.accuracy.subjects.precision}`);
    assert.equal(
      year.levels.reduce((sum, each) => sum + each, 0),
      YEAR.total,
    );
    assert.equal(
      year.tiers.reduce((sum, each) => sum + each, 0),
      YEAR.total,
    );
    assert.ok(year.linked.pieces < year.unlinked.pieces);
    assert.equal(year.accuracy.routing.fromGeolocationAlone, 0);
  });

  test("stops when told, goes on where it was, and comes to the same answer with any number of threads", async () => {
    const stop = new AbortController();
    const stopped = await worked("two", {
      threads: 1,
      signal: stop.signal,
      onProgress: ({ step, done }) => {
        if (step === "making" && done === 2) stop.abort();
      },
    });
    assert.equal(stopped, undefined);
    const folder = join(root, "two");
    const first = join(folder, "part-00000.bin");
    const { mtimeMs } = await stat(first);
    assert.equal((await readdir(folder)).filter((name) => name.endsWith(".bin")).length, 2);
    const after = await worked("two", { threads: 1 });
    assert.equal(after?.made, 4);
    assert.equal((await stat(first)).mtimeMs, mtimeMs);
    assert.deepEqual(answerOf(after), answerOf(await worked("one")));
  });

  test("is not mixed with another one in the same folder", async () => {
    await assert.rejects(
      workYear({
        folder: join(root, "one"),
        plan: { ...PLAN, seed: 6 },
        threads: 1,
        signal: new AbortController().signal,
        onProgress: quiet,
      }),
      /describes another run than this one/,
    );
  });
});
