import { type ReportIdentity, sameReport } from "../linking/same-report.ts";

/** Two tellings of one incident differ by this much at most: systems round to the minute (agency.md 6.1). */
const APART_MS = 60_000;

/**
 * Why two reports may be one that arrived twice, where not everything agrees that would join them: a person decides.
 * @returns plain words; `undefined` where nothing says so; the same from either side
 */
export function maybeSame(a: ReportIdentity, b: ReportIdentity): string | undefined {
  const known = sameReport(a, b);
  if (known !== undefined) return known.why;
  if (!shares(a.accounts, b.accounts) || a.at === undefined || b.at === undefined) return undefined;
  if (Math.abs(a.at - b.at) > APART_MS) return undefined;
  if (a.files.length > 0 && a.files.join() === b.files.join())
    return "two senders tell of the same account, files and minute";
  if (shares(a.files, b.files)) return "the same account and minute, and some of the same files";
  const oneHasNone = (a.files.length === 0) !== (b.files.length === 0);
  return oneHasNone ? "the same account and minute; only one came with files" : undefined;
}

function shares(a: readonly string[], b: readonly string[]): boolean {
  return a.some((each) => b.includes(each));
}
