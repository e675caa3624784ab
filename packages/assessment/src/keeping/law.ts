/** What starts a law's clock: the report stood complete at a clearinghouse; it was sent to an agency; the agency issued its reference. */
export type KeepingStart = "filed" | "sent" | "issued";
/** What must be kept: the report with everything that it rests on, or only the reference that an agency gave it. */
export type Kept = "content" | "reference";

/** For how long the law makes a provider keep what it reported. Law is data with a date (law 9). */
export interface KeepingLaw {
  id: string;
  /** As people cite it. */
  name: string;
  country: string;
  covers: Kept;
  runsFrom: KeepingStart;
  months: number;
  /** Whose calendar the law's days are counted by (IANA name): the last day counts until its midnight there. */
  zone: string;
  /** First day, in UTC, on which a clock that starts then runs by this rule, and the first on which it does so no more. */
  validFrom: string;
  validTo?: string;
  /** What a person reads. */
  text: string;
  /** For what it may be kept longer without any duty, where the law says so. */
  longerFor?: string;
  source: string;
  reviewBy: string;
}

export const defaultKeepingLaws: readonly KeepingLaw[] = [
  {
    id: "us-2258a-h",
    name: "18 U.S.C. 2258A(h)",
    country: "US",
    covers: "content",
    runsFrom: "filed",
    months: 12,
    // The clearinghouse is in Virginia, and its receipt is what starts the clock.
    zone: "America/New_York",
    validFrom: "2024-05-07",
    text: "A provider keeps the contents of a report to the CyberTipline for one year from the report.",
    longerFor: "reducing the spread of such material, or preventing the exploitation of children online",
    source:
      "18 U.S.C. 2258A(h) as amended by the REPORT Act, P.L. 118-59 (7 May 2024), as read from secondary sources",
    reviewBy: "2027-04-01",
  },
  {
    id: "gb-reg-8-content",
    name: "SI 2026/268 reg 8",
    country: "GB",
    covers: "content",
    runsFrom: "sent",
    months: 12,
    zone: "Europe/London",
    validFrom: "2026-04-07",
    text: "A provider keeps the content, what it submitted, what its judgement rested on and the user’s relevant data for one year from sending.",
    source: "SI 2026/268 reg 8 (in force 7 April 2026), as read from secondary sources",
    reviewBy: "2027-04-01",
  },
  {
    id: "gb-reg-8-reference",
    name: "SI 2026/268 reg 8",
    country: "GB",
    covers: "reference",
    runsFrom: "issued",
    months: 60,
    zone: "Europe/London",
    validFrom: "2026-04-07",
    text: "A provider keeps the unique reference of a report for five years from its issue.",
    source: "SI 2026/268 reg 8 (in force 7 April 2026), as read from secondary sources",
    reviewBy: "2027-04-01",
  },
];

/** The laws that run from such a start at this time (milliseconds since 1970). */
export function lawsFrom(laws: readonly KeepingLaw[], runsFrom: KeepingStart, at: number): KeepingLaw[] {
  return laws.filter(
    (law) =>
      law.runsFrom === runsFrom &&
      Date.parse(law.validFrom) <= at &&
      (law.validTo === undefined || at < Date.parse(law.validTo)),
  );
}
