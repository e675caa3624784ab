/** Reports of one part of a stream and the people and subjects that they were given, one number a report. */
export interface SubjectColumns {
  /** Number of the person, below the length of the counts that go with it. */
  person: Uint32Array;
  /** Number of the subject, from 0; `ALONE` where nothing joins the report to another. */
  subject: Uint32Array;
}

export const ALONE = 0xffff_ffff;

/** Sums over whole subjects. Those of two parts that have no subject in common add up: `mergeSubjectTallies`. */
export interface SubjectTally {
  reports: number;
  subjects: number;
  /** Sum over the reports of the share of their subject that is of their person, and of their person that is in their subject. */
  precision: number;
  recall: number;
  /** Reports in the largest subject. */
  largest: number;
  /** Rows of the reports of each subject that joins several people: those to look at one by one. */
  mixed: number[][];
}

/**
 * Counts the reports of each person; parts are counted into the same array, one after another.
 * @param counts as long as there are people
 */
export function countPeople(person: Uint32Array, counts: Uint32Array): void {
  for (const each of person) counts[each] = (counts[each] ?? 0) + 1;
}

/**
 * B-cubed precision and recall (Bagga and Baldwin, 1998) in linear time and without an object a report: as `scoreSubjects`, for
 * streams of many millions.
 * @param columns holds each of its subjects whole
 * @param counts reports of each person in the whole stream (`countPeople`)
 */
export function tallySubjects({ person, subject }: SubjectColumns, counts: Uint32Array): SubjectTally {
  let subjects = 0;
  for (const each of subject) if (each !== ALONE && each >= subjects) subjects = each + 1;
  const tally: SubjectTally = {
    reports: person.length,
    subjects: 0,
    precision: 0,
    recall: 0,
    largest: 0,
    mixed: [],
  };
  // Rows in the order of their subjects (counting sort); those that are alone are settled at once.
  const starts = new Uint32Array(subjects + 1);
  for (let row = 0; row < subject.length; row += 1) {
    const each = subject[row] ?? ALONE;
    if (each === ALONE) settleAlone(tally, counts[person[row] ?? 0] ?? 1);
    else starts[each + 1] = (starts[each + 1] ?? 0) + 1;
  }
  for (let each = 0; each < subjects; each += 1)
    starts[each + 1] = (starts[each + 1] ?? 0) + (starts[each] ?? 0);
  const rows = new Uint32Array(starts[subjects] ?? 0);
  const next = starts.slice();
  for (let row = 0; row < subject.length; row += 1) {
    const each = subject[row] ?? ALONE;
    if (each === ALONE) continue;
    const place = next[each] ?? 0;
    rows[place] = row;
    next[each] = place + 1;
  }
  const both = new Uint32Array(counts.length);
  for (let each = 0; each < subjects; each += 1)
    settle(tally, rows.subarray(starts[each], starts[each + 1]), person, both, counts);
  return tally;
}

function settleAlone(tally: SubjectTally, reportsOfPerson: number): void {
  tally.subjects += 1;
  tally.precision += 1;
  tally.recall += 1 / reportsOfPerson;
  tally.largest = Math.max(tally.largest, 1);
}

/** @param both nothing but noughts, before and after */
function settle(
  tally: SubjectTally,
  rows: Uint32Array,
  person: Uint32Array,
  both: Uint32Array,
  counts: Uint32Array,
): void {
  if (rows.length === 0) return;
  tally.subjects += 1;
  tally.largest = Math.max(tally.largest, rows.length);
  let people = 0;
  for (const row of rows) {
    const one = person[row] ?? 0;
    if (both[one] === 0) people += 1;
    both[one] = (both[one] ?? 0) + 1;
  }
  for (const row of rows) {
    const one = person[row] ?? 0;
    const here = both[one] ?? 0;
    if (here === 0) continue;
    // All reports of one person in one subject have the same two shares.
    tally.precision += (here * here) / rows.length;
    tally.recall += (here * here) / (counts[one] ?? here);
    both[one] = 0;
  }
  if (people > 1) tally.mixed.push(Array.from(rows));
}

/** The tally of two parts together. @param offset rows of the second part count from here */
export function mergeSubjectTallies(one: SubjectTally, other: SubjectTally, offset: number): SubjectTally {
  return {
    reports: one.reports + other.reports,
    subjects: one.subjects + other.subjects,
    precision: one.precision + other.precision,
    recall: one.recall + other.recall,
    largest: Math.max(one.largest, other.largest),
    mixed: [...one.mixed, ...other.mixed.map((rows) => rows.map((row) => row + offset))],
  };
}

/** Precision, recall and the largest subject's part, each from 0 to 1. */
export function subjectShares({ reports, precision, recall, largest }: SubjectTally): {
  precision: number;
  recall: number;
  largest: number;
} {
  if (reports === 0) return { precision: 1, recall: 1, largest: 0 };
  return { precision: precision / reports, recall: recall / reports, largest: largest / reports };
}
