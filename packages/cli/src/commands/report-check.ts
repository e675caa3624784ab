import { type Level, LEVELS } from "@fairlead/assessment";
import type { RuleMode } from "@fairlead/cybertipline";
import { openPackagedTables } from "@fairlead/station";
import { Command, Option } from "commander";
import { type Fields, gradeLines, gradeSummary } from "../grade-lines.ts";
import { openOutput, type Output } from "../output.ts";
import { type PlacedProblem, readReportFolder } from "../report-folder.ts";
import { gradeFolder, type Graded } from "../report-grade.ts";
import { ruleProblems } from "../report-rules.ts";
import { isUkReport, readUkFolder } from "../uk-folder.ts";
import { checkUkFolder } from "../uk-report-check.ts";

/** `fairlead report check`: for an engineer at a platform, on the command line and in CI. */
export function reportCheck(): Command {
  return new Command("check")
    .description(
      "validate a report against the wire's rules, grade it as a receiving desk would, and say what would raise it",
    )
    .argument(
      "<path>",
      "a report.xml, or a folder with report.xml and, for each file, files/NAME and files/NAME.xml; for a UK direct report, a report.json, or a folder with report.json and files/NAME",
    )
    .addOption(
      new Option("--mode <mode>", "strict insists on the documentation; of the CyberTipline only")
        .choices(["strict", "lenient"])
        .default("strict"),
    )
    .addOption(new Option("--min-level <level>", "fail where the grade is lower").choices(LEVELS))
    .option("--json", "print one JSON line")
    .addHelpText(
      "after",
      "\nExits with 0 if the report is valid and its level is not below --min-level, with 1 otherwise.",
    )
    .action(async (path: string, options: { mode: RuleMode; minLevel?: Level; json?: boolean }) => {
      const output = openOutput(options.json === true);
      const now = new Date();
      if (await isUkReport(path)) {
        const tables = await openPackagedTables();
        const { valid, level, result, lines } = checkUkFolder(await readUkFolder(path), now, tables);
        finish(output, result, lines, valid, level, options.minLevel);
        return;
      }
      const read = await readReportFolder(path);
      const problems = read.ok ? ruleProblems(read.folder, options.mode, now) : read.problems;
      const tables = await openPackagedTables();
      const graded = read.ok ? gradeFolder(read.folder, now, tables) : undefined;
      const result = {
        wire: "cybertipline",
        valid: problems.length === 0,
        problems: problems.map((problem) => ({
          path: problem.path,
          message: problem.message,
          remedy: problem.remedy,
          code: problem.code,
          file: problem.file,
          ...(problem.line === undefined ? {} : { line: problem.line, column: problem.column }),
        })),
        ...(graded === undefined ? {} : gradeSummary(graded, FIELDS, tables.name)),
      };
      const lines = checkLines(problems, graded, tables.name);
      finish(output, result, lines, result.valid, graded?.missing.level, options.minLevel);
    });
}

function finish(
  output: Output,
  result: object,
  lines: readonly string[],
  valid: boolean,
  level: string | undefined,
  minLevel: Level | undefined,
): void {
  const isBelow = minLevel !== undefined && (level ?? "") < minLevel;
  output.result(result, [...lines, ...(isBelow ? [`Below ${minLevel}, which was asked for.`] : [])]);
  process.exitCode = valid && !isBelow ? 0 : 1;
}

function checkLines(
  problems: readonly PlacedProblem[],
  graded: Graded | undefined,
  tables: string,
): string[] {
  const lines = problems.flatMap((problem) => [
    `${problem.file}${problem.line === undefined ? "" : `:${problem.line}:${problem.column ?? 1}`}  ${problem.path}`,
    `  ${problem.message}`,
    `  ${problem.remedy}`,
  ]);
  lines.push(
    problems.length === 0 ? "Valid: a clearinghouse takes it." : `Not valid: ${problems.length} problem(s).`,
  );
  if (graded === undefined) return lines;
  return [...lines, "", ...gradeLines(graded, FIELDS, tables)];
}

/** Where an item stands in the wire's documents. */
const FIELDS: Fields = {
  "file-viewed": "fileDetails/fileViewedByEsp",
  "file-content": "/upload",
  "event-port": "ipCaptureEvent/port",
  "event-second": "ipCaptureEvent/dateTime",
  "event-zone": "ipCaptureEvent/dateTime",
  "event-time": "ipCaptureEvent/dateTime",
  "occurred-meaning": "incidentSummary/incidentDateTimeDescription",
  "file-hash": "fileDetails/originalFileHash",
  "suspect-account": "personOrUserReported/espIdentifier",
  "event-of-upload": "ipCaptureEvent with eventName Upload",
  "phone-verified": "phone, with verified and verificationDate",
};
