import { epochMs, isPlaceholderIp, type Moment } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import { shorten, type Reason } from "../input/reason.ts";
import { addMonths, networkRule, providerRule, shortestNetworkRule } from "../rules/retention.ts";
import { bestRank, TIME, type Graded, type TimeGrade } from "./attribute.ts";
import { clockAt, type Clock } from "./clock.ts";
import type { Group } from "./group.ts";
import { because, type SufficiencyCode } from "./messages.ts";
import { networkOf } from "./network.ts";

/** The time of one group, with the clocks that run and the newest thing that certainly happened. */
export interface GradedTime extends Graded<TimeGrade> {
  clocks: Clock[];
  /** Milliseconds since 1970. */
  newestActivity?: number;
}

interface Candidate {
  path: string;
  moment: Moment | undefined;
  /** Whether the sender says what the time means. */
  meant: boolean;
  /** Whose data the time leads to: an event's address to a network, everything else to the provider. */
  kept: { by: "network"; address: string } | { by: "provider" } | { by: "nobody" };
}

interface Judged {
  rank: number;
  reason: Reason;
  holds: Reason[];
  at?: number;
  clock?: Clock;
}

/** When it happened, and whether the data about that time are still kept (agency.md 4.1). */
export function timeOf(group: Group, the: Case): GradedTime {
  const judged = candidates(group, the).map((candidate) => judge(candidate, the));
  const best = bestRank(judged);
  const value = TIME[best] ?? "T0";
  const newestActivity = judged.reduce<number | undefined>(
    (newest, { at = newest }) => (newest === undefined || (at !== undefined && at > newest) ? at : newest),
    undefined,
  );
  const newest = newestActivity === undefined ? {} : { newestActivity };
  if (best === 0) {
    const none = because("time.none", group.path, the.sender);
    return { value, reasons: [none], holds: [none], clocks: [], ...newest };
  }
  return {
    value,
    reasons: shorten(judged.filter(({ rank }) => rank === best).map(({ reason }) => reason)),
    holds: best === 3 ? [] : shorten(judged.flatMap(({ holds }) => holds)),
    clocks: longestByRule(judged.flatMap(({ clock }) => (clock === undefined ? [] : [clock]))),
    ...newest,
  };
}

function candidates(group: Group, { report }: Case): Candidate[] {
  const { occurred, occurredMeaning } = report.incident;
  return [
    ...group.events.map(({ event, path }): Candidate => {
      const address = event.ip?.address;
      const usable = address !== undefined && !isPlaceholderIp(address);
      return {
        path: `${path}/moment`,
        moment: event.moment,
        meant: event.kind !== "unknown",
        kept: usable ? { by: "network", address } : { by: "nobody" },
      };
    }),
    ...(group.uploads
      ? report.evidence.map(
          (item, index): Candidate => ({
            path: `/report/evidence/${index}/uploadedAt`,
            moment: item.uploadedAt,
            meant: true,
            kept: { by: "provider" },
          }),
        )
      : []),
    {
      path: "/report/incident/occurred",
      moment: occurred,
      meant: occurredMeaning !== undefined,
      kept: { by: "provider" },
    },
  ];
}

function judge({ path, moment, meant, kept }: Candidate, the: Case): Judged {
  const { sender, now, rules } = the;
  if (moment === undefined) return { rank: 0, reason: because("time.none", path, sender), holds: [] };
  const ambiguous = (code: SufficiencyCode, at?: number): Judged => ({
    rank: 1,
    reason: because("time.ambiguous", path, sender),
    holds: [because(code, path, sender)],
    ...(at === undefined ? {} : { at }),
  });
  const at = epochMs(moment);
  if (moment.zone === "none" || at === undefined || Number.isNaN(at)) return ambiguous("time.zone-missing");
  if (moment.zone === "assumed") return ambiguous("time.zone-assumed");
  if (at > now + rules.clockToleranceSeconds * 1000) return ambiguous("time.in-future");
  if (!meant) return ambiguous("time.meaning-unknown", at);
  const window = windowOf(kept, at, the);
  const clock = window === undefined ? undefined : clockAt(window.id, window.expiresAt, path, now);
  if (clock !== undefined)
    return { rank: 3, reason: because("time.in-window", path, sender), holds: [], at, clock };
  const hold = window === undefined ? "time.window-unknown" : "time.window-passed";
  return { rank: 2, reason: because("time.exact", path, sender), holds: [because(hold, path, sender)], at };
}

interface Window {
  id: string;
  expiresAt: number;
}

/**
 * How long the data are kept. The provider preserves what it reported, however old it is, from its report on. Where the country
 * of an address is not known, or has no window on file, the shortest one on file is taken; attribution is stricter and takes none.
 */
function windowOf(kept: Candidate["kept"], at: number, the: Case): Window | undefined {
  const { retention } = the.rules;
  if (kept.by === "nobody") return undefined;
  if (kept.by === "provider") {
    const { firstReportedAt } = the.context;
    const reportedAt = firstReportedAt === undefined ? Number.NaN : Date.parse(firstReportedAt);
    const rule = Number.isNaN(reportedAt) ? undefined : providerRule(retention, reportedAt);
    return rule === undefined ? undefined : { id: rule.id, expiresAt: addMonths(reportedAt, rule.months) };
  }
  const known = networkRule(retention, networkOf(kept.address, the).country, at);
  const rule = known ?? shortestNetworkRule(retention, at);
  return rule === undefined ? undefined : { id: rule.id, expiresAt: addMonths(at, rule.months) };
}

/**
 * One clock a rule: the one that runs longest. A list of a year's logins always has one that ends tomorrow; what counts is when the
 * last of them is gone.
 */
function longestByRule(clocks: readonly Clock[]): Clock[] {
  const longest = new Map<string, Clock>();
  for (const clock of clocks) {
    const held = longest.get(clock.id);
    if (held === undefined || held.expiresAt < clock.expiresAt) longest.set(clock.id, clock);
  }
  return [...longest.values()];
}
