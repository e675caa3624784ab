import type { Person } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import type { Reason } from "../input/reason.ts";
import { saidYes } from "../input/statements.ts";
import { safeguardingReason } from "./messages.ts";

/**
 * Whether somebody can look for the child. `identified`: a handle, a name, a school or an address of the child. `identifiable`: not
 * that much, but a trail to follow. `unknown`: nobody has said; never that there is no child.
 */
export type ChildKnown = "identified" | "identifiable" | "unknown";

export interface KnownChild {
  known: ChildKnown;
  reasons: Reason[];
}

/** Enough to look for the child: a handle, a name, a school, or an address (agency.md 4.2, the victim-led variant). */
export function isIdentified(person: Person): boolean {
  return (
    person.identifiers.some(({ kind }) => kind !== "group") ||
    person.lastName !== undefined ||
    person.school !== undefined ||
    person.places.some((place) => place.street !== undefined || place.postcode !== undefined)
  );
}

/** What a case says about who the child is, the best of everything that anybody said. */
export function childOf(the: Case): KnownChild {
  const named = identifiedReasons(the);
  if (named.length > 0) return { known: "identified", reasons: named };
  const trails = trailReasons(the);
  if (trails.length > 0) return { known: "identifiable", reasons: trails };
  return {
    known: "unknown",
    reasons: [safeguardingReason("safeguarding.child-unknown", "/report/persons", the.rule)],
  };
}

function identifiedReasons({ report, statements, sender }: Case): Reason[] {
  const persons = report.persons.flatMap((person, index) =>
    person.role === "victim" && isIdentified(person)
      ? [safeguardingReason("safeguarding.child-identified", `/report/persons/${index}`, sender)]
      : [],
  );
  const said = saidYes(statements.all, "identified-child").map(({ path, source }) =>
    safeguardingReason("safeguarding.child-said-identified", path, source),
  );
  return [...persons, ...said];
}

/** Flags that say that a child is near the person, so that finding the person finds the child. */
const CHILD_NEAR = ["adult-with-child", "access-to-children", "repeat-target"] as const;

function trailReasons({ report, statements, sender }: Case): Reason[] {
  const persons = report.persons.flatMap((person, index) =>
    person.role === "victim" && hasTrail(person)
      ? [safeguardingReason("safeguarding.child-trail", `/report/persons/${index}`, sender)]
      : [],
  );
  const near = CHILD_NEAR.flatMap((flag) =>
    saidYes(statements.all, flag).map(({ path, source }) =>
      safeguardingReason("safeguarding.child-near", path, source),
    ),
  );
  return [...persons, ...near];
}

function hasTrail(person: Person): boolean {
  return person.firstName !== undefined || person.events.length > 0 || person.places.length > 0;
}
