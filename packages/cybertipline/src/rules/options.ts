import type { ReportNumber } from "../document/scalars.ts";
import type { Place, Places, Problem, RuleProblemCode } from "../problem.ts";

/**
 * Where NCMEC's documentation, its schema and its observed behaviour differ, `strict` follows the documentation and
 * `lenient` takes everything that a working client has been seen to send. Every other rule holds in both.
 */
export type RuleMode = "strict" | "lenient";

export interface RuleOptions {
  readonly mode: RuleMode;
  /** The moment of receipt: what "in the past" is measured against. */
  readonly now: Date;
  /** From decoding: gives problems their line and column. */
  readonly places?: Places;
}

export interface ReportRuleOptions extends RuleOptions {
  /**
   * Which of the numbers that `priorReports` lists are reports the clearinghouse knows. Left out, prior reports are not
   * checked.
   */
  readonly knownReports?: ReadonlySet<ReportNumber>;
}

export interface FileRuleOptions extends RuleOptions {
  /** Whether the report that the file belongs to was opened as a batch. */
  readonly batched?: boolean;
  /** The files that were uploaded to the report named in the document. Left out, ownership is not checked. */
  readonly uploadedFiles?: ReadonlySet<string>;
}

/** What the rules hand on to each other while they look at one document. */
export interface RuleContext {
  readonly options: RuleOptions;
  readonly problems: Problem[];
}

/** Like the decoder's: nobody reads more problems than these. */
const MAX_PROBLEMS = 100;

/** The place of an element, or of the nearest element around what the path names. */
function placeOf(places: Places, path: string): Place | undefined {
  for (let at = path; at !== ""; at = at.slice(0, at.lastIndexOf("/"))) {
    const place = places.get(at);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** Notes that a rule is broken. */
export function broken(
  { options, problems }: RuleContext,
  code: RuleProblemCode,
  path: string,
  message: string,
  remedy: string,
): void {
  if (problems.length >= MAX_PROBLEMS) return;
  const place = options.places === undefined ? undefined : placeOf(options.places, path);
  problems.push({ code, path, ...place, message, remedy });
}
