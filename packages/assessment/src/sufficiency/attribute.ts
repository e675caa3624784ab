import type { Reason } from "../input/reason.ts";

/** What shows that an offence happened, from nothing (O0) to viewed and graded by trained staff (O4). */
export const OFFENCE = ["O0", "O1", "O2", "O3", "O4"] as const;
/** What points to a person, from nothing (A0) to two independent facts resolved to one installation address (A4). */
export const ATTRIBUTION = ["A0", "A1", "A2", "A3", "A4"] as const;
/** Where that person is: unknown (P0), a country (P1), a hint at a force (P2), a resolved address (P3). */
export const PLACE = ["P0", "P1", "P2", "P3"] as const;
/** When: no time (T0), an ambiguous one (T1), exact but too late to ask (T2), exact with the data still kept (T3). */
export const TIME = ["T0", "T1", "T2", "T3"] as const;
/** How well the material is held: hearsay (I0), received (I1), recorded at receipt (I2), proven back to its origin (I3). */
export const INTEGRITY = ["I0", "I1", "I2", "I3"] as const;

export type Offence = (typeof OFFENCE)[number];
export type Attribution = (typeof ATTRIBUTION)[number];
export type PlaceGrade = (typeof PLACE)[number];
export type TimeGrade = (typeof TIME)[number];
export type Integrity = (typeof INTEGRITY)[number];

/** The five attributes of agency.md 4.1. */
export interface Attributes {
  offence: Offence;
  attribution: Attribution;
  place: PlaceGrade;
  time: TimeGrade;
  integrity: Integrity;
}
export type AttributeName = keyof Attributes;

export const SCALES = {
  offence: OFFENCE,
  attribution: ATTRIBUTION,
  place: PLACE,
  time: TIME,
  integrity: INTEGRITY,
} as const satisfies { [Name in AttributeName]: readonly Attributes[Name][] };

export const ATTRIBUTE_NAMES = [
  "offence",
  "attribution",
  "place",
  "time",
  "integrity",
] as const satisfies readonly AttributeName[];

const DIGIT_ZERO = "0".charCodeAt(0);

/** 0 for `O0`, 4 for `A4`. */
export function rank(value: Attributes[AttributeName]): number {
  return value.charCodeAt(1) - DIGIT_ZERO;
}

/** The highest rank of several findings, 0 for none. A loop: a report may hold more findings than a call may have arguments. */
export function bestRank(findings: readonly { rank: number }[]): number {
  let best = 0;
  for (const finding of findings) best = Math.max(best, finding.rank);
  return best;
}

/** The same attributes with one of them set to a rank; a rank outside its scale leaves them as they are. */
export function withRank(attributes: Attributes, name: AttributeName, to: number): Attributes {
  const value = SCALES[name][to];
  return value === undefined ? attributes : { ...attributes, [name]: value };
}

/** A value with what proves it, what holds it down, and what is not known. */
export interface Graded<Value extends Attributes[AttributeName]> {
  value: Value;
  /** What proves the value. */
  reasons: Reason[];
  /** What keeps it from the next one: an ambiguity, a contradiction, or the thing that is missing. */
  holds: Reason[];
}
