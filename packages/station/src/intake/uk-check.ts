import { contradictionsIn, type Problem, type Report } from "@fairlead/report";
import {
  ukProblemsOf,
  type UkProblem,
  type UkReport,
  ukReportSchema,
  ukToReport,
  validateUkReport,
} from "@fairlead/report/uk-direct";
import { type Measured, measuredReport } from "./form-parts.ts";

/** Documents are small; what is large is a file, and files have no limit of their own. */
export const UK_LIMITS = { documentBytes: 4 * 1024 * 1024, files: 10_000 } as const;

/** What the door makes of a UK direct report with its files, before it is stored. */
export interface UkChecked {
  /** Nothing refuses the report. */
  ok: boolean;
  /** What is wrong, in a sentence; empty if nothing refuses the report. */
  what: string;
  problems: Array<Problem | UkProblem>;
  remarks: UkProblem[];
  /** Where the document has the profile's form; with problems nobody may store it. */
  made?: { document: UkReport; report: Report };
}

/**
 * Every rule by which the door takes a UK direct report: the profile's own, that files and document agree, and that the internal report
 * which it makes does not contradict itself. All that is wrong at once, so that it is corrected once.
 * @param stated anything, typically parsed JSON
 * @param files what was measured of each file, by the id that it has in the document
 * @param now milliseconds since 1970 of whoever takes it
 */
export function checkUkDirect(stated: unknown, files: ReadonlyMap<string, Measured>, now: number): UkChecked {
  const shape = ukReportSchema.safeParse(stated);
  if (!shape.success) {
    const checked = validateUkReport(stated, now);
    return {
      ok: false,
      what: "The report cannot be made.",
      problems: checked.ok ? [] : checked.problems,
      remarks: [],
    };
  }
  const document = shape.data;
  const found = ukProblemsOf(document, now);
  const refused = found.filter(({ weight }) => weight === "refuses");
  const { report, problems: unequal } = measuredReport(ukToReport(document), files);
  const contradictions = contradictionsIn(report, now);
  const problems = [...refused, ...unequal, ...contradictions];
  return {
    ok: problems.length === 0,
    what:
      refused.length > 0
        ? "The report cannot be made."
        : unequal.length > 0
          ? "Files and report do not agree."
          : contradictions.length > 0
            ? "The report contradicts itself."
            : "",
    problems,
    remarks: found.filter(({ weight }) => weight === "remark"),
    made: { document, report },
  };
}
