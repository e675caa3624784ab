import { ERROR_KINDS, type ErrorKind } from "../profile.ts";
import type { CompactTruth } from "../year/compact.ts";

/** What a station made of one report, in numbers. */
export interface Judged {
  /** 1 to 5. */
  tier: number;
  /** Place of the force in `UK_AREAS` that it was routed to; -1 where it was routed to none. */
  force: number;
  basis: "resolved" | "declared" | "geolocation" | "none";
  /** A bit for each of `ERROR_KINDS` that was named or blocked. */
  caught: number;
  /** A bit for each that was named as what it is: one error may be caught by what another is named by. */
  named: number;
}

/** Counts that add up over parts of a stream. */
export interface JudgementTally {
  reports: number;
  /** Reports meant for R1, those of them that were put there, and others that were. */
  urgent: number;
  urgentFound: number;
  falseAlarms: number;
  /** Reports whose person a provider names an address for, and those of them that went to the right force. */
  resolved: number;
  right: number;
  /** Reports that were sent to a force on geolocation alone. */
  fromGeolocationAlone: number;
  /** By the place of the kind in `ERROR_KINDS`: made, made where nothing in the report speaks against it, caught among the others. */
  made: number[];
  silent: number[];
  caught: number[];
  /** Named in reports that do not have them. */
  invented: number[];
}

export function emptyTally(): JudgementTally {
  const none = () => ERROR_KINDS.map(() => 0);
  return {
    reports: 0,
    urgent: 0,
    urgentFound: 0,
    falseAlarms: 0,
    resolved: 0,
    right: 0,
    fromGeolocationAlone: 0,
    made: none(),
    silent: none(),
    caught: none(),
    invented: none(),
  };
}

/** Adds one report to a tally. */
export function addJudged(tally: JudgementTally, truth: CompactTruth, judged: Judged): void {
  tally.reports += 1;
  if (truth.tier === 1) tally.urgent += 1;
  if (truth.tier === 1 && judged.tier === 1) tally.urgentFound += 1;
  if (truth.tier !== 1 && judged.tier === 1) tally.falseAlarms += 1;
  if (truth.resolved) tally.resolved += 1;
  if (truth.resolved && judged.force === truth.force) tally.right += 1;
  if (judged.basis === "geolocation" && judged.force >= 0) tally.fromGeolocationAlone += 1;
  for (let kind = 0; kind < ERROR_KINDS.length; kind += 1) {
    const bit = 1 << kind;
    if ((truth.errors & bit) === 0) {
      if ((judged.named & bit) !== 0) raise(tally.invented, kind);
      continue;
    }
    raise(tally.made, kind);
    if ((truth.silent & bit) !== 0) raise(tally.silent, kind);
    else if ((judged.caught & bit) !== 0) raise(tally.caught, kind);
  }
}

function raise(counts: number[], place: number): void {
  counts[place] = (counts[place] ?? 0) + 1;
}

/** The counts of two parts together. */
export function mergeTallies(one: JudgementTally, other: JudgementTally): JudgementTally {
  const sums = (a: readonly number[], b: readonly number[]) =>
    a.map((count, place) => count + (b[place] ?? 0));
  return {
    reports: one.reports + other.reports,
    urgent: one.urgent + other.urgent,
    urgentFound: one.urgentFound + other.urgentFound,
    falseAlarms: one.falseAlarms + other.falseAlarms,
    resolved: one.resolved + other.resolved,
    right: one.right + other.right,
    fromGeolocationAlone: one.fromGeolocationAlone + other.fromGeolocationAlone,
    made: sums(one.made, other.made),
    silent: sums(one.silent, other.silent),
    caught: sums(one.caught, other.caught),
    invented: sums(one.invented, other.invented),
  };
}

/** A share of what there was; 1 where there was nothing to find. */
export function shareOf(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

/** Of the errors of these kinds that something in the report speaks against, the share that was caught. */
export function caughtShare(tally: JudgementTally, kinds: readonly ErrorKind[]): number {
  const sum = (counts: readonly number[]) =>
    kinds.reduce((all, kind) => all + (counts[ERROR_KINDS.indexOf(kind)] ?? 0), 0);
  return shareOf(sum(tally.caught), sum(tally.made) - sum(tally.silent));
}
