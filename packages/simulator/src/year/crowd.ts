import type { Keyed } from "./keyed.ts";
import { permutation, type Permutation } from "./permutation.ts";

/** Whom a report is about, by its number alone. */
export interface Whom {
  person: number;
  /** Which of the person's reports it is, in no order of time. */
  ordinal: number;
  /** How many reports the person has. */
  reports: number;
}

/** Everybody whom a year's reports are about. */
export interface YearCrowd {
  /** How many people there are. */
  people: number;
  whom(index: number): Whom;
  /** Numbers of all reports of a person, in order of time. */
  reportsOf(person: number): number[];
}

/** Of each ten reports three are about people whose reports lie anywhere in the year, seven about people of one third of it. */
const WHOLE_YEAR = 3;
const TEN = 10;
/** Four months each, so that nobody's many reports take more than five (Stanford Internet Observatory, 2024). */
const SEASONS = 3;

interface Pool {
  /** The first of its places among all places of its kind, and how many there are. */
  from: number;
  size: number;
  shuffle: Permutation;
  sizes: Sizes;
  /** Number of its first person. */
  firstPerson: number;
}

/**
 * The people of a year with `total` reports. Reports a person follow Zipf's law; each person's reports lie at shuffled places of the
 * year or of a third of it. Nothing is held but a table of at most `most` sizes for each of the four pools.
 * @param rates `zipf`: number of people with k reports falls off as k^-zipf; `most`: reports a person at most
 */
export function yearCrowd(draw: Keyed, total: number, rates: { zipf: number; most: number }): YearCrowd {
  const bounds = Array.from({ length: SEASONS + 1 }, (_, season) =>
    season === SEASONS ? total : TEN * Math.floor((total * season) / (SEASONS * TEN)),
  );
  let people = 0;
  const pool = (name: string, from: number, size: number, most: number): Pool => {
    const sizes = sizesOf(size, rates.zipf, Math.min(most, Math.max(1, Math.floor(size / 10))));
    const made = {
      from,
      size,
      shuffle: permutation(Math.max(1, size), draw.word(`crowd-${name}`, 0)),
      sizes,
      firstPerson: people,
    };
    people += sizes.people;
    return made;
  };
  // Over a whole year few have many: a number of reports that grows and grows leads to an arrest or a closed account.
  const year = pool("year", 0, before(total, true), Math.min(20, rates.most));
  const seasons = bounds
    .slice(0, SEASONS)
    .map((start, season) =>
      pool(
        `season-${season}`,
        before(start, false),
        before(bounds[season + 1] ?? total, false) - before(start, false),
        rates.most,
      ),
    );
  const all = [year, ...seasons];
  const poolAt = (index: number): Pool => {
    if (index % TEN < WHOLE_YEAR) return year;
    let season = SEASONS - 1;
    while (season > 0 && index < (bounds[season] ?? 0)) season -= 1;
    return seasons[season] ?? year;
  };
  return {
    people,
    whom(index) {
      const found = poolAt(index);
      const place = before(index, found === year) - found.from;
      const { person, ordinal, reports } = found.sizes.at(found.shuffle.at(place));
      return { person: found.firstPerson + person, ordinal, reports };
    },
    reportsOf(person) {
      const found = all.findLast(({ firstPerson }) => firstPerson <= person) ?? year;
      const { from, reports } = found.sizes.of(person - found.firstPerson);
      return Array.from({ length: reports }, (_, ordinal) =>
        indexOf(found.from + found.shuffle.inverse(from + ordinal), found === year),
      ).toSorted((a, b) => a - b);
    },
  };
}

/** How many places of one kind come before an index. */
function before(index: number, wholeYear: boolean): number {
  const [tens, rest] = [Math.floor(index / TEN), index % TEN];
  return wholeYear
    ? tens * WHOLE_YEAR + Math.min(rest, WHOLE_YEAR)
    : tens * (TEN - WHOLE_YEAR) + Math.max(0, rest - WHOLE_YEAR);
}

/** The index of a place of one kind. */
function indexOf(place: number, wholeYear: boolean): number {
  const each = wholeYear ? WHOLE_YEAR : TEN - WHOLE_YEAR;
  return Math.floor(place / each) * TEN + (place % each) + (wholeYear ? 0 : WHOLE_YEAR);
}

interface Sizes {
  people: number;
  at(slot: number): Whom;
  of(person: number): { from: number; reports: number };
}

/** So many places shared out to people: the number of people with k places falls off as k^-zipf, and what is left over is single. */
function sizesOf(places: number, zipf: number, most: number): Sizes {
  let [weights, mass] = [0, 0];
  for (let k = 1; k <= most; k += 1) {
    weights += k ** -zipf;
    mass += k * k ** -zipf;
  }
  const expected = (places / mass) * weights;
  // From the largest down; the rest of a division is carried on, so that a small year has a large person now and then too.
  const rows: Array<{ k: number; people: number }> = [];
  let [carried, left] = [0, places];
  for (let k = most; k >= 2; k -= 1) {
    carried += (expected * k ** -zipf) / weights;
    const people = Math.min(Math.floor(carried), Math.floor(left / k));
    carried -= people;
    left -= people * k;
    if (people > 0) rows.push({ k, people });
  }
  if (left > 0) rows.push({ k: 1, people: left });
  const slots = new Float64Array(rows.length + 1);
  const persons = new Float64Array(rows.length + 1);
  rows.forEach(({ k, people }, row) => {
    slots[row + 1] = (slots[row] ?? 0) + k * people;
    persons[row + 1] = (persons[row] ?? 0) + people;
  });
  const size = (row: number) => rows[row]?.k ?? 1;
  return {
    people: persons[rows.length] ?? 0,
    at(slot) {
      const row = rowOf(slots, slot);
      const within = slot - (slots[row] ?? 0);
      const k = size(row);
      return { person: (persons[row] ?? 0) + Math.floor(within / k), ordinal: within % k, reports: k };
    },
    of(person) {
      const row = rowOf(persons, person);
      const k = size(row);
      return { from: (slots[row] ?? 0) + (person - (persons[row] ?? 0)) * k, reports: k };
    },
  };
}

/** The last row that begins at or before the value, by halves. */
export function rowOf(starts: Float64Array, value: number): number {
  let [low, high] = [0, starts.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? 0) <= value) low = middle;
    else high = middle;
  }
  return low;
}
