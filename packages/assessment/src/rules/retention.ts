import { civilDate, dayNumber, daysInMonth } from "@fairlead/report";

/** How long somebody keeps the data that turns an identifier into a person. Law is data with a date (law 9). */
export interface RetentionRule {
  id: string;
  /** `network`: who had an address at a second. `provider`: account data and content that a platform preserves. */
  holder: "network" | "provider";
  /** ISO 3166-1 alpha-2; a network's rule holds for addresses of that country only. */
  country: string;
  runsFrom: "event" | "report";
  months: number;
  /** First day on which the rule holds for a clock that starts then. */
  validFrom?: string;
  validTo?: string;
  /** What an officer reads. */
  text: string;
  source: string;
  reviewBy: string;
}

const DAY_MS = 86_400_000;

export const defaultRetention: readonly RetentionRule[] = [
  {
    id: "gb-network",
    holder: "network",
    country: "GB",
    runsFrom: "event",
    months: 12,
    text: "A UK network operator under notice keeps who had an address for at most 12 months from the event.",
    source:
      "Investigatory Powers Act 2016 Part 4, s.87; only operators under notice, so a ceiling and not a promise",
    reviewBy: "2027-04-01",
  },
  {
    id: "us-provider",
    holder: "provider",
    country: "US",
    runsFrom: "report",
    months: 12,
    validFrom: "2024-05-07",
    text: "A US provider preserves what it reported for one year from its report.",
    source: "18 U.S.C. 2258A(h) as amended by the REPORT Act, P.L. 118-59 (7 May 2024)",
    reviewBy: "2027-04-01",
  },
  {
    id: "gb-provider",
    holder: "provider",
    country: "GB",
    runsFrom: "report",
    months: 12,
    validFrom: "2026-04-07",
    text: "A provider under the Online Safety Act keeps what it reported for one year from sending.",
    source: "SI 2026/268 reg 8 (in force 7 April 2026), as read from secondary sources",
    reviewBy: "2027-04-01",
  },
];

/** `instant` plus calendar months in UTC; the last day of a month stays the last day where the target month is shorter. */
export function addMonths(instant: number, months: number): number {
  const from = Math.floor(instant / DAY_MS);
  const { year, month, day } = civilDate(from);
  const monthsOn = year * 12 + month - 1 + months;
  const toYear = Math.floor(monthsOn / 12);
  const toMonth = monthsOn - toYear * 12 + 1;
  const to = dayNumber(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
  return instant + (to - from) * DAY_MS;
}

/** The rule for a network of this country and an event at this time, or `undefined` where no window is on file. */
export function networkRule(
  rules: readonly RetentionRule[],
  country: string | undefined,
  eventAt: number,
): RetentionRule | undefined {
  return rules.find(
    (rule) => rule.holder === "network" && rule.country === country && ruleHolds(rule, eventAt),
  );
}

/** The shortest window of any network's rule in force at this time: what can be counted on where the country is not known. */
export function shortestNetworkRule(
  rules: readonly RetentionRule[],
  eventAt: number,
): RetentionRule | undefined {
  return shortest(rules, "network", eventAt);
}

/**
 * The provider's rule for a report made at this time. A report does not say which law its provider is under, so the shortest
 * window of the rules in force is taken: it holds whichever applies.
 */
export function providerRule(rules: readonly RetentionRule[], reportedAt: number): RetentionRule | undefined {
  return shortest(rules, "provider", reportedAt);
}

/** How long data are kept: by which rule, and until when (milliseconds since 1970). */
export interface Window {
  id: string;
  expiresAt: number;
}

/** The window of a rule whose clock starts at `from`; none without a rule. */
export function windowFrom(rule: RetentionRule | undefined, from: number): Window | undefined {
  return rule === undefined ? undefined : { id: rule.id, expiresAt: addMonths(from, rule.months) };
}

/** The rule with the fewest months, the first among equals. */
function shortest(
  rules: readonly RetentionRule[],
  holder: RetentionRule["holder"],
  from: number,
): RetentionRule | undefined {
  let found: RetentionRule | undefined;
  for (const rule of rules)
    if (
      rule.holder === holder &&
      (found === undefined || rule.months < found.months) &&
      ruleHolds(rule, from)
    )
      found = rule;
  return found;
}

/** Days begin at midnight UTC: a rule holds from the first moment of `validFrom` until the first of `validTo`. */
function ruleHolds({ validFrom, validTo }: RetentionRule, instant: number): boolean {
  return (
    (validFrom === undefined || Date.parse(validFrom) <= instant) &&
    (validTo === undefined || instant < Date.parse(validTo))
  );
}
