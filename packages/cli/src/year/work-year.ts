import { defaultRuleSet, TIERS } from "@fairlead/assessment";
import { searchCampaigns } from "./items.ts";
import { forcesOf } from "./making.ts";
import { gather, type Gathered, openGathered } from "./gather.ts";
import { makeAll } from "./make-all.ts";
import { partFiles, type PartFiles } from "./part-files.ts";
import { accuracyOf, type Accuracy } from "./accuracy.ts";
import { linkedTiers } from "./tiers.ts";
import { arrivalsOf, usualAssumptions, type Workload, workloadOf } from "./workload.ts";
import { type Part, partsOf, settlePlan, type YearPlan } from "./year-plan.ts";

/** What a whole year of reports came to. */
export interface WorkedYear {
  plan: YearPlan;
  /** Reports by level, L0 to L4, and by tier, R1 to R5, links included. */
  levels: number[];
  tiers: number[];
  /** Tiers that a link raised. */
  raisedByLinks: number;
  campaigns: { count: number; sightings: number; mostHolders: number; copies: number };
  accuracy: Accuracy;
  /** Every report looked at by itself, and linked: a person once, copies of a campaign never. */
  unlinked: Workload;
  linked: Workload;
  /** Of this run: seconds by the clock, and processor seconds of the threads for the parts that it made. */
  seconds: number;
  made: number;
  cpuSeconds: number;
  peakGB: number;
}

export interface Progress {
  step: "making" | "linking" | "judging";
  done: number;
  of: number;
  /** Of those done, how many this run did. */
  fresh: number;
}

export interface WorkOptions {
  folder: string;
  plan: YearPlan;
  threads: number;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** A campaign has more holders than one person can know: the number from which a value joins nobody. */
const campaignHolders = (): number => defaultRuleSet().linking.dfCap;

/**
 * Works a year: simulates its reports, grades each, links them to persons, finds campaigns, and says how well and at what cost. What is
 * done stays done: after a crash, or a stop, the same command goes on where it was.
 * @returns `undefined` when it was told to stop before the end
 */
export async function workYear(options: WorkOptions): Promise<WorkedYear | undefined> {
  const { folder, plan, signal, onProgress } = options;
  const started = performance.now();
  await settlePlan(folder, plan);
  const files = partFiles(folder);
  const parts = partsOf(plan);
  const before = (await files.done()).size;
  let fresh = 0;
  const { cpuMs, made } = await makeAll({ ...options, files }, parts, () => {
    fresh += 1;
    onProgress({ step: "making", done: before + fresh, of: parts.length, fresh });
  });
  if (signal.aborted) return undefined;
  const year = await link(plan, parts, files, onProgress);
  const tiers = linkedTiers(year);
  const { campaigns, copies } = await findCampaigns(year, parts, files, onProgress);
  const arrivals = arrivalsOf(year, tiers, (report) => copies[report] === 1);
  return {
    plan,
    levels: tally(year.level, 0, 5),
    tiers: tally(tiers, 1, TIERS.length),
    raisedByLinks: tiers.reduce((sum, tier, report) => sum + (tier < (year.tier[report] ?? 0) ? 1 : 0), 0),
    campaigns: {
      count: campaigns.length,
      sightings: campaigns.reduce((sum, { sightings }) => sum + sightings, 0),
      mostHolders: campaigns.reduce((most, { holders }) => Math.max(most, holders), 0),
      copies: copies.reduce((sum, copy) => sum + copy, 0),
    },
    accuracy: accuracyOf(year, tiers),
    unlinked: workloadOf(arrivals.reports, usualAssumptions),
    linked: workloadOf(arrivals.pieces, usualAssumptions),
    seconds: Math.round((performance.now() - started) / 1000),
    made,
    cpuSeconds: Math.round(cpuMs / 1000),
    peakGB: Math.round((process.resourceUsage().maxRSS / 2 ** 20) * 100) / 100,
  };
}

async function link(
  plan: YearPlan,
  parts: readonly Part[],
  files: PartFiles,
  onProgress: WorkOptions["onProgress"],
): Promise<Gathered> {
  const rules = defaultRuleSet();
  const year = openGathered(plan.total, rules);
  const forces = forcesOf(rules);
  for (const { number } of parts) {
    gather(year, await files.read(number), Date.UTC(plan.year, 0, 1), forces);
    onProgress({ step: "linking", done: number + 1, of: parts.length, fresh: number + 1 });
  }
  return year;
}

/** Campaigns, and for each report whether it holds nothing but their items. */
async function findCampaigns(
  year: Gathered,
  parts: readonly Part[],
  files: PartFiles,
  onProgress: WorkOptions["onProgress"],
) {
  let done = 0;
  const judged = () => onProgress({ step: "judging", done: ++done, of: 2 * parts.length, fresh: done });
  const search = searchCampaigns(campaignHolders(), year.reports);
  for (const { number } of parts) search.count(await files.read(number));
  for (const { number, from } of parts) {
    search.collect(await files.read(number), from);
    judged();
  }
  const { campaigns, isCampaign } = search.find();
  const copies = new Uint8Array(year.reports);
  for (const { number, from } of parts) {
    const { sightingReport, sightingLo, sightingHi } = await files.read(number);
    const others = new Set<number>();
    for (const [at, row] of sightingReport.entries()) {
      copies[from + row] = 1;
      if (!isCampaign(sightingLo[at] ?? 0, sightingHi[at] ?? 0)) others.add(from + row);
    }
    for (const report of others) copies[report] = 0;
    judged();
  }
  return { campaigns, copies };
}

function tally(values: Uint8Array, from: number, count: number): number[] {
  const counts = Array.from({ length: count }, () => 0);
  for (const value of values) counts[value - from] = (counts[value - from] ?? 0) + 1;
  return counts;
}
