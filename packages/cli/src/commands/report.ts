import { createReadStream } from "node:fs";
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import {
  createClient,
  type FileDetails,
  fileReport,
  type FilingFile,
  type FilingResult,
  type RuleMode,
} from "@fairlead/cybertipline";
import { readSecret, StationError } from "@fairlead/station";
import { Command, Option } from "commander";
import { fileJournal, soleLease } from "../filing-journal.ts";
import { openOutput, openProgress } from "../output.ts";
import { type FolderFile, readReportFolder, type ReportFolder } from "../report-folder.ts";
import { ruleProblems } from "../report-rules.ts";
import { reportCheck } from "./report-check.ts";

/** `fairlead report`: check what a report is worth, and file it. */
export function reportCommand(): Command {
  const command = new Command("report").description("check a CyberTipline report offline, and file it");
  command.addCommand(reportCheck());
  command.addCommand(fileCommand());
  return command;
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
