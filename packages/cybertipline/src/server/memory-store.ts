/**
 * A store that lives as long as its process: for tests and for sandboxes in which nothing is real. Every operation runs
 * to its end without waiting for anything once its bytes are there, which is what makes it atomic.
 */
import { createHash, timingSafeEqual } from "node:crypto";
import { parseReportNumber, type ReportNumber } from "../document/scalars.ts";
import { expiresAt, judge, STAGED_LIFETIME_MS, type ReportRecord } from "./standing.ts";
import type {
  Account,
  Description,
  FileId,
  ReportContents,
  ServerStore,
  StagedFile,
  Submission,
  Upload,
} from "./store.ts";

export interface MemoryAccount extends Account {
  readonly password: string;
}

export interface MemoryStoreOptions {
  readonly accounts: readonly MemoryAccount[];
  /** The number of the first report. */
  readonly firstReportNumber?: number;
}

export interface KeptFile {
  readonly upload: Upload;
  readonly bytes: Uint8Array;
  readonly description?: Description;
}

/** One report as the store keeps it. */
export interface KeptReport extends ReportRecord {
  readonly reportId: ReportNumber;
  readonly submission: Submission;
  readonly files: ReadonlyMap<FileId, KeptFile>;
  readonly finishedAt?: number;
}

/** A `ServerStore` whose contents can be looked at. */
export interface MemoryStore extends ServerStore {
  reports(): readonly KeptReport[];
  /** Files that are stored but belong to no report. */
  stagedCount(): number;
  /** Forgets every report. Numbers are not given again. */
  clear(): void;
}

/** How many numbers of retracted reports are remembered; older ones answer as unknown. */
const MAX_RETRACTED = 100_000;

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

export function createMemoryStore(options: MemoryStoreOptions): MemoryStore {
  const reports = new Map<ReportNumber, KeptReport>();
  const retracted = new Map<ReportNumber, ReportRecord>();
  const staged = new Map<string, { readonly bytes: Uint8Array; readonly at: number }>();
  let nextReport = options.firstReportNumber ?? 1_000_001;
  let nextStaged = 1;

  const standing = (account: Account, reportId: ReportNumber, at: number) =>
    judge(reports.get(reportId) ?? retracted.get(reportId), account.accountId, at);

  /** The report, which `judge` has just found open. */
  const openReport = (reportId: ReportNumber): KeptReport => {
    const report = reports.get(reportId);
    if (report === undefined) throw new Error("a report that is open must be kept");
    return report;
  };

  const change = (reportId: ReportNumber, fields: Partial<KeptReport>): void => {
    reports.set(reportId, { ...openReport(reportId), ...fields });
  };

  /** A clock that was set back must not shorten a report's life. */
  const later = (reportId: ReportNumber, at: number): number => Math.max(openReport(reportId).changedAt, at);

  return {
    reports: () => [...reports.values()],
    stagedCount: () => staged.size,
    clear: () => {
      reports.clear();
      retracted.clear();
    },

    async authenticate(username, password) {
      const given = digest(`${username}\0${password}`);
      let found: MemoryAccount | undefined;
      for (const account of options.accounts) {
        if (timingSafeEqual(given, digest(`${account.username}\0${account.password}`))) found = account;
      }
      return found && { accountId: found.accountId, username: found.username, may: found.may };
    },

    async lookUp(account, reportId, at) {
      return standing(account, reportId, at);
    },

    async open(account, submission) {
      const reportId = parseReportNumber(String(nextReport));
      if (reportId === undefined) throw new Error("firstReportNumber must be a non-negative integer");
      nextReport += 1;
      reports.set(reportId, {
        reportId,
        accountId: account.accountId,
        state: "open",
        batched: submission.report.batchedReport !== undefined,
        openedAt: submission.receivedAt,
        changedAt: submission.receivedAt,
        submission,
        files: new Map(),
      });
      return reportId;
    },

    async stage(_account, bytes, at) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of bytes) chunks.push(chunk);
      const stagedId = String(nextStaged);
      nextStaged += 1;
      staged.set(stagedId, { bytes: Buffer.concat(chunks), at });
      return { stagedId };
    },

    async discard(file: StagedFile) {
      staged.delete(file.stagedId);
    },

    async attach(account, reportId, file, upload) {
      const held = staged.get(file.stagedId);
      if (held === undefined) throw new Error("the staged file is not there: attach uses a staged file up");
      staged.delete(file.stagedId);
      const found = standing(account, reportId, upload.receivedAt);
      if (found.kind !== "open") return found;
      const files = new Map(openReport(reportId).files);
      files.set(upload.fileId, { upload, bytes: held.bytes });
      change(reportId, { files, changedAt: later(reportId, upload.receivedAt) });
      return { kind: "ok" };
    },

    async describe(account, description) {
      const { reportId } = description.details;
      const found = standing(account, reportId, description.receivedAt);
      if (found.kind !== "open") return found;
      const files = new Map(openReport(reportId).files);
      const fileId = description.details.fileId as FileId;
      const file = files.get(fileId);
      if (file === undefined) return { kind: "no-file" };
      if (file.description !== undefined) return { kind: "already" };
      files.set(fileId, { ...file, description });
      change(reportId, { files, changedAt: later(reportId, description.receivedAt) });
      return { kind: "ok" };
    },

    async finish(account, reportId, at, rule) {
      const found = standing(account, reportId, at);
      if (found.kind !== "open") return found;
      const files = [...openReport(reportId).files.values()];
      const contents: ReportContents = {
        batched: found.batched,
        files: files.map((file) => ({
          fileId: file.upload.fileId,
          described: file.description !== undefined,
        })),
      };
      const problems = rule(contents);
      if (problems.length > 0) return { kind: "rejected", problems };
      change(reportId, { state: "finished", finishedAt: at });
      return { kind: "ok", fileIds: contents.files.map((file) => file.fileId) };
    },

    async retract(account, reportId, at) {
      const found = standing(account, reportId, at);
      if (found.kind !== "open") return found;
      const { accountId, batched, openedAt, changedAt } = openReport(reportId);
      reports.delete(reportId);
      retracted.set(reportId, { accountId, batched, openedAt, changedAt, state: "retracted" });
      const oldest = retracted.keys().next();
      if (retracted.size > MAX_RETRACTED && oldest.done !== true) retracted.delete(oldest.value);
      return { kind: "ok" };
    },

    async finishedReports(account, numbers) {
      return new Set(
        numbers.filter((number) => {
          const report = reports.get(number);
          return report?.state === "finished" && report.accountId === account.accountId;
        }),
      );
    },

    async expire(at, limit) {
      for (const [stagedId, file] of staged) {
        if (at >= file.at + STAGED_LIFETIME_MS) staged.delete(stagedId);
      }
      const gone: ReportNumber[] = [];
      for (const report of reports.values()) {
        if (gone.length >= limit) break;
        if (report.state === "open" && at >= expiresAt(report)) gone.push(report.reportId);
      }
      for (const reportId of gone) reports.delete(reportId);
      return gone;
    },
  };
}
