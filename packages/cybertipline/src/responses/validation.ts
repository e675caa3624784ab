/** How problems of a document become the code and the description of a `reportResponse`. */
import type { Problem } from "../problem.ts";
import { RESPONSE_CODES, type ResponseCode } from "./codes.ts";

/**
 * More lines than this help nobody, and a hostile document could ask for as many as it has nodes. The first ones are
 * those that stand first in the document.
 */
const MAX_LINES = 20;

/** 4110 if the document is no acceptable XML, else 4100. */
export function responseCodeFor(problems: readonly Problem[]): ResponseCode {
  return problems.some((problem) => problem.code.startsWith("xml."))
    ? RESPONSE_CODES.malformedXml
    : RESPONSE_CODES.validationFailed;
}

/** One line for one problem, in the form of NCMEC's live answers: `[line,column] - text`. */
export function describeProblem(problem: Problem): string {
  if (problem.text !== undefined) return problem.text;
  const place =
    problem.line === undefined || problem.column === undefined
      ? ""
      : `[${String(problem.line)},${String(problem.column)}] - `;
  const where = problem.path === "" ? "" : `${problem.path}: `;
  return `${place}${where}${problem.message} ${problem.remedy}`;
}

/** The whole `responseDescription`: the code's text, then one line for each problem. */
export function describeProblems(problems: readonly Problem[]): string {
  const lines = problems.slice(0, MAX_LINES).map(describeProblem);
  const rest = problems.length - lines.length;
  if (rest > 0) lines.push(`and ${String(rest)} more`);
  return [responseCodeFor(problems).text, ...lines].join("\n");
}
