/**
 * What the server needs of whoever keeps the reports: a station over PostgreSQL and its vault, or memory.
 *
 * Duties of every store (`conformance.ts` tests them):
 * - **Atomic and durable.** When an operation resolves, what it says is on disk; when it rejects or the process dies,
 *   either all of it happened or none of it. A reply is a promise to the platform.
 * - **State is judged inside the operation**, in the same transaction that changes it, with `judge` of `standing.ts`.
 *   `lookUp` only saves a client the sending of bytes; nothing relies on it.
 * - **One report at a time.** Of two operations that race on one report, one sees the effect of the other. After
 *   `finish` no file and no details can appear; after `retract` nothing of the report's contents is left.
 * - **A refusal changes nothing** and may be repeated.
 * - Out of service is said by throwing `StoreFault`; any other throw is taken for a defect.
 *
 * `at` is the server's clock reading, milliseconds since 1970. A store never reads a clock of its own.
 */
import type { FileDetails } from "../document/file-details.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import type { ReportNumber } from "../document/scalars.ts";
import type { Problem } from "../problem.ts";

declare const brand: unique symbol;

/** 32 lower-case hexadecimal characters, the first of them `b` (see `file-id.ts`). */
export type FileId = string & { readonly [brand]: "FileId" };

/** A reporting organisation that may call this server. */
export interface Account {
  /** The store's own key for it. It never goes onto the wire. */
  readonly accountId: string;
  /** As it signs in; `/status` repeats it. */
  readonly username: string;
  readonly may: AccountRights;
}

/** Each right that is missing has a response code of its own: 3000, 3100, 3300. */
export interface AccountRights {
  /** Anything at all. False for a closed or suspended account whose credentials are still known. */
  readonly use: boolean;
  /** Open reports. */
  readonly submit: boolean;
  /** Upload, describe, finish and retract. */
  readonly update: boolean;
}

/**
 * Why a report takes no change. `unknown`, `expired` and `foreign` give the platform one and the same answer (5001):
 * nobody learns which numbers other platforms' reports have.
 */
export type Refusal = {
  readonly kind: "unknown" | "expired" | "foreign" | "retracted" | "finished";
};

/** How a report stands for the account that asks. */
export type Standing = Refusal | { readonly kind: "open"; readonly batched: boolean };

/** A `<report>` that has passed the codec and the rules. */
export interface Submission {
  readonly report: CyberTiplineReport;
  /** The document exactly as received. */
  readonly xml: Uint8Array;
  readonly receivedAt: number;
}

/** Bytes that are stored but belong to no report yet. A store may add fields of its own. */
export interface StagedFile {
  readonly stagedId: string;
}

/** One uploaded file, as the server counted and hashed it while it streamed through. */
export interface Upload {
  readonly fileId: FileId;
  /** As the client named it (a claim, never a path); absent if it gave none. No control characters. */
  readonly fileName?: string;
  /** As the client labelled it (a claim); absent if it gave none. */
  readonly mediaType?: string;
  readonly byteLength: number;
  /** Of the bytes received, lower-case hexadecimal: the wire's acknowledgement. */
  readonly md5: string;
  /** Of the same bytes, lower-case hexadecimal: hash lists still name files by it. */
  readonly sha1: string;
  /** Of the same bytes, lower-case hexadecimal: what to keep and compare for good. */
  readonly sha256: string;
  readonly receivedAt: number;
}

/** A `<fileDetails>` that has passed the codec and the rules; it names its report and file itself. */
export interface Description {
  readonly details: FileDetails;
  readonly xml: Uint8Array;
  readonly receivedAt: number;
}

export type AttachOutcome = Refusal | { readonly kind: "ok" };

/** `no-file`: the report is open but has no such file. `already`: the file has details, and they stand. */
export type DescribeOutcome =
  | Refusal
  | { readonly kind: "ok" }
  | { readonly kind: "no-file" }
  | { readonly kind: "already" };

/** What a finish rule may look at. */
export interface ReportContents {
  /** The report carries `batchedReport`. */
  readonly batched: boolean;
  /** In the order of upload. */
  readonly files: readonly { readonly fileId: FileId; readonly described: boolean }[];
}

