/**
 * A legal way to ask, as data with a date (law 9). What law allows or wants of whom is never in code: it is here, with its source
 * and the day by which a person looks at it again. None of it is legal advice.
 */
export interface LegalRoute {
  id: string;
  /** ISO 3166-1 alpha-2: under whose law the asking authority acts. */
  jurisdiction: "GB" | "US";
  /** What a person reads, and what a letter cites. */
  text: string;
  /** Days within which the law wants an answer; absent where no law says. */
  answerWithinDays?: number;
  /** First day on which it may be used, and first on which it may not (`YYYY-MM-DD`). */
  validFrom?: string;
  validTo?: string;
  source: string;
  reviewBy: string;
}

const REVIEW_BY = "2027-04-01";

/** Sources as read in agency.md (2.1, 2.5, 3, 4.3); what it marks as read through others is marked here. */
export const defaultLegalRoutes: readonly LegalRoute[] = [
  {
    id: "gb-provider-request",
    jurisdiction: "GB",
    text: "Request under the Online Safety Act reporting regulations",
    answerWithinDays: 7,
    validFrom: "2026-04-07",
    source: "SI 2026/268, as soon as practicable and at most 7 days; read from secondary sources",
    reviewBy: REVIEW_BY,
  },
  {
    id: "gb-communications-data",
    jurisdiction: "GB",
    text: "Communications data application through the single point of contact",
    source: "Investigatory Powers Act 2016 Part 3; codes of practice of June 2025",
    reviewBy: REVIEW_BY,
  },
  {
    id: "gb-agency-view",
    jurisdiction: "GB",
    text: "The agency may view the file",
    source: "No rule of opening binds the agency in the United Kingdom (agency.md section 3)",
    reviewBy: REVIEW_BY,
  },
  {
    id: "gb-victim-exchange",
    jurisdiction: "GB",
    text: "Exchange with the national and international image databases",
    source: "CAID privacy notice, 15 May 2024; INTERPOL ICSE",
    reviewBy: REVIEW_BY,
  },
  {
    id: "gb-preservation",
    jurisdiction: "GB",
    text: "Preservation request; expedite the communications data application",
    source: "SI 2026/268 reg 8 (one year from sending), as read from secondary sources",
    reviewBy: REVIEW_BY,
  },
  {
    id: "us-follow-up",
    jurisdiction: "US",
    text: "Follow-up through the clearinghouse, or a subpoena",
    source:
      "18 U.S.C. 2258A(b): the contents of a report are at the provider's discretion; 18 U.S.C. 2703(c)",
    reviewBy: REVIEW_BY,
  },
  {
    id: "us-search-warrant",
    jurisdiction: "US",
    text: "Search warrant for content that nobody has viewed",
    source:
      "United States v. Wilson, 13 F.4th 961 (9th Cir. 2021); United States v. Ackerman (10th Cir. 2016)",
    reviewBy: REVIEW_BY,
  },
  {
    id: "us-preservation",
    jurisdiction: "US",
    text: "Preservation letter for 90 days, renewable once, then legal process",
    source: "18 U.S.C. 2703(f)",
    reviewBy: REVIEW_BY,
  },
  {
    id: "us-subpoena",
    jurisdiction: "US",
    text: "Subpoena to the network operator",
    source: "18 U.S.C. 2703(c)(2)",
    reviewBy: REVIEW_BY,
  },
  {
    id: "us-victim-exchange",
    jurisdiction: "US",
    text: "Child Victim Identification Program",
    source: "34 U.S.C. 11293(b), from memory; confirm before citing",
    reviewBy: REVIEW_BY,
  },
];

/**
 * A route by its id on a day, or `undefined` where it may not be used on that day.
 * @param day `YYYY-MM-DD`
 */
export function legalRoute(routes: readonly LegalRoute[], id: string, day: string): LegalRoute | undefined {
  return routes.find(
    (route) =>
      route.id === id &&
      (route.validFrom === undefined || route.validFrom <= day) &&
      (route.validTo === undefined || day < route.validTo),
  );
}
