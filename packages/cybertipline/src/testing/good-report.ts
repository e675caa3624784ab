/** A good report, and ways to make it a bad one. For tests only. */
import assert from "node:assert/strict";
import { encodeReport } from "../codec/documents.ts";
import type { Person } from "../document/common.ts";
import type { InternetDetails } from "../document/incident.ts";
import type { PersonOrUserReported } from "../document/people.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import { type ReportNumber, parseReportNumber } from "../document/scalars.ts";
import { checkReport } from "../rules/check-report.ts";
import type { ReportRuleOptions } from "../rules/options.ts";

export const NOW = new Date("2026-03-01T12:00:00.500Z");
export const STRICT: ReportRuleOptions = { mode: "strict", now: NOW };
export const LENIENT: ReportRuleOptions = { mode: "lenient", now: NOW };

export const REPORT: CyberTiplineReport = {
  incidentSummary: { incidentType: "Misleading Domain Name", incidentDateTime: "2026-01-01T00:00:00Z" },
  reporter: { reportingPerson: { email: [{ value: "safety@example.com" }] } },
};

export function number(text: string): ReportNumber {
  const parsed = parseReportNumber(text);
  assert.ok(parsed);
  return parsed;
}

export function broken(report: CyberTiplineReport, options: ReportRuleOptions = STRICT): readonly string[] {
  // What cannot be encoded breaks the schema, not a rule: then the test itself would be wrong.
  encodeReport(report);
  return checkReport(report, options).map(({ code, path }) => `${code} ${path}`);
}

export function withReported(user: PersonOrUserReported): CyberTiplineReport {
  return { ...REPORT, personOrUserReported: [user] };
}

export function withReporter(reportingPerson: Person): CyberTiplineReport {
  const email = reportingPerson.email ?? REPORT.reporter.reportingPerson.email ?? [];
  return { ...REPORT, reporter: { reportingPerson: { ...reportingPerson, email } } };
}

export function withDetails(...internetDetails: readonly InternetDetails[]): CyberTiplineReport {
  return { ...REPORT, internetDetails };
}

export const REPORTER = "/report/reporter/reportingPerson";
export const REPORTED = "/report/personOrUserReported[1]";
