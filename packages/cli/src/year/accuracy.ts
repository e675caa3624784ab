import { ALONE, countPeople, subjectShares, tallySubjects } from "@fairlead/simulator";
import type { Gathered } from "./gather.ts";
import { rootsOf } from "./tiers.ts";

/** How well a year was judged, against what the simulator knows to be true. */
export interface Accuracy {
  /** B-cubed (Bagga and Baldwin, 1998) over reports. */
  subjects: { count: number; precision: number; recall: number; largest: number };
  routing: { resolved: number; right: number; fromGeolocationAlone: number };
  /**
   * Immediate reports found, and of those that their own content makes immediate the share that is not. What a link to an immediate
   * person makes so is counted apart: whether that was right is not in the truth of one report.
   */
  urgent: { recall: number; falseAlarms: number; byLink: number };
}

export function accuracyOf(year: Gathered, tiers: Uint8Array): Accuracy {
  const { resolved, right, fromGeolocationAlone } = year.routing;
  return {
    subjects: subjectAccuracy(year),
    routing: { resolved, right: resolved === 0 ? 1 : right / resolved, fromGeolocationAlone },
    urgent: urgentAccuracy(year, tiers),
  };
}

function subjectAccuracy(year: Gathered): Accuracy["subjects"] {
  const { reports } = year;
  const person = year.person.subarray(0, reports);
  const subject = new Uint32Array(reports);
  for (let report = 0; report < reports; report += 1) subject[report] = rootsOf(year, report)[0] ?? ALONE;
  const counts = new Uint32Array(person.reduce((most, one) => Math.max(most, one), 0) + 1);
  countPeople(person, counts);
  const tally = tallySubjects({ person, subject }, counts);
  return { count: tally.subjects, ...subjectShares(tally) };
}

function urgentAccuracy(year: Gathered, tiers: Uint8Array): Accuracy["urgent"] {
  let [urgent, found, alone, wrong, byLink] = [0, 0, 0, 0, 0];
  for (let report = 0; report < year.reports; report += 1) {
    const isUrgent = year.trueTier[report] === 1;
    const isByItself = year.tier[report] === 1;
    const isCalled = tiers[report] === 1;
    if (isUrgent) urgent += 1;
    if (isUrgent && isCalled) found += 1;
    if (isByItself) alone += 1;
    if (isByItself && !isUrgent) wrong += 1;
    if (isCalled && !isByItself) byLink += 1;
  }
  return {
    recall: urgent === 0 ? 1 : found / urgent,
    falseAlarms: alone === 0 ? 0 : wrong / alone,
    byLink,
  };
}
