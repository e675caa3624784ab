import { ERROR_KINDS, type ErrorKind } from "../profile.ts";
import type { Tier } from "../truth.ts";

/** What is true about one report, in numbers: enough to score by, and nothing to hold an object for. */
export interface CompactTruth {
  /** Number of the report in its year. */
  index: number;
  /** The same for all reports of a person. */
  person: number;
  /** The same for all reports of an account; null where the report names none. */
  account: number | null;
  /** Place of the right force in `UK_AREAS`, or -1. */
  force: number;
  /** 1 to 5. */
  tier: number;
  /** A bit for each of `ERROR_KINDS` that is made in the report. */
  errors: number;
  /** Those of them that nothing in the report speaks against: nobody can see them there. */
  silent: number;
  /** The provider names one installation address for it. */
  resolved: boolean;
  /** Numbers of the files' items: the same for the same bytes. */
  items: readonly number[];
  /** Those of them that are viral. */
  viral: readonly number[];
}

/** The truths of reports that follow each other, one array a member. */
export interface TruthColumns {
  /** Number of the first report. */
  from: number;
  count: number;
  person: Uint32Array;
  /** -1 where the report names none. */
  account: Float64Array;
  force: Int8Array;
  tier: Uint8Array;
  errors: Uint16Array;
  silent: Uint16Array;
  resolved: Uint8Array;
  /** Items of report i: `items` from `itemsFrom[i]` up to `itemsFrom[i + 1]`. */
  itemsFrom: Uint32Array;
  items: Float64Array;
}

/** Empty columns with room for reports `from` up to `to`. */
export function truthColumns(from: number, to: number): TruthColumns {
  const room = Math.max(0, to - from);
  return {
    from,
    count: 0,
    person: new Uint32Array(room),
    account: new Float64Array(room),
    force: new Int8Array(room),
    tier: new Uint8Array(room),
    errors: new Uint16Array(room),
    silent: new Uint16Array(room),
    resolved: new Uint8Array(room),
    itemsFrom: new Uint32Array(room + 1),
    items: new Float64Array(room * 4),
  };
}

/**
 * Adds the truth of the next report.
 * @throws RangeError when it is not the next one, or when there is no room for it
 */
export function addTruth(columns: TruthColumns, truth: CompactTruth): void {
  const row = columns.count;
  if (truth.index !== columns.from + row || row >= columns.person.length)
    throw new RangeError(
      `addTruth: report ${truth.index} is not the next of ${columns.from + row} to ${columns.from + columns.person.length}`,
    );
  columns.person[row] = truth.person;
  columns.account[row] = truth.account ?? -1;
  columns.force[row] = truth.force;
  columns.tier[row] = truth.tier;
  columns.errors[row] = truth.errors;
  columns.silent[row] = truth.silent;
  columns.resolved[row] = truth.resolved ? 1 : 0;
  const from = columns.itemsFrom[row] ?? 0;
  const to = from + truth.items.length;
  if (to > columns.items.length) {
    const wider = new Float64Array(Math.max(to, columns.items.length * 2));
    wider.set(columns.items);
    columns.items = wider;
  }
  columns.items.set(truth.items, from);
  columns.itemsFrom[row + 1] = to;
  columns.count = row + 1;
}

/** Bits of error kinds. */
export function errorBits(kinds: Iterable<ErrorKind>): number {
  let bits = 0;
  for (const kind of kinds) bits |= 1 << ERROR_KINDS.indexOf(kind);
  return bits;
}

/** Error kinds of bits. */
export function errorKinds(bits: number): ErrorKind[] {
  return ERROR_KINDS.filter((_, place) => (bits & (1 << place)) !== 0);
}

/** 1 to 5. */
export function tierOf(tier: Tier): number {
  return Number(tier.slice(1));
}
