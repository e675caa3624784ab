/** Any sequence of operations gives what a model of twenty lines gives. */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { ReportNumber } from "../../document/scalars.ts";
import type { Problem } from "../../problem.ts";
import type { Account, FileId, ReportContents } from "../store.ts";
import { HOUR_MS, MINUTE_MS, START_MS, type Steps, type StoreUnderTest, steps } from "./fixture.ts";

interface ModelReport {
  readonly reportId: ReportNumber;
  readonly owner: number;
  readonly batched: boolean;
  readonly files: { readonly fileId: FileId; described: boolean }[];
  state: "open" | "finished" | "retracted";
  /** The moment from which an open report is gone, written down anew by every step that moves it. */
  until: number;
}

interface Model {
  now: number;
  readonly reports: ModelReport[];
}

interface Real {
  readonly subject: StoreUnderTest;
  readonly step: Steps;
  readonly accounts: readonly [Account, Account];
}

type Kind = "foreign" | "gone" | "open" | "finished" | "retracted";

/** Which report (as a fraction of those there are) and which of the two accounts. */
interface Target {
  readonly report: number;
  readonly account: 0 | 1;
}

const BATCH_PROBLEM: Problem = { code: "rule.batched", path: "", message: "Two files.", remedy: "Retract." };
const batchRule = ({ batched, files }: ReportContents): readonly Problem[] =>
  batched && files.length > 1 ? [BATCH_PROBLEM] : [];

function expected(model: Model, report: ModelReport, account: number): Kind {
  if (report.state === "open" && model.now >= report.until) return "gone";
  if (report.owner !== account) return "foreign";
  return report.state;
}

/** Of a report that has expired, a store may say so, or whose it was, or have forgotten it in a sweep. */
const GONE: ReadonlySet<string> = new Set(["expired", "unknown"]);

/** One operation on one report: it is checked against the model's standing, and `effect` says what it does when open. */
function operation(
  name: string,
  target: Target,
  run: (real: Real, account: Account, report: ModelReport, model: Model) => Promise<string>,
  effect: (report: ModelReport, model: Model) => string,
): fc.AsyncCommand<Model, Real> {
  return {
    check: (model) => model.reports.length > 0,
    async run(model, real) {
      const report = model.reports[Math.floor(target.report * model.reports.length)];
      assert.ok(report !== undefined);
      const standing = expected(model, report, target.account);
      const kind = await run(real, real.accounts[target.account], report, model);
      if (standing === "gone") {
        assert.ok(GONE.has(kind) || (kind === "foreign" && report.owner !== target.account), kind);
      } else {
        assert.equal(kind, standing === "open" ? effect(report, model) : standing);
      }
    },
    toString: () => `${name}(report ${target.report.toFixed(2)}, account ${String(target.account)})`,
  };
}

const touch = (report: ModelReport, model: Model): void => {
  report.until = Math.max(report.until, model.now + HOUR_MS);
};

const send = (target: Target) => {
  let fileId: FileId | undefined;
  return operation(
    "send",
    target,
    async ({ step }, account, { reportId }, { now }) => {
      const sent = await step.send(account, reportId, new TextEncoder().encode("a hill"), now);
      fileId = sent.fileId;
      return sent.outcome.kind;
    },
    (report, model) => {
      if (fileId !== undefined) report.files.push({ fileId, described: false });
      touch(report, model);
      return "ok";
    },
  );
};

const describe = (target: Target) =>
  operation(
    "describe",
    target,
    async ({ step }, account, { reportId, files }, { now }) =>
      (await step.describe(account, reportId, files.at(-1)?.fileId ?? (`b${"0".repeat(31)}` as FileId), now))
        .kind,
    (report, model) => {
      const file = report.files.at(-1);
      if (file === undefined) return "no-file";
      if (file.described) return "already";
      file.described = true;
      touch(report, model);
      return "ok";
    },
  );

