import { epochMs, momentsOf, type Claim, type Report } from "@fairlead/report";
import { assessCase, type Assessment } from "../assess.ts";
import { caseLater, caseOf, type Case } from "../input/case.ts";
import type { AssessmentContext } from "../input/context.ts";
import { networkRule, shortestNetworkRule, windowFrom } from "../rules/retention.ts";
import type { RuleSet } from "../rules/rule-set.ts";
import { networkOf } from "../sufficiency/network.ts";
import { providerWindow } from "../sufficiency/time.ts";
import { groupsOf } from "../sufficiency/group.ts";

const DAY_MS = 86_400_000;

/** Moments that are tried before the next one is given unproven: a station may then look once too often, never once too late. */
const TRIED = 32;

/**
 * The moment at which the clock alone changes what an assessment says, so that a station assesses again exactly then: a retention
 * window ends, activity stops being current, a clock comes within the days that raise the tier or call for preservation, a time stops
 * lying in the future, an agency succeeds another, a review falls due.
 *
 * What counts as a change is everything but the time of assessment and the days left of a clock, which follow from the day.
 * @returns milliseconds since 1970, later than `now`; `undefined` where time alone never changes it again
 */
export function nextChangeAt(
  report: Report,
  claims: readonly Claim[],
  context: AssessmentContext,
  rules: RuleSet,
  now: number,
): number | undefined {
  const the = caseOf(report, claims, context, rules, now);
  const ahead = [...new Set(thresholds(the))].filter((moment) => moment > now).sort((a, b) => a - b);
  if (ahead.length === 0) return undefined;
  const before = assessCase(the);
  const tried = ahead.slice(0, TRIED);
  const changed = tried.find((moment) => !saysTheSame(assessCase(caseLater(the, moment)), before));
  return changed ?? ahead[TRIED];
}

/** Whether two assessments say the same, whenever they were made. */
export function saysTheSame(a: Assessment, b: Assessment): boolean {
  return isSame(a, b);
}

/** What only tells the day. */
const OF_THE_DAY: ReadonlySet<string> = new Set(["assessedAt", "daysLeft"]);

/** Whether two pieces of plain JSON are the same but for the day. A member without a value is none. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((each, at) => isSame(each, b[at]))
    );
  const [of, other] = [a as Record<string, unknown>, b as Record<string, unknown>];
  for (const key of Object.keys(of)) if (!OF_THE_DAY.has(key) && !isSame(of[key], other[key])) return false;
  for (const key of Object.keys(other))
    if (of[key] === undefined && other[key] !== undefined && !OF_THE_DAY.has(key)) return false;
  return true;
}

/** Every moment at which a comparison with the clock turns, anywhere in a case. Some turn nothing in the end. */
function thresholds(the: Case): number[] {
  const { rules } = the;
  const toleranceMs = rules.clockToleranceSeconds * 1000;
  const currencyMs = rules.currencyDays * DAY_MS;
  const instants = instantsOf(the);
  const windows = windowEnds(the);
  return [
    ...instants.map((at) => at - toleranceMs),
    // Activity is current up to the last millisecond, and its clock has run out with that one.
    ...instants.flatMap((at) => [at + currencyMs, at + currencyMs + 1]),
    ...windows.flatMap((end) => [
      end,
      end - rules.clockModifierDays * DAY_MS + 1,
      end - rules.preserveBelowDays * DAY_MS + 1,
    ]),
    ...momentsOfRules(rules),
  ];
}

/** The same for every report that is assessed by these rules, and thousands of areas are looked through for it. */
const OF_RULES = new WeakMap<RuleSet, readonly number[]>();

/** When a review falls due, or the directory changes. */
function momentsOfRules(rules: RuleSet): readonly number[] {
  const known = OF_RULES.get(rules);
  if (known !== undefined) return known;
  const moments = new Set([
    ...reviewDays(rules).map((day) => Date.parse(day) + DAY_MS),
    ...directoryDays(rules).map((day) => Date.parse(day)),
  ]);
  OF_RULES.set(rules, [...moments]);
  return [...moments];
}

/** Every certain time in the report, the answers and the linked reports. */
function instantsOf({ report, context }: Case): number[] {
  const { lastLinkedActivityAt, answers = [] } = context;
  const stated = [
    ...momentsOf(report).map(({ moment }) => epochMs(moment)),
    ...answers.flatMap(({ events }) => events.map(({ event }) => epochMs(event.moment))),
    lastLinkedActivityAt === undefined ? undefined : Date.parse(lastLinkedActivityAt),
  ];
  return stated.filter((at) => at !== undefined).filter((at) => !Number.isNaN(at));
}

function windowEnds(the: Case): number[] {
  const ends: (number | undefined)[] = [providerWindow(the)?.expiresAt];
  const { retention } = the.rules;
  for (const { events } of groupsOf(the.report, the.context.answers))
    for (const { event } of events) {
      const at = epochMs(event.moment);
      if (at === undefined || Number.isNaN(at) || event.ip?.address === undefined) continue;
      const { country } = networkOf(event.ip.address, the);
      ends.push(
        windowFrom(networkRule(retention, country, at) ?? shortestNetworkRule(retention, at), at)?.expiresAt,
      );
    }
  return ends.filter((end) => end !== undefined);
}

function reviewDays({ reviewBy, retention, legalRoutes, directory }: RuleSet): string[] {
  return [
    reviewBy,
    directory.reviewBy,
    ...retention.map((rule) => rule.reviewBy),
    ...legalRoutes.map((route) => route.reviewBy),
  ];
}

/** Days on which an agency or an area begins or ends. */
function directoryDays({ directory }: RuleSet): string[] {
  const days: string[] = [];
  const add = ({ from, to }: { from?: string; to?: string }) => {
    if (from !== undefined) days.push(from);
    if (to !== undefined) days.push(to);
  };
  for (const agency of directory.agencies.values()) add(agency);
  for (const areas of directory.areas.values()) areas.forEach(add);
  return days;
}
