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

/** Pairs of subject and person are numbers that sort, so that a year needs no map of its people. */
function subjectAccuracy(year: Gathered): Accuracy["subjects"] {
  const { reports, person } = year;
  const people = new Uint32Array(
    person.subarray(0, reports).reduce((most, one) => Math.max(most, one), 0) + 1,
  );
  const pairs = new Float64Array(reports);
  let alone = year.index.state.nodes;
  for (let report = 0; report < reports; report += 1) {
    const [subject = alone++] = rootsOf(year, report);
    const who = person[report] ?? 0;
    people[who] = (people[who] ?? 0) + 1;
    pairs[report] = subject * 2 ** 32 + who;
  }
  pairs.sort();
  const score = { count: 0, precision: 0, recall: 0, largest: 0 };
  for (let from = 0; from < reports; ) {
    const subject = Math.floor((pairs[from] ?? 0) / 2 ** 32);
    let to = from;
    while (to < reports && Math.floor((pairs[to] ?? 0) / 2 ** 32) === subject) to += 1;
    score.count += 1;
    score.largest = Math.max(score.largest, (to - from) / reports);
    for (let at = from; at < to; ) {
      let end = at;
      while (end < to && pairs[end] === pairs[at]) end += 1;
      const both = end - at;
      score.precision += both ** 2 / (to - from);
      score.recall += both ** 2 / (people[(pairs[at] ?? 0) % 2 ** 32] ?? both);
      at = end;
    }
    from = to;
  }
  return { ...score, precision: score.precision / reports, recall: score.recall / reports };
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
