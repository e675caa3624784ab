import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { Truth } from "../truth.ts";
import {
  ALONE,
  countPeople,
  mergeSubjectTallies,
  subjectShares,
  tallySubjects,
  type SubjectColumns,
} from "./subject-columns.ts";
import { scoreSubjects } from "./subjects.ts";

const columns = (pairs: ReadonlyArray<readonly [number, number | null]>): SubjectColumns => ({
  person: Uint32Array.from(pairs, ([person]) => person),
  subject: Uint32Array.from(pairs, ([, subject]) => subject ?? ALONE),
});
const countsOf = ({ person }: SubjectColumns, people: number) => {
  const counts = new Uint32Array(people);
  countPeople(person, counts);
  return counts;
};

test("columns score as objects do", () => {
  const pair = fc.tuple(fc.nat(6), fc.option(fc.nat(5)));
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 60 }), (pairs) => {
      const truths = pairs.map(([person], row) => ({
        caseNumber: `c${row}`,
        person: `p${person}`,
        viralItems: [],
        networks: [],
      })) as unknown as Truth[];
      const assigned = new Map(
        pairs.flatMap(([, subject], row) => (subject === null ? [] : [[`c${row}`, `s${subject}`]])),
      );
      const wanted = scoreSubjects(assigned, truths);
      const made = columns(pairs);
      const tally = tallySubjects(made, countsOf(made, 7));
      const found = subjectShares(tally);
      assert.equal(tally.subjects, wanted.subjects);
      for (const key of ["precision", "recall", "largest"] as const)
        assert.ok(Math.abs(found[key] - wanted[key]) < 1e-9, `${key}: ${found[key]}, ${wanted[key]}`);
    }),
  );
});

test("parts that hold their subjects whole add up to the whole", () => {
  const pair = fc.tuple(fc.nat(6), fc.nat(3));
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 30 }), fc.array(pair, { maxLength: 30 }), (one, two) => {
      // The subjects of the second part are others.
      const other = two.map(([person, subject]) => [person, subject + 4] as const);
      const [a, b, all] = [columns(one), columns(other), columns([...one, ...other])];
      const counts = countsOf(all, 7);
      const merged = mergeSubjectTallies(tallySubjects(a, counts), tallySubjects(b, counts), one.length);
      const whole = tallySubjects(all, counts);
      assert.deepEqual(
        { ...merged, precision: merged.precision.toFixed(9), recall: merged.recall.toFixed(9) },
        { ...whole, precision: whole.precision.toFixed(9), recall: whole.recall.toFixed(9) },
      );
    }),
  );
});

test("a subject of several people is named by its rows", () => {
  const made = columns([
    [0, 0],
    [1, 1],
    [0, 0],
    [2, 1],
    [3, null],
  ]);
  assert.deepEqual(tallySubjects(made, countsOf(made, 4)).mixed, [[1, 3]]);
});
