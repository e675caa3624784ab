import { raisedByLink, TIERS, type Tier } from "@fairlead/assessment";
import type { Gathered } from "./gather.ts";

/** Of each subject, by its root: the most urgent tier of its members, how many reports have it, and the next. */
interface Urgency {
  readonly first: Uint8Array;
  readonly times: Uint32Array;
  readonly second: Uint8Array;
}

const NOBODY = 6;

/**
 * The tier of every report once its subject is known: a link to somebody more urgent raises it by one step and never above theirs. No
 * raise goes beyond what a member had by itself, so one pass over the subjects is all of it.
 */
export function linkedTiers(year: Gathered): Uint8Array<ArrayBuffer> {
  const tiers = year.tier.slice(0, year.reports);
  const urgency = urgencyOfSubjects(year);
  for (let report = 0; report < year.reports; report += 1) {
    const linked = urgencyOfOthers(year, urgency, report);
    if (linked === NOBODY) continue;
    const raised = raisedByLink(tierAt(year.baseTier, report), tierAt(year.tier, report), nameOf(linked));
    tiers[report] = TIERS.indexOf(raised) + 1;
  }
  return tiers;
}

function urgencyOfSubjects(year: Gathered): Urgency {
  const { nodes } = year.index.state;
  const urgency = {
    first: new Uint8Array(nodes).fill(NOBODY),
    times: new Uint32Array(nodes),
    second: new Uint8Array(nodes).fill(NOBODY),
  };
  for (let report = 0; report < year.reports; report += 1)
    for (const root of rootsOf(year, report)) note(urgency, root, year.tier[report] ?? NOBODY);
  return urgency;
}

function note({ first, times, second }: Urgency, root: number, tier: number): void {
  const best = first[root] ?? NOBODY;
  if (tier === best) times[root] = (times[root] ?? 0) + 1;
  else if (tier < best) {
    second[root] = best;
    first[root] = tier;
    times[root] = 1;
  } else second[root] = Math.min(second[root] ?? NOBODY, tier);
}

function urgencyOfOthers(year: Gathered, { first, times, second }: Urgency, report: number): number {
  let linked = NOBODY;
  for (const root of rootsOf(year, report)) {
    const isOwnAlone = first[root] === year.tier[report] && times[root] === 1;
    linked = Math.min(linked, (isOwnAlone ? second[root] : first[root]) ?? NOBODY);
  }
  return linked;
}

/** The subjects that the persons of a report belong to, each once. */
export function rootsOf(year: Gathered, report: number): readonly number[] {
  const { forest, reports, nodes } = year.index.state;
  const roots: number[] = [];
  for (let node = year.node[report] ?? -1; node >= 0 && node < nodes && reports[node] === report; node += 1) {
    const root = forest.root(node);
    if (!roots.includes(root)) roots.push(root);
  }
  return roots;
}

function tierAt(tiers: Uint8Array, report: number): Tier {
  return nameOf(tiers[report] ?? TIERS.length);
}

function nameOf(tier: number): Tier {
  return TIERS[tier - 1] ?? "R5";
}
