import { epochMs, type Report } from "@fairlead/report";
import { accountValue } from "./identifier-key.ts";

/** What tells a report from another of the same sender: kept small, so that a station can store and look it up. */
export interface ReportIdentity {
  sender: string;
  /** Numbers that somebody gave this report: the sender's own, NCMEC's, the NCA's. Sorted. */
  own: readonly string[];
  /** Numbers of earlier reports that it names. Sorted. */
  prior: readonly string[];
  /** Accounts of its suspects, and SHA-256 of the files that came with it. Sorted, each once. */
  accounts: readonly string[];
  files: readonly string[];
  /** When it happened, in milliseconds since 1970, where that is certain. */
  at?: number;
}

/** How sure it is that two reports are one that came twice. */
export interface SameReport {
  sameness: "exact" | "likely";
  why: string;
}

/** Two tellings of one incident differ by this much at most: systems round to the minute (agency.md 6.1). */
const APART_MS = 60_000;

/** Reads what tells this report from others. */
export function reportIdentity(report: Report): ReportIdentity {
  const numbers = (kinds: readonly string[]) =>
    sortedOnce(
      report.references.flatMap(({ kind, issuer, value }) =>
        kinds.includes(kind)
          ? [accountValue(issuer.normalize("NFKC").trim().toLowerCase(), value.trim())]
          : [],
      ),
    );
  const at = epochMs(report.incident.occurred);
  return {
    sender: `${report.sender.kind}/${report.sender.id}`,
    own: numbers(["this-report"]),
    prior: numbers(["prior-report"]),
    accounts: sortedOnce(
      report.persons.flatMap(({ role, identifiers }) =>
        role !== "suspect"
          ? []
          : identifiers.flatMap(({ kind, platform, value }) =>
              kind === "account" && platform !== undefined ? [accountValue(platform, value)] : [],
            ),
      ),
    ),
    files: sortedOnce(
      report.evidence.flatMap(({ kind, received }) =>
        kind === "file" && received !== undefined ? [received.sha256] : [],
      ),
    ),
    ...(at === undefined ? {} : { at }),
  };
}

/**
 * Under what to look for reports that may be the same as this one. Two reports that `sameReport` calls the same share one of these at
 * least; those that share one need not be the same.
 */
export function reportLookups({ sender, own, prior, accounts, files, at }: ReportIdentity): string[] {
  const numbers = [...own, ...prior].map((number) => `number ${number}`);
  if (at === undefined || accounts.length === 0) return sortedOnce(numbers);
  const set = files.length === 0 ? "no files" : `${files.length} ${files[0] ?? ""}`;
  const minute = Math.floor(at / APART_MS);
  // Times up to a minute apart lie in one minute or in two that follow each other.
  const times = [minute - 1, minute, minute + 1];
  return sortedOnce([
    ...numbers,
    ...accounts.flatMap((account) => times.map((time) => `told ${sender} ${time} ${set} ${account}`)),
  ]);
}

/**
 * Whether two reports are one that came twice: by two inlets, again, or amended (agency.md 6.1, the first of its three layers). It
 * drops nothing and joins nobody: what it says is shown beside both, and a person or the desk's rules go on from there.
 * - `exact`: both carry one number of their own.
 * - `likely`: the same sender tells of the same account and exactly the same files within 60 seconds; or one names the other as an
 *   earlier report and tells of the same account and files, which is what an amendment does. A number alone that one names is no
 *   more than a reference: senders list earlier reports about the same person.
 * @returns `undefined` where nothing says so; the same from either side
 */
export function sameReport(a: ReportIdentity, b: ReportIdentity): SameReport | undefined {
  const number = shared(a.own, b.own);
  if (number !== undefined) return { sameness: "exact", why: `both are ${number}` };
  if (shared(a.accounts, b.accounts) === undefined || a.files.join() !== b.files.join()) return undefined;
  const named = shared(a.own, b.prior) ?? shared(b.own, a.prior);
  if (named !== undefined)
    return {
      sameness: "likely",
      why: `one names the other (${named}) and tells of the same account and files`,
    };
  if (a.sender !== b.sender || a.at === undefined || b.at === undefined) return undefined;
  return Math.abs(a.at - b.at) <= APART_MS
    ? { sameness: "likely", why: "the same sender, account, files and time" }
    : undefined;
}

function shared(a: readonly string[], b: readonly string[]): string | undefined {
  return a.find((each) => b.includes(each));
}

function sortedOnce(values: readonly string[]): string[] {
  return [...new Set(values)].sort();
}
