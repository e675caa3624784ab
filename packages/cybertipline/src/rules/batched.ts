/**
 * Batched reports: one viral item, many users who shared it. They carry the users' identifiers and the item, and nothing
 * that would tell one user's case from another's.
 */
import type { FileDetails } from "../document/file-details.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import type { Problem } from "../problem.ts";
import { type RuleContext, broken } from "./options.ts";

function forbid(path: string, context: RuleContext): void {
  broken(
    context,
    "rule.batched",
    path,
    "A batched report may not carry this.",
    "Leave it out, or send this user in a report of its own.",
  );
}

function isGiven(value: unknown): boolean {
  return value !== undefined && (!Array.isArray(value) || value.length > 0);
}

const FORBIDDEN_IN_REPORT = [
  "internetDetails",
  "lawEnforcement",
  "intendedRecipient",
  "victim",
  "additionalInfo",
] as const satisfies readonly (keyof CyberTiplineReport)[];

export function checkBatchedReport(report: CyberTiplineReport, context: RuleContext): void {
  if (report.batchedReport === undefined) return;
  if (report.incidentSummary.escalateToHighPriority !== undefined) {
    forbid("/report/incidentSummary/escalateToHighPriority", context);
  }
  for (const name of FORBIDDEN_IN_REPORT) {
    if (isGiven(report[name])) forbid(`/report/${name}`, context);
  }
  for (const [index, user] of (report.personOrUserReported ?? []).entries()) {
    const path = `/report/personOrUserReported[${String(index + 1)}]`;
    for (const [name, value] of Object.entries(user)) {
      if (name !== "espIdentifier" && isGiven(value)) forbid(`${path}/${name}`, context);
    }
    if (user.espIdentifier !== undefined) continue;
    broken(
      context,
      "rule.batched",
      path,
      "A user of a batched report has no espIdentifier.",
      "Give each user's espIdentifier, and nothing else of the user.",
    );
  }
}

const FORBIDDEN_IN_FILE = [
  "originalFileName",
  "locationOfFile",
  "originalFileHash",
  "ipCaptureEvent",
  "deviceId",
  "details",
  "additionalInfo",
] as const satisfies readonly (keyof FileDetails)[];

export function checkBatchedFile(details: FileDetails, context: RuleContext): void {
  for (const name of FORBIDDEN_IN_FILE) {
    if (isGiven(details[name])) forbid(`/fileDetails/${name}`, context);
  }
  const { potentialMeme, fileAnnotations = {} } = details;
  for (const name of Object.keys(fileAnnotations)) {
    if (name !== "viral" && name !== "potentialMeme") forbid(`/fileDetails/fileAnnotations/${name}`, context);
  }
  const viral =
    potentialMeme === true || fileAnnotations.viral === true || fileAnnotations.potentialMeme === true;
  if (!viral) {
    broken(
      context,
      "rule.batched",
      "/fileDetails/fileAnnotations",
      "The file of a batched report is neither viral nor a potential meme.",
      "Add the annotation viral or potentialMeme, or both.",
    );
  }
  if (details.fileRelevance === "Supplemental Reported") {
    broken(
      context,
      "rule.batched",
      "/fileDetails/fileRelevance",
      "The file of a batched report is supplemental.",
      "Send the fileRelevance Reported, or leave it out.",
    );
  }
}

/**
 * What only `/finish` can know.
 *
 * @param report what was opened, and how many files were uploaded to it since.
 * @returns problems for an answer with code 4100 and HTTP status 400. The report stays open: its sender is to retract it.
 */
export function checkFinish(report: {
  readonly batched: boolean;
  readonly uploadedFiles: number;
}): readonly Problem[] {
  if (!report.batched || report.uploadedFiles <= 1) return [];
  return [
    {
      code: "rule.batched",
      path: "",
      message: `A batched report has at most one file; this one has ${String(report.uploadedFiles)}.`,
      remedy: "Retract the report and send it again with the one file that its users share.",
    },
  ];
}
