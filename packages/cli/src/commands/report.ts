import { createReadStream } from "node:fs";
import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import {
  assess,
  type Assessment,
  defaultRuleSet,
  networkClaim,
  type NetworkTables,
} from "@fairlead/assessment";
import {
  checkFileDetails,
  checkFinish,
  checkReport,
  createClient,
  type FileDetails,
  fileReport,
  type FilingFile,
  type FilingResult,
  type RuleMode,
  toReport,
} from "@fairlead/cybertipline";
import type { Claim, EvidenceId, Report } from "@fairlead/report";
import { openPackagedTables, readSecret, StationError } from "@fairlead/station";
import { Command, Option } from "commander";
import { fileJournal, soleLease } from "../filing-journal.ts";
import { openOutput, openProgress } from "../output.ts";
import {
  type FolderFile,
  placed,
  type PlacedProblem,
  readReportFolder,
  type ReportFolder,
} from "../report-folder.ts";

/** `fairlead report`: check what a report is worth, and file it. */
export function reportCommand(): Command {
  const command = new Command("report").description("check a CyberTipline report offline, and file it");
  command.addCommand(checkCommand());
  command.addCommand(fileCommand());
  return command;
}

function checkCommand(): Command {
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
    .option("--json", "print one JSON line")
    .addHelpText("after", "\nExits with 0 if the report is valid, with 1 if it is not.")
    .action(async (path: string, options: { mode: RuleMode; json?: boolean }) => {
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
      output.result(result, checkLines(problems, graded, tables.name));
      process.exitCode = result.valid ? 0 : 1;
    });
}

/** Everything that the wire's rules have to say about the documents of a folder. */
export function ruleProblems(
  { report, places, files }: ReportFolder,
  mode: RuleMode,
  now: Date,
): PlacedProblem[] {
  const batched = report.batchedReport !== undefined;
  return [
    ...placed(checkReport(report, { mode, now, places }), "report.xml"),
    ...files.flatMap((file) =>
      file.details === undefined
        ? []
        : placed(
            checkFileDetails(file.details, {
              mode,
              now,
              batched,
              ...(file.places === undefined ? {} : { places: file.places }),
            }),
            `files/${file.name}.xml`,
          ),
    ),
    ...placed(checkFinish({ batched, uploadedFiles: files.length }), "report.xml"),
  ];
}

/** Grades a report as a clearinghouse's desk would that has just received it and looked its addresses up in these tables. */
export function gradeFolder({ report, files }: ReportFolder, now: Date, tables: NetworkTables): Assessment {
  const receivedAt = now.toISOString();
  const { report: internal } = toReport({
    document: report,
    issuer: "this check",
    sender: { kind: "platform", id: "sender", name: "The sender" },
    files: files.map((file) => ({
      fileId: file.details?.fileId ?? file.name,
      evidenceId: randomUUID() as EvidenceId,
      received: file.received,
      fileName: file.name,
      ...(file.details === undefined ? {} : { details: file.details }),
    })),
  });
  return assess(
    internal,
    claimsOfTables(internal, tables, receivedAt),
    {
      station: { id: "check", name: "This check", profile: "clearinghouse" },
      receivedAt,
      firstReportedAt: receivedAt,
      senderAuthenticated: true,
      handOffs: "signed",
      custody: "intact",
    },
    defaultRuleSet(),
    now.getTime(),
  );
}

function claimsOfTables(report: Report, tables: NetworkTables, at: string): Claim[] {
  const events = [...report.persons, ...report.evidence].flatMap((each) => each.events);
  const addresses = new Set(events.flatMap(({ ip }) => (ip?.address === undefined ? [] : [ip.address])));
  return [...addresses].flatMap((address) => networkClaim(address, tables, at) ?? []);
}

function summaryOf({ sufficiency, urgency }: Assessment) {
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
    unknown: [...urgency.unknown, ...sufficiency.unknown].map((reason) => reason.text),
  };
}

