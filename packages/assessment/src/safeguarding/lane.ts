import type { Person, PersonKey } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import type { Reason } from "../input/reason.ts";
import { saidYes } from "../input/statements.ts";
import { safeguardingReason } from "./messages.ts";

/**
 * Where a case is worked. `safeguarding-first`: help for a child comes before an investigation, because the persons are children
 * among themselves, the material may be a child's own, or the suspect is a child.
 */
export interface Lane {
  lane: "standard" | "safeguarding-first";
  /** Suspects who are children, by what the report says. */
  minors: PersonKey[];
  /** Suspects whose age nobody has said: not adults, unknown. */
  agesUnknown: PersonKey[];
  reasons: Reason[];
}

/** A child is anybody under eighteen (UN Convention on the Rights of the Child, article 1; Children Act 1989, s.105). */
const ADULT_YEARS = 18;

/**
 * The lane of a case (agency.md 1.3, job 19). It says who goes first, never how soon: no urgency rule reads it, so a peer case
 * is as urgent as its facts make it.
 */
export function laneOf(the: Case): Lane {
  const { report, statements } = the;
  const reasons: Reason[] = [
    ...saidYes(statements.all, "minor-to-minor").map(({ path, source }) =>
      safeguardingReason("safeguarding.peers", path, source),
    ),
    ...saidYes(statements.all, "possible-self-production").map(({ path, source }) =>
      safeguardingReason("safeguarding.self-made", path, source),
    ),
  ];
  const minors: PersonKey[] = [];
  const agesUnknown: PersonKey[] = [];
  report.persons.forEach((person, index) => {
    if (person.role !== "suspect") return;
    const years = yearsOf(person, the);
    if (years === undefined) agesUnknown.push(person.key);
    else if (years < ADULT_YEARS) {
      minors.push(person.key);
      reasons.push(
        safeguardingReason("safeguarding.minor-suspect", `/report/persons/${index}`, the.sender, { years }),
      );
    }
  });
  return { lane: reasons.length > 0 ? "safeguarding-first" : "standard", minors, agesUnknown, reasons };
}

/**
 * How old a person was when it happened, in whole years: a suspect is judged by the age at the time. Of a stated age and a date of
 * birth that disagree the lower counts, because a child taken for an adult is the graver mistake.
 */
export function yearsOf({ ageYears, dateOfBirth }: Person, { report, now }: Case): number | undefined {
  const at = report.incident.occurred.at;
  const born = dateOfBirth === undefined ? undefined : yearsBetween(dateOfBirth, dayOf(at, now));
  if (ageYears === undefined) return born;
  return born === undefined ? ageYears : Math.min(ageYears, born);
}

function dayOf(at: string | undefined, now: number): string {
  return (at ?? new Date(now).toISOString()).slice(0, 10);
}

/** Whole years from one day to another (`YYYY-MM-DD`); never less than none. */
function yearsBetween(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return Math.max(0, to.slice(5) < from.slice(5) ? years - 1 : years);
}
