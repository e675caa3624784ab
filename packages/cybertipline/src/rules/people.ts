/** Rules on the people of a report and their accounts. */
import type { AssociatedAccount, AccountHolder } from "../document/people.ts";
import type { Person } from "../document/common.ts";
import type { CyberTiplineReport } from "../document/report.ts";
import type { ReportNumber } from "../document/scalars.ts";
import { checkContacts } from "./contacts.ts";
import { type RuleContext, broken } from "./options.ts";
import { checkEstimatedLocation } from "./places.ts";
import { checkDisabled } from "./times.ts";

/** A reported user, a recipient or a victim, whatever the wire calls its parts. */
export interface Participant {
  readonly path: string;
  readonly holder: AccountHolder;
  readonly person: Person | undefined;
  readonly personPath: string;
  readonly accounts: readonly AssociatedAccount[];
}

/** Everyone in a report: reported users first, then recipients, then victims. */
export function participantsOf(report: CyberTiplineReport): readonly Participant[] {
  const reported = (report.personOrUserReported ?? []).map((holder, index): Participant => {
    const path = `/report/personOrUserReported[${String(index + 1)}]`;
    return {
      path,
      holder,
      person: holder.personOrUserReportedPerson,
      personPath: `${path}/personOrUserReportedPerson`,
      accounts: holder.associatedAccount ?? [],
    };
  });
  const recipients = (report.intendedRecipient ?? []).map((holder, index): Participant => {
    const path = `/report/intendedRecipient[${String(index + 1)}]`;
    return {
      path,
      holder,
      person: holder.intendedRecipientPerson,
      personPath: `${path}/intendedRecipientPerson`,
      accounts: [],
    };
  });
  const victims = (report.victim ?? []).map((holder, index): Participant => {
    const path = `/report/victim[${String(index + 1)}]`;
    return {
      path,
      holder,
      person: holder.victimPerson,
      personPath: `${path}/victimPerson`,
      accounts: holder.associatedAccount ?? [],
    };
  });
  return [...reported, ...recipients, ...victims];
}

interface PriorReport {
  readonly path: string;
  readonly number: ReportNumber;
}

function priorReportsAt(participant: Participant): readonly PriorReport[] {
  const { path, holder, accounts } = participant;
  const numbered = (name: string, numbers: readonly ReportNumber[] | undefined): readonly PriorReport[] =>
    (numbers ?? []).map((number, index) => ({ path: `${name}[${String(index + 1)}]`, number }));
  return [
    ...numbered(`${path}/priorCTReports`, holder.priorCTReports),
    ...accounts.flatMap((account, index) =>
      numbered(`${path}/associatedAccount[${String(index + 1)}]/priorCTReport`, account.priorCTReport),
    ),
  ];
}

/** The numbers of all earlier reports that a report refers to, each once: what to look up before checking it. */
export function priorReports(report: CyberTiplineReport): readonly ReportNumber[] {
  const found = participantsOf(report).flatMap(priorReportsAt);
  return [...new Set(found.map(({ number }) => number))];
}

export function checkPriorReports(
  report: CyberTiplineReport,
  known: ReadonlySet<ReportNumber> | undefined,
  context: RuleContext,
): void {
  if (known === undefined) return;
  for (const { path, number } of participantsOf(report).flatMap(priorReportsAt)) {
    if (known.has(number)) continue;
    broken(
      context,
      "rule.prior-report",
      path,
      `There is no report ${number}.`,
      "Send the number of an existing report of the same environment; test and production numbers do not mix.",
    );
  }
}

function checkAccount(account: AssociatedAccount, path: string, context: RuleContext): void {
  checkContacts(account, path, context);
  checkDisabled(account.accountTemporarilyDisabled, `${path}/accountTemporarilyDisabled`, context);
  checkDisabled(account.accountPermanentlyDisabled, `${path}/accountPermanentlyDisabled`, context);
  if (account.approximateAge === undefined || account.dateOfBirth === undefined) return;
  broken(
    context,
    "rule.age-and-birth",
    `${path}/approximateAge`,
    "The account has both an approximate age and a date of birth.",
    "Leave the approximateAge out: the date of birth says more.",
  );
}

export function checkParticipants(report: CyberTiplineReport, context: RuleContext): void {
  for (const { path, holder, person, personPath, accounts } of participantsOf(report)) {
    checkContacts(person, personPath, context);
    checkDisabled(holder.accountTemporarilyDisabled, `${path}/accountTemporarilyDisabled`, context);
    checkDisabled(holder.accountPermanentlyDisabled, `${path}/accountPermanentlyDisabled`, context);
    checkEstimatedLocation(holder.estimatedLocation, `${path}/estimatedLocation`, context);
    for (const [index, account] of accounts.entries()) {
      checkAccount(account, `${path}/associatedAccount[${String(index + 1)}]`, context);
    }
  }
}
