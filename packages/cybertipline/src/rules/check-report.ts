import type { CyberTiplineReport } from "../document/report.ts";
import type { Problem } from "../problem.ts";
import { REPORT } from "../schema/documents.ts";
import { checkBatchedReport } from "./batched.ts";
import { checkContacts } from "./contacts.ts";
import { checkFields } from "./fields.ts";
import { checkInternetDetails } from "./internet-details.ts";
import { type ReportRuleOptions, type RuleContext, broken } from "./options.ts";
import { checkParticipants, checkPriorReports } from "./people.ts";

function checkReporter({ reporter }: CyberTiplineReport, context: RuleContext): void {
  const path = "/report/reporter/reportingPerson";
  checkContacts(reporter.reportingPerson, path, context);
  checkContacts(reporter.contactPerson, "/report/reporter/contactPerson", context);
  const emails = reporter.reportingPerson.email ?? [];
  if (context.options.mode === "lenient" || emails.length > 0) return;
  broken(
    context,
    "rule.reporter-email",
    `${path}/email`,
    "The reporting person has no e-mail address.",
    "Give at least one, such as the mailbox of the team that answers questions on reports.",
  );
}

function checkCounts(report: CyberTiplineReport, context: RuleContext): void {
  const reported = report.personOrUserReported?.length ?? 0;
  if (reported > 1 && report.batchedReport === undefined) {
    broken(
      context,
      "rule.one-reported-person",
      "/report/personOrUserReported[2]",
      `The report is about ${String(reported)} persons or users; only a batched report may be.`,
      "Send one report for each, and name the others as intendedRecipient or in additionalInfo.",
    );
  }
  if (context.options.mode === "lenient") return;
  for (const [index, recipient] of (report.intendedRecipient ?? []).entries()) {
    if ((recipient.additionalInfo?.length ?? 0) <= 1) continue;
    broken(
      context,
      "rule.repeated",
      `/report/intendedRecipient[${String(index + 1)}]/additionalInfo[2]`,
      "The recipient has more than one additionalInfo.",
      "Put the text into one.",
    );
  }
}

/**
 * Checks a report against NCMEC's application rules: everything that the schema cannot say.
 *
 * @param report as `decodeReport` gave it, so it fits the schema.
 * @returns what is wrong, or an empty array. A server answers with code 4100 if there is anything.
 */
export function checkReport(report: CyberTiplineReport, options: ReportRuleOptions): readonly Problem[] {
  const context: RuleContext = { options, problems: [] };
  checkFields(REPORT, report, "/report", context);
  checkReporter(report, context);
  checkContacts(report.lawEnforcement?.officerContact, "/report/lawEnforcement/officerContact", context);
  checkParticipants(report, context);
  checkInternetDetails(report, context);
  checkCounts(report, context);
  checkBatchedReport(report, context);
  checkPriorReports(report, options.knownReports, context);
  return context.problems;
}
