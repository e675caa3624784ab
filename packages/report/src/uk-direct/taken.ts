import type { Report } from "../report.ts";

/** The parts of an internal report that have found a place in a UK report, by identity. */
export type Taken = Set<object>;

/** JSON Pointers (RFC 6901) to the parts that have not: the reader is told, and nothing goes in silence. */
export function remainder(report: Report, taken: Taken): string[] {
  const left: string[] = [];
  const each = (items: readonly object[], path: string) =>
    items.forEach((item, index) => {
      if (!taken.has(item)) left.push(`${path}/${index}`);
    });
  each(report.references, "/references");
  report.persons.forEach((person, index) => {
    const path = `/persons/${index}`;
    each(person.identifiers, `${path}/identifiers`);
    each(person.events, `${path}/events`);
    each(person.places, `${path}/places`);
  });
  each(report.evidence, "/evidence");
  report.evidence.forEach((item, index) => each(item.details, `/evidence/${index}/details`));
  each(report.claims, "/claims");
  each(report.statements, "/statements");
  return left;
}