const finish = (target: Target) => {
  let fileIds: readonly FileId[] = [];
  return operation(
    "finish",
    target,
    async ({ subject }, account, { reportId }, { now }) => {
      const outcome = await subject.store.finish(account, reportId, now, batchRule);
      if (outcome.kind === "ok") fileIds = outcome.fileIds;
      return outcome.kind;
    },
    (report) => {
      if (report.batched && report.files.length > 1) return "rejected";
      report.state = "finished";
      assert.deepEqual(
        fileIds,
        report.files.map((file) => file.fileId),
      );
      return "ok";
    },
  );
};

const retract = (target: Target) =>
  operation(
    "retract",
    target,
    async ({ subject }, account, { reportId }, { now }) =>
      (await subject.store.retract(account, reportId, now)).kind,
    (report) => {
      report.state = "retracted";
      return "ok";
    },
  );

const lookUp = (target: Target) =>
  operation(
    "lookUp",
    target,
    async ({ subject }, account, { reportId }, { now }) =>
      (await subject.store.lookUp(account, reportId, now)).kind,
    () => "open",
  );

const openReport = (account: 0 | 1, batched: boolean): fc.AsyncCommand<Model, Real> => ({
  check: () => true,
  async run(model, { step, accounts }) {
    const reportId = await step.open(accounts[account], model.now, batched);
    const until = model.now + 24 * HOUR_MS;
    model.reports.push({ reportId, owner: account, batched, files: [], state: "open", until });
  },
  toString: () => `open(account ${String(account)}${batched ? ", batched" : ""})`,
});

const wait = (minutes: number): fc.AsyncCommand<Model, Real> => ({
  check: () => true,
  async run(model) {
    model.now += minutes * MINUTE_MS;
  },
  toString: () => `wait(${String(minutes)} min)`,
});

const sweep = (): fc.AsyncCommand<Model, Real> => ({
  check: () => true,
  async run(model, { subject }) {
    const gone = await subject.store.expire(model.now, 10_000);
    for (const report of model.reports) {
      const isGone = report.state === "open" && model.now >= report.until;
      if (gone.includes(report.reportId)) assert.ok(isGone);
      if (isGone) assert.equal(await subject.kept(report.reportId), undefined);
    }
  },
  toString: () => "sweep",
});

export function testModel(open: () => StoreUnderTest, runs: number): void {
  test("answers any sequence of calls as the model does, and ends with the model's reports", async () => {
    const subject = open();
    const step = steps(subject.store);
    const accounts = [await step.signIn(subject.platform), await step.signIn(subject.otherPlatform)] as const;
    const account = fc.constantFrom<0 | 1>(0, 1);
    const target = fc.record({
      report: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      // Mostly the account that opens most reports, so that most operations find something to do.
      account: fc.oneof(
        { weight: 4, arbitrary: fc.constant<0>(0) },
        { weight: 1, arbitrary: fc.constant<1>(1) },
      ),
    });
    const commands = fc.commands(
      [
        fc.tuple(account, fc.boolean()).map(([who, batched]) => openReport(who, batched)),
        ...[send, describe, finish, retract, lookUp].map((make) => target.map(make)),
        fc.constantFrom(1, 50, 59, 60, 61, 700, 1440).map(wait),
        fc.constant(sweep()),
      ],
      { maxCommands: 30 },
    );
    await fc.assert(
      fc.asyncProperty(commands, async (sequence) => {
        const model: Model = { now: START_MS, reports: [] };
        await fc.asyncModelRun(() => ({ model, real: { subject, step, accounts } }), sequence);
        for (const report of model.reports) {
          const kept = await subject.kept(report.reportId);
          if (report.state === "retracted") assert.equal(kept, undefined);
          if (report.state === "finished") {
            assert.equal(kept?.state, "finished");
            assert.deepEqual(
              kept.files.map((file) => ({ fileId: file.fileId, described: file.detailsXml !== undefined })),
              report.files,
            );
          }
        }
      }),
      { numRuns: runs },
    );
  });
}