function checkLines(
  problems: readonly PlacedProblem[],
  graded: Assessment | undefined,
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
  const { sufficiency, urgency } = graded;
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
    `Addresses were looked up in: ${tables}.`,
    "A grade is decision support; a person decides.",
  ];
}

interface FileOptions {
  base: string;
  environment: "test" | "production";
  username: string;
  passwordFile: string;
  mode: RuleMode;
  json?: boolean;
}

/** How often one call tries before it gives the prompt back; the next call goes on where this one stopped. */
const TRIES = 5;

function fileCommand(): Command {
  return new Command("file")
    .description(
      "file such a folder with a clearinghouse, crash-safe: run it again after any failure and it goes on",
    )
    .argument("<dir>", "a folder with report.xml and files/; the journal is kept in it as filing.json")
    .requiredOption(
      "--base <url>",
      "the clearinghouse, such as https://exttest.cybertip.org/ispws or a sandbox's base",
    )
    .addOption(
      new Option("--environment <which>", "what that base is")
        .choices(["test", "production"])
        .makeOptionMandatory(),
    )
    .requiredOption("--username <name>", "your account there")
    .requiredOption("--password-file <file>", "a file with its password; never on the command line")
    .addOption(
      new Option("--mode <mode>", "rules to check before sending")
        .choices(["strict", "lenient"])
        .default("lenient"),
    )
    .option("--json", "print one JSON line")
    .action(async (dir: string, options: FileOptions) => {
      const output = openOutput(options.json === true);
      const read = await readReportFolder(dir);
      const problems = read.ok ? ruleProblems(read.folder, options.mode, new Date()) : read.problems;
      if (!read.ok || problems.length > 0)
        throw new StationError("request.invalid", "The report is not valid, so nothing was sent.", {
          problems: problems.map((found) => ({
            path: `${found.file} ${found.path}`,
            message: found.message,
          })),
          remedy: "`fairlead report check` says what to do about each.",
        });
      const result = await file(dir, read.folder, options);
      output.result(result, [filedLine(result)]);
      process.exitCode = result.kind === "finished" ? 0 : 1;
    });
}

async function file(
  dir: string,
  { report, files }: ReportFolder,
  options: FileOptions,
): Promise<FilingResult> {
  const progress = openProgress();
  const client = createClient({
    base: options.base,
    environment: options.environment,
    username: options.username,
    password: await readSecret(options.passwordFile),
    fetch,
    random: (count) => randomBytes(count),
    clock: Date.now,
  });
  for (let tries = 1; ; tries += 1) {
    const result = await fileReport({
      client,
      journal: fileJournal(join(dir, "filing.json")),
      lease: soleLease,
      clock: Date.now,
      key: "filing",
      report,
      files: files.map(outgoing),
    });
    progress.show(`attempt ${tries}: ${result.kind}`);
    if (result.kind !== "pending" || tries === TRIES) {
      progress.done();
      return result;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.min(result.retryAfterMs, 5000)));
  }
}

function outgoing({ name, path, details }: FolderFile): FilingFile {
  return {
    fileName: name,
    open: () => createReadStream(path),
    ...(details === undefined ? {} : { details: withoutIds(details) }),
  };
}

/** The ids in a folder's documents are placeholders; the clearinghouse gives the real ones. */
function withoutIds(details: FileDetails): NonNullable<FilingFile["details"]> {
  const { reportId: _, fileId: __, ...rest } = details;
  return rest;
}

function filedLine(result: FilingResult): string {
  switch (result.kind) {
    case "finished":
      return `Filed: the clearinghouse's number is ${result.reportId}; ${result.fileIds.length} file(s).`;
    case "failed":
      return `Refused at ${result.failure.step}: ${result.failure.description}\nCorrect it, remove filing.json and file again; nothing was filed.`;
    case "pending":
      return `Not yet: ${result.error.message}\nRun the same command again; it goes on where it stopped.`;
    case "blocked":
      return `A person must act: ${result.error.message}\nThen run the same command again.`;
    case "superseded":
      return "Another process is filing this report now.";
  }
}