/** Says what forbids finishing. Pure, quick, called inside the store's transaction. */
export type FinishRule = (contents: ReportContents) => readonly Problem[];

export type FinishOutcome =
  | Refusal
  /**
   * `fileIds` in the order of upload. `receipt`: what a store that signs its receipts wants to say beside the wire's own, in the
   * characters of base64url; the answer carries it as the header `Fairlead-Receipt`, which clients that do not know it pass over.
   */
  | { readonly kind: "ok"; readonly fileIds: readonly FileId[]; readonly receipt?: string }
  /** The rule found problems: the report stays open. */
  | { readonly kind: "rejected"; readonly problems: readonly Problem[] };

export type RetractOutcome = Refusal | { readonly kind: "ok" };

export interface ServerStore {
  /**
   * Checks credentials in time that does not depend on which part of them is wrong.
   * @returns undefined for credentials that no account has
   */
  authenticate(username: string, password: string): Promise<Account | undefined>;

  /** How the report stands at that moment. A hint: it may change before the next call. */
  lookUp(account: Account, reportId: ReportNumber, at: number): Promise<Standing>;

  /**
   * Opens a report.
   * @returns its number, never given before. Below 2^53, because clients read it as a JavaScript number.
   */
  open(account: Account, submission: Submission): Promise<ReportNumber>;

  /**
   * Stores bytes that belong to no report yet; the `id` field may come after the file on this wire. When `bytes` throws,
   * what was stored of them is deleted and the same error is rethrown. What a dead process left behind is deleted by
   * `expire`, `STAGED_LIFETIME_MS` after `at`.
   * @param at when the bytes began to arrive
   */
  stage(account: Account, bytes: AsyncIterable<Uint8Array>, at: number): Promise<StagedFile>;

  /** Deletes a staged file that will not be attached. Deleting one that is gone is no error. */
  discard(staged: StagedFile): Promise<void>;

  /**
   * Makes a staged file part of a report and moves its expiry. The staged file is used up: on a refusal its bytes are
   * deleted.
   */
  attach(
    account: Account,
    reportId: ReportNumber,
    staged: StagedFile,
    upload: Upload,
  ): Promise<AttachOutcome>;

  /** Stores the one description of a file and moves the report's expiry. */
  describe(account: Account, description: Description): Promise<DescribeOutcome>;

  /** Files the report, if the rule finds nothing. A second finish is refused as `finished`. */
  finish(account: Account, reportId: ReportNumber, at: number, rule: FinishRule): Promise<FinishOutcome>;

  /** Deletes an open report's contents for good; its number keeps answering `retracted`. */
  retract(account: Account, reportId: ReportNumber, at: number): Promise<RetractOutcome>;

  /** Which of these numbers are finished reports of this account: what `priorCTReports` may name. */
  finishedReports(account: Account, numbers: readonly ReportNumber[]): Promise<ReadonlySet<ReportNumber>>;

  /**
   * Deletes open reports that have expired at that moment, and staged files that began `STAGED_LIFETIME_MS` ago or
   * earlier: no upload lives that long.
   * @param limit at most that many reports in one call
   * @returns the reports deleted; as many as `limit` means: call again
   */
  expire(at: number, limit: number): Promise<readonly ReportNumber[]>;
}

/** `unavailable`: the database or the vault does not answer. `full`: no room. Both are tried again by the client. */
export type StoreFaultCode = "unavailable" | "full";

/** Thrown by a store that cannot do its work at the moment; the server answers 503 with `Retry-After`. */
export class StoreFault extends Error {
  override readonly name = "StoreFault";
  readonly code: StoreFaultCode;
  readonly retryAfterSeconds: number;

  /** @param cause what happened, for the operator's log only */
  constructor(code: StoreFaultCode, message: string, retryAfterSeconds = 60, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Thrown by whoever admits calls when the station does not work on this one now: 429 when this platform has sent too much, 503 when
 * others' work is in the way. The client hears it before its body was read.
 */
export class NotNow extends Error {
  override readonly name = "NotNow";
  readonly httpStatus: 429 | 503;
  readonly retryAfterSeconds: number;

  /** @param message a sentence for the client */
  constructor(httpStatus: 429 | 503, message: string, retryAfterSeconds: number) {
    super(message);
    this.httpStatus = httpStatus;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
