/** What is remembered of a filing, so that a crash at any moment neither loses nor doubles a report. */
import { parseReportNumber, type ReportNumber } from "../document/scalars.ts";
import type { Environment } from "./environment.ts";

/** One file that the server has taken. */
export interface FiledFile {
  readonly fileId: string;
  /** Lower-case hexadecimal; the server computed the same. */
  readonly md5: string;
  /** Its details are with the server, or it has none. */
  readonly isDescribed: boolean;
}

/** Why a filing ended for good without a report. */
export interface FilingFailure {
  /** What was being done. `write`: our own document does not fit the schema, and nothing was sent. */
  readonly step: "write" | "submit" | "upload" | "fileinfo" | "finish";
  /** Absent for `write`. */
  readonly responseCode?: number;
  /** What is wrong, line by line, with the places in the document. */
  readonly description: string;
  readonly requestId?: string;
}

export type FilingState =
  /** No report of ours is known to be open. A `/submit` may have been sent; what it opened expires by itself. */
  | { readonly kind: "intent" }
  /** A report is open, with these files so far. */
  | { readonly kind: "submitted"; readonly reportId: ReportNumber; readonly files: readonly FiledFile[] }
  /** `/finish` may have been sent: only the server knows. */
  | { readonly kind: "finishing"; readonly reportId: ReportNumber; readonly files: readonly FiledFile[] }
  /** The server has refused our document; the open report is still to be retracted. */
  | { readonly kind: "failing"; readonly reportId: ReportNumber; readonly failure: FilingFailure }
  | FinishedState
  | { readonly kind: "failed"; readonly failure: FilingFailure };

export interface FinishedState {
  readonly kind: "finished";
  readonly reportId: ReportNumber;
  readonly fileIds: readonly string[];
  /** When we learned it: milliseconds since 1970. */
  readonly receivedAt: number;
  /** `receipt`: the answer to `/finish`. `retract-refused`: `/retract` said that it had been finished before. */
  readonly proof: "receipt" | "retract-refused";
  /** False if the finished report does not hold exactly what was to be filed. Tell a person; it cannot be changed. */
  readonly isComplete: boolean;
}

/** One entry. It is JSON: numbers, strings and arrays only. */
export interface FilingEntry {
  readonly version: 1;
  /** Grows by one with every write, from 1. */
  readonly revision: number;
  readonly environment: Environment;
  readonly base: string;
  readonly username: string;
  /** SHA-256 over what is to be filed, lower-case hexadecimal: one key never stands for two reports. */
  readonly digest: string;
  /** How often a worker has taken this filing up. */
  readonly attempts: number;
  /** Reports that were opened for this filing and given up, oldest first. None of them is finished. */
  readonly abandoned: readonly ReportNumber[];
  readonly state: FilingState;
}

/**
 * Where entries are kept. Duties:
 * - `write` is durable when it resolves.
 * - `write` compares and swaps in one step: it stores the entry and gives true only if the stored revision is
 *   `entry.revision - 1` (no entry counts as 0), and else changes nothing and gives false. This is what stops a worker
 *   that was thought dead.
 * - `read` gives the entry last written. Pass what was stored through `parseFilingEntry`.
 */
export interface FilingJournal {
  read(key: string): Promise<FilingEntry | undefined>;
  write(key: string, entry: FilingEntry): Promise<boolean>;
}

/**
 * Keeps a second worker from starting at all while one is at work; the journal's revisions catch what it lets through.
 */
export interface FilingLease {
  /** Renews the lease, before every call to the server. False if it is another worker's now. */
  hold(): Promise<boolean>;
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => Number.isSafeInteger(value);
const isListOf = <T>(value: unknown, is: (each: unknown) => each is T): value is readonly T[] =>
  Array.isArray(value) && value.every(is);
const isReportId = (value: unknown): value is ReportNumber =>
  isText(value) && parseReportNumber(value) === value;

const isFile = (value: unknown): value is FiledFile =>
  isFields(value) &&
  isText(value["fileId"]) &&
  isText(value["md5"]) &&
  typeof value["isDescribed"] === "boolean";

const STEPS: ReadonlySet<unknown> = new Set(["write", "submit", "upload", "fileinfo", "finish"]);
const isFailure = (value: unknown): value is FilingFailure =>
  isFields(value) &&
  STEPS.has(value["step"]) &&
  isText(value["description"]) &&
  (value["responseCode"] === undefined || isNumber(value["responseCode"])) &&
  (value["requestId"] === undefined || isText(value["requestId"]));

function isState(value: unknown): value is FilingState {
  if (!isFields(value)) return false;
  switch (value["kind"]) {
    case "intent":
      return true;
    case "submitted":
    case "finishing":
      return isReportId(value["reportId"]) && isListOf(value["files"], isFile);
    case "failing":
      return isReportId(value["reportId"]) && isFailure(value["failure"]);
    case "failed":
      return isFailure(value["failure"]);
    case "finished":
      return (
        isReportId(value["reportId"]) &&
        isListOf(value["fileIds"], isText) &&
        isNumber(value["receivedAt"]) &&
        (value["proof"] === "receipt" || value["proof"] === "retract-refused") &&
        typeof value["isComplete"] === "boolean"
      );
    default:
      return false;
  }
}

function isEntry(value: unknown): value is FilingEntry {
  return (
    isFields(value) &&
    value["version"] === 1 &&
    isNumber(value["revision"]) &&
    (value["environment"] === "test" || value["environment"] === "production") &&
    isText(value["base"]) &&
    isText(value["username"]) &&
    isText(value["digest"]) &&
    isNumber(value["attempts"]) &&
    isListOf(value["abandoned"], isReportId) &&
    isState(value["state"])
  );
}

/**
 * Reads an entry that comes back from a database or a file.
 * @throws TypeError for anything else: a filing whose past is unknown must not go on
 */
export function parseFilingEntry(value: unknown): FilingEntry {
  if (isEntry(value)) return value;
  throw new TypeError(
    "This is no filing entry of version 1. Find out what was filed before this key is used again.",
  );
}
