import type { TierBacklog } from "./backlog.ts";
import type { WorkedYear } from "./work-year.ts";
import type { Workload } from "./workload.ts";

/** What a worked year came to, for a person. */
export function linesOf(worked: WorkedYear): string[] {
  const { plan, levels, tiers, campaigns, accuracy, unlinked, linked } = worked;
  const { subjects, routing, urgent } = accuracy;
  return [
    `${count(plan.total)} reports of ${plan.year} (seed ${plan.seed}, rules ${plan.rules}) in ${count(worked.seconds)} s, at most ${worked.peakGB} GB`,
    `levels: ${levels.map((each, level) => `L${level} ${count(each)}`).join(", ")}`,
    `tiers: ${tiers.map((each, tier) => `R${tier + 1} ${count(each)}`).join(", ")}; a link raised ${count(worked.raisedByLinks)}`,
    `persons: ${count(subjects.count)} subjects, B-cubed precision ${share(subjects.precision)}, recall ${share(subjects.recall)}, the largest has ${share(subjects.largest)} of all reports`,
    `campaigns: ${count(campaigns.count)} items with ${count(campaigns.sightings)} sightings; ${count(campaigns.copies)} reports hold nothing else`,
    `force: right for ${share(routing.right)} of ${count(routing.resolved)} reports with a resolved address; ${routing.fromGeolocationAlone} sent by a table of addresses alone`,
    `immediate reports: ${share(urgent.recall)} found; ${share(urgent.falseAlarms)} of those that are so by themselves are not; ${count(urgent.byLink)} more by a link`,
    ...workLines("every report by itself", unlinked),
    ...workLines("linked: each person once, copies of campaigns aside", linked),
  ];
}

function workLines(what: string, { pieces, peopleNeeded, people, backlog, pounds }: Workload): string[] {
  const late = backlog.byTier.filter((tier) => tier.late > 0);
  return [
    `${what}: ${count(pieces)} pieces of work, ${count(peopleNeeded)} people every day for nothing to be late, GBP ${count(pounds)} of their time`,
    `  with ${count(people)} people: ${count(backlog.left)} left after the year, ${count(backlog.most)} at most; ${late.length === 0 ? "nothing late" : late.map(lateLine).join(", ")}`,
  ];
}

function lateLine({ tier, late, longestDays }: TierBacklog): string {
  return `R${tier} ${count(late)} late, up to ${longestDays} days`;
}

function count(number: number): string {
  return number.toLocaleString("en-GB");
}

function share(number: number): string {
  return number.toFixed(4);
}
