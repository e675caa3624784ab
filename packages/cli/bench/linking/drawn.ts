import { type CompactKeys, putKey } from "@fairlead/assessment";

// What grows is filled with drawn numbers, because making ten million reports to have their hashes takes a quarter of an hour of a core.
// The shapes are those of the year 2023 in the simulator: reports a person, values and files a report, and how many have the same.

const REPORTS_A_PERSON = 3;
/** Of ten persons, those who have a third value that joins beside account and e-mail. */
const WITH_THIRD = 3;
/** Of ten persons, those whose e-mail another person has too. */
const WITH_SHARED = 2;

/** The values of a report that may join: its number, and those of its person, who has other reports among all that there are so far. */
export function drawKeys(into: CompactKeys, report: number): void {
  into.count = 0;
  const person = scattered(report) % (Math.floor(report / REPORTS_A_PERSON) + 1);
  put(into, 1, person, person);
  put(into, 2, person % 10 < WITH_SHARED ? person - (person % 2) : person, person);
  if (person % 10 < WITH_THIRD) put(into, 3, person, person);
  put(into, 4, report, person);
}

export const SIGHTINGS_A_REPORT = 3;

/** A file of a report: half of all sightings are of files that many have, the fewer the more often. */
export function drawItem(report: number, which: number): number {
  const sighting = report * SIGHTINGS_A_REPORT + which;
  const drawn = scattered(sighting);
  return drawn % 2 === 0 ? sighting + POPULAR : Math.floor(POPULAR ** ((drawn >>> 1) / 2 ** 30));
}

const POPULAR = 200_000;

/** A number that looks drawn, the same for the same number (Weyl, and the finaliser of MurmurHash3). */
export function scattered(number: number): number {
  let hash = Math.imul(number + 1, 0x9e37_79b9);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35);
  return (hash ^ (hash >>> 16)) >>> 1;
}

function put(into: CompactKeys, kind: number, value: number, holder: number): void {
  putKey(into, { lo: scattered(value + kind * 0x1000_0000), hi: scattered(value) }, holder, "strong", 0);
}
