import type { KeyKind, LinkNode, SubjectIndex } from "@fairlead/assessment";
import { personKeySchema } from "@fairlead/report";
import { ALONE, countPeople, subjectShares, tallySubjects } from "../../src/scores/subject-columns.ts";
import type { TruthColumns } from "../../src/year/compact.ts";
import { heldAs, numberOf } from "./judge.ts";

export interface SubjectFigures {
  precision: number;
  recall: number;
  /** Part of the largest subject in all reports. */
  largest: number;
  people: number;
  subjects: number;
  /** Subjects that a person must look at before they are used. */
  frozen: number;
  /** Subjects that join several people, by what, and those that a file or an address joins. */
  mixed: number;
  mixedBy: Partial<Record<KeyKind, number>>;
  viralSubjects: number;
  sharedAddressSubjects: number;
}

/** How well the suspects of the reports were joined. A victim's node makes no subject of suspects. */
export function figuresOf(index: SubjectIndex, truth: TruthColumns): SubjectFigures {
  const subjects = index.subjects();
  const subject = new Uint32Array(truth.count).fill(ALONE);
  let number = 0;
  for (const { members } of subjects) {
    const suspects = members.filter(({ person }) => person === undefined || person.startsWith("suspect-"));
    for (const { report } of suspects) subject[numberOf(report)] = number;
    if (suspects.length > 0) number += 1;
  }
  const person = truth.person.subarray(0, truth.count);
  const counts = new Uint32Array(person.reduce((most, each) => Math.max(most, each), 0) + 1);
  countPeople(person, counts);
  const tally = tallySubjects({ person, subject }, counts);
  const joined = tally.mixed.map((rows) => joinedBy(rows, person, index));
  const mixedBy: SubjectFigures["mixedBy"] = {};
  for (const kinds of joined) for (const kind of kinds) mixedBy[kind] = (mixedBy[kind] ?? 0) + 1;
  return {
    ...subjectShares(tally),
    people: counts.reduce((all, count) => all + (count > 0 ? 1 : 0), 0),
    subjects: tally.subjects,
    frozen: subjects.filter(({ frozen }) => frozen).length,
    mixed: tally.mixed.length,
    mixedBy,
    viralSubjects: joined.filter((kinds) => kinds.has("file")).length,
    sharedAddressSubjects: joined.filter((kinds) => kinds.has("address-v4") || kinds.has("address-v6-prefix"))
      .length,
  };
}

/** By what kinds of value the people of a subject are joined: along the shortest chain from the first report to each other person's. */
function joinedBy(rows: readonly number[], person: Uint32Array, index: SubjectIndex): Set<KeyKind> {
  const firsts = new Map<number, number>();
  for (const row of rows) {
    const one = person[row] ?? 0;
    if (!firsts.has(one)) firsts.set(one, row);
  }
  const [first = 0, ...others] = firsts.values();
  return new Set(
    others
      .flatMap((row) => index.explain(suspectOf(first), suspectOf(row)) ?? [])
      .flatMap(({ by }) => (by === "decision" ? [] : [by.kind])),
  );
}

function suspectOf(row: number): LinkNode {
  return { report: heldAs(row), person: SUSPECT };
}

const SUSPECT = personKeySchema.parse("suspect-1");
