/** Rules on where it happened. */
import type { Email } from "../document/common.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import { checkEmails, checkPhone } from "./contacts.ts";
import { type RuleContext, broken } from "./options.ts";
import { participantsOf } from "./people.ts";
import { checkCoordinate } from "./places.ts";

/** Addresses of everyone in the report, in lower case. Associated accounts count in lenient mode only. */
function addressesOf(report: CyberTiplineReport, context: RuleContext): ReadonlySet<string> {
  const emails = participantsOf(report).flatMap(({ person, accounts }): readonly Email[] => [
    ...(person?.email ?? []),
    ...(context.options.mode === "lenient" ? accounts.flatMap(({ email }) => email ?? []) : []),
  ]);
  return new Set(emails.map(({ value }) => value.toLowerCase()));
}

/**
 * NCMEC's documentation, B.2.2 and B.2.3: an address of an e-mail or newsgroup incident must also be an address of someone
 * in the report, or nobody could tell whose it is.
 */
function checkIncidentAddresses(
  emails: readonly Email[] | undefined,
  known: ReadonlySet<string>,
  path: string,
  context: RuleContext,
): void {
  checkEmails(emails, path, context);
  for (const [index, { value }] of (emails ?? []).entries()) {
    if (known.has(value.toLowerCase())) continue;
    broken(
      context,
      "rule.address-not-reported",
      `${path}[${String(index + 1)}]`,
      "This address belongs to nobody in the report.",
      "Add it as an email of the personOrUserReported, intendedRecipient or victim whose it is.",
    );
  }
}

export function checkInternetDetails(report: CyberTiplineReport, context: RuleContext): void {
  const known = addressesOf(report, context);
  for (const [index, details] of (report.internetDetails ?? []).entries()) {
    const path = `/report/internetDetails[${String(index + 1)}]`;
    const { emailIncident, newsgroupIncident, cellPhoneIncident } = details;
    checkIncidentAddresses(emailIncident?.emailAddress, known, `${path}/emailIncident/emailAddress`, context);
    checkIncidentAddresses(
      newsgroupIncident?.emailAddress,
      known,
      `${path}/newsgroupIncident/emailAddress`,
      context,
    );
    if (cellPhoneIncident === undefined) continue;
    const at = `${path}/cellPhoneIncident`;
    if (cellPhoneIncident.phoneNumber !== undefined) {
      checkPhone(cellPhoneIncident.phoneNumber, `${at}/phoneNumber`, context);
    }
    checkCoordinate(cellPhoneIncident.latitude, 90, `${at}/latitude`, context);
    checkCoordinate(cellPhoneIncident.longitude, 180, `${at}/longitude`, context);
  }
}
