import type { PersonKey, Report } from "@fairlead/report";

/**
 * Something that a person has exactly one of. Reports carry one such thing, the date of birth; numbers, addresses and accounts
 * change or are many.
 */
export interface PersonFact {
  person: PersonKey;
  kind: "date-of-birth";
  /** `YYYY-MM-DD`. */
  value: string;
  /**
   * Whether somebody made sure of it, such as an officer who saw a document. Only then it is evidence against being the same
   * person: dates that people typed in themselves differ between the accounts of one person.
   */
  verified: boolean;
}

/**
 * The facts that a report states of its suspects and victims: none of them verified, since no wire says that a date of birth was
 * (agency.md 3, 6.3). A station adds those that its own people verified.
 */
export function statedFacts(report: Report): PersonFact[] {
  return report.persons.flatMap(({ key, role, dateOfBirth }): PersonFact[] =>
    dateOfBirth === undefined || (role !== "suspect" && role !== "victim")
      ? []
      : [{ person: key, kind: "date-of-birth", value: dateOfBirth, verified: false }],
  );
}
