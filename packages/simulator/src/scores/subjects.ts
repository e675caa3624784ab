import type { Truth } from "../truth.ts";

export interface SubjectScore {
  reports: number;
  people: number;
  subjects: number;
  /** B-cubed (Bagga and Baldwin, 1998): for an average report, the share of its subject's reports that are of its person. */
  precision: number;
  /** For an average report, the share of its person's reports that are in its subject. */
  recall: number;
  /** Share of all reports in the largest subject. */
  largest: number;
  /** Subjects that join people of whom at least two shared one viral item. */
  viralSubjects: number;
  /** Subjects that join people of whom at least two came from one address. */
  sharedAddressSubjects: number;
}

interface Subject {
  reports: number;
  people: Map<string, number>;
  items: Map<string, Set<string>>;
  addresses: Map<string, Set<string>>;
}

/**
 * How well reports were joined to people.
 * @param assigned the subject of each report, by the report's case number; a report without one is a subject of its own
 */
export function scoreSubjects(assigned: ReadonlyMap<string, string>, truths: Iterable<Truth>): SubjectScore {
  const subjects = new Map<string, Subject>();
  const people = new Map<string, number>();
  let reports = 0;
  for (const truth of truths) {
    reports += 1;
    people.set(truth.person, (people.get(truth.person) ?? 0) + 1);
    const given = assigned.get(truth.caseNumber);
    // A name that no subject of the caller's can have, because it says which kind it is.
    const name = given === undefined ? `alone ${truth.caseNumber}` : `subject ${given}`;
    const subject = subjects.get(name) ?? {
      reports: 0,
      people: new Map(),
      items: new Map(),
      addresses: new Map(),
    };
    subjects.set(name, subject);
    subject.reports += 1;
    subject.people.set(truth.person, (subject.people.get(truth.person) ?? 0) + 1);
    for (const item of truth.viralItems) note(subject.items, item, truth.person);
    for (const { address } of truth.networks) note(subject.addresses, address, truth.person);
  }
  let precision = 0;
  let recall = 0;
  for (const subject of subjects.values())
    for (const [person, both] of subject.people) {
      precision += (both * both) / subject.reports;
      recall += (both * both) / (people.get(person) ?? both);
    }
  const all = [...subjects.values()];
  const mixed = all.filter((subject) => subject.people.size > 1);
  const whole = Math.max(reports, 1);
  return {
    reports,
    people: people.size,
    subjects: all.length,
    precision: reports === 0 ? 1 : precision / whole,
    recall: reports === 0 ? 1 : recall / whole,
    largest: all.reduce((most, subject) => Math.max(most, subject.reports), 0) / whole,
    viralSubjects: mixed.filter(({ items }) => sharedByTwo(items)).length,
    sharedAddressSubjects: mixed.filter(({ addresses }) => sharedByTwo(addresses)).length,
  };
}

function note(seen: Map<string, Set<string>>, key: string, person: string): void {
  const people = seen.get(key) ?? new Set();
  seen.set(key, people);
  people.add(person);
}

function sharedByTwo(seen: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  return [...seen.values()].some((people) => people.size > 1);
}
