import { type ItemId, type Level, LEVELS, type WhatIsMissing } from "@fairlead/assessment";
import type { RuleMode } from "@fairlead/cybertipline";
import { openPackagedTables } from "@fairlead/station";
import { Command, Option } from "commander";
import { openOutput } from "../output.ts";
import { type PlacedProblem, readReportFolder } from "../report-folder.ts";
import { gradeFolder, type GradedFolder } from "../report-grade.ts";
import { ruleProblems } from "../report-rules.ts";

/** `fairlead report check`: for an engineer at a platform, on the command line and in CI. */
export function reportCheck(): Command {
  return new Command("check")
    .description(
      "validate a report against the wire's rules, grade it as a receiving desk would, and say what would raise it",
    )
    .argument(
      "<path>",
      "a report.xml, or a folder with report.xml and, for each file, files/NAME and files/NAME.xml",
    )
    .addOption(
      new Option("--mode <mode>", "strict insists on the documentation")
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
      const read = await readReportFolder(path);
      const problems = read.ok ? ruleProblems(read.folder, options.mode, now) : read.problems;
      const tables = await openPackagedTables();
      const graded = read.ok ? gradeFolder(read.folder, now, tables) : undefined;
      const result = {
        valid: problems.length === 0,
        problems: problems.map((problem) => ({
          path: problem.path,
          message: problem.message,
          remedy: problem.remedy,
          code: problem.code,
          file: problem.file,
          ...(problem.line === undefined ? {} : { line: problem.line, column: problem.column }),
        })),
        ...(graded === undefined ? {} : { ...summaryOf(graded), networkTables: tables.name }),
      };
      const isBelow = options.minLevel !== undefined && (graded?.missing.level ?? "") < options.minLevel;
      output.result(result, [
        ...checkLines(problems, graded, tables.name),
        ...(isBelow ? [`Below ${options.minLevel}, which was asked for.`] : []),
      ]);
      process.exitCode = result.valid && !isBelow ? 0 : 1;
    });
}

function summaryOf({ assessment: { sufficiency, urgency, doubts = [] }, missing }: GradedFolder) {
  return {
    level: sufficiency.level,
    tier: urgency.tier,
    attributes: sufficiency.attributes,
    binding: sufficiency.binding,
    wouldRaise: sufficiency.wouldRaise.map((request) => ({
      attribute: request.attribute,
      from: request.from,
      to: request.to,
      ask: request.askWhom,
      what: request.askFor,
      expectedLevel: request.expectedLevel,
    })),
    doubts: doubts.map(({ code, path, text }) => ({ code, path, text })),
    missing: {
      items: missing.items.map((item) => ({ ...item, field: FIELDS[item.id] })),
      ...(missing.next === undefined ? {} : { next: missing.next }),
      whole: missing.whole,
    },
    unknown: [...urgency.unknown, ...sufficiency.unknown].map((reason) => reason.text),
  };
}

function checkLines(
  problems: readonly PlacedProblem[],
  graded: GradedFolder | undefined,
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
  const { sufficiency, urgency, doubts = [] } = graded.assessment;
  const attributes = Object.entries(sufficiency.attributes).map(([name, value]) => `${name} ${value}`);
  return [
    ...lines,
    "",
    `As a receiving desk would grade it: ${sufficiency.level}, ${urgency.tier} (${attributes.join(", ")})`,
    ...(sufficiency.binding.length === 0 ? [] : [`Held down by: ${sufficiency.binding.join(", ")}`]),
    ...sufficiency.wouldRaise
      .slice(0, 5)
      .map(
        (request) => `Would raise ${request.attribute} ${request.from} to ${request.to}: ${request.askFor}`,
      ),
    ...doubts.map(({ path, text }) => `Doubted: ${path}: ${text}`),
    ...missingLines(graded.missing),
    `Addresses were looked up in: ${tables}.`,
    "A grade is decision support; a person decides.",
  ];
}

/** Where an item stands in the wire's documents. */
const FIELDS: Readonly<Record<ItemId, string>> = {
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

/** What each missing item would be worth, and the next step up. */
function missingLines({ level, items, next, whole }: WhatIsMissing): string[] {
  if (items.length === 0) return ["Nothing that a sender can send is missing."];
  const said = new Map(items.map((item) => [item.id, item]));
  return [
    `Missing, and what each would be worth by itself (now ${level}; with all of it ${whole}):`,
    ...items.map(({ id, text, lifts, level: alone }) => {
      const worth = lifts.map(({ attribute, from, to }) => `${attribute} ${from} to ${to}`).join(", ");
      return `  ${FIELDS[id]}: ${text} (${worth === "" ? "no attribute" : worth}; ${alone})`;
    }),
    ...(next === undefined
      ? ["No more than that would raise the level from the sender's side."]
      : [`Next step, to ${next.level}: ${next.items.map((id) => said.get(id)?.text ?? id).join("; and ")}`]),
  ];
}
