import { randomUUID } from "node:crypto";
import {
  assess,
  type Assessment,
  type AssessmentContext,
  defaultRuleSet,
  networkClaim,
  type NetworkTables,
  whatIsMissing,
  type WhatIsMissing,
} from "@fairlead/assessment";
import { toReport } from "@fairlead/cybertipline";
import type { Claim, EvidenceId, Report } from "@fairlead/report";
import type { ReportFolder } from "./report-folder.ts";

/** What a receiving desk would say of a report, and what its sender could have sent. */
export interface Graded {
  assessment: Assessment;
  missing: WhatIsMissing;
}

/** Grades a report as a clearinghouse's desk would that has just received it and looked its addresses up in these tables. */
export function gradeFolder(folder: ReportFolder, now: Date, tables: NetworkTables): Graded {
  return gradeReport(reportIn(folder), "clearinghouse", now, tables);
}

/** Grades a report as the desk of a station with this profile would that has just received it. */
export function gradeReport(
  report: Report,
  profile: "clearinghouse" | "national-agency",
  now: Date,
  tables: NetworkTables,
): Graded {
  const receivedAt = now.toISOString();
  const claims = claimsOfTables(report, tables, receivedAt);
  const context: AssessmentContext = {
    station: { id: "check", name: "This check", profile },
    receivedAt,
    firstReportedAt: receivedAt,
    senderAuthenticated: true,
    handOffs: "signed",
    custody: "intact",
  };
  const rules = defaultRuleSet();
  return {
    assessment: assess(report, claims, context, rules, now.getTime()),
    missing: whatIsMissing(report, claims, context, rules, now.getTime()),
  };
}

function reportIn({ report, files }: ReportFolder): Report {
  return toReport({
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
  }).report;
}

function claimsOfTables(report: Report, tables: NetworkTables, at: string): Claim[] {
  const events = [...report.persons, ...report.evidence].flatMap((each) => each.events);
  const addresses = new Set(events.flatMap(({ ip }) => (ip?.address === undefined ? [] : [ip.address])));
  return [...addresses].flatMap((address) => networkClaim(address, tables, at) ?? []);
}
