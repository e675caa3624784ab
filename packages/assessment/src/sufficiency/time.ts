import { epochMs, type ClaimSource, type Moment } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import { shorten, type Reason } from "../input/reason.ts";
import {
  networkRule,
  providerRule,
  shortestNetworkRule,
  windowFrom,
  type Window,
} from "../rules/retention.ts";
import { bestRank, TIME, type Graded, type TimeGrade } from "./attribute.ts";
import { clockAt, type Clock } from "./clock.ts";
import type { EventAddress, ReadGroup } from "./event-address.ts";
import { because, type SufficiencyCode } from "./messages.ts";

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
  source: ClaimSource;
  /** Whose data the time leads to: an event's address to a network, everything else to the provider. */
  kept: EventAddress | "provider" | "nobody";
}

interface Judged {
  rank: number;
  path: string;
  source: ClaimSource;
  /** What keeps it from T3. */
  hold?: SufficiencyCode;
  /** For the hold `time.doubted`: what is doubtful about it. */
  doubt?: string;
  at?: number;
  /** Still open. */
  window?: Window;
}

/** When it happened, and whether the data about that time are still kept (agency.md 4.1). */
export function timeOf(group: ReadGroup, the: Case): GradedTime {
  const provider = providerWindow(the);
  const judged = candidates(group, the).map((candidate) => judge(candidate, provider, the));
  const best = bestRank(judged);
  const value = TIME[best] ?? "T0";
  const newest = newestOf(judged);
  if (best === 0) {
    const none = because("time.none", group.path, the.sender);
    return { value, reasons: [none], holds: [none], clocks: [], ...newest };
  }
  return {
    value,
    reasons: shorten(reasonsAt(best, judged)),
    holds: best === 3 ? [] : shorten(holdsOf(judged)),
    clocks: longestByRule(judged, the.now),
    ...newest,
  };
}

const CODE_OF_RANK = ["time.none", "time.ambiguous", "time.exact", "time.in-window"] as const;

function reasonsAt(best: number, judged: readonly Judged[]): Reason[] {
  const code = CODE_OF_RANK[best] ?? "time.none";
  return judged.filter(({ rank }) => rank === best).map(({ path, source }) => because(code, path, source));
}

function holdsOf(judged: readonly Judged[]): Reason[] {
  return judged.flatMap(({ hold, path, source, doubt }) =>
    hold === undefined ? [] : [because(hold, path, source, doubt === undefined ? undefined : { doubt })],
  );
}

function newestOf(judged: readonly Judged[]): { newestActivity?: number } {
  let newest: number | undefined;
  for (const { at } of judged) if (at !== undefined && (newest === undefined || at > newest)) newest = at;
  return newest === undefined ? {} : { newestActivity: newest };
}

function candidates(group: ReadGroup, { report, sender }: Case): Candidate[] {
  const { occurred, occurredMeaning } = report.incident;
  const found = group.events.map(
    ({ event, path, source, found }): Candidate => ({
      path: `${path}/moment`,
      source,
      moment: event.moment,
      meant: event.kind !== "unknown",
      kept: typeof found === "object" ? found : "nobody",
    }),
  );
  if (group.uploads)
    report.evidence.forEach(({ uploadedAt }, index) => {
      const path = `/report/evidence/${index}/uploadedAt`;
      found.push({ path, source: sender, moment: uploadedAt, meant: true, kept: "provider" });
    });
  const meant = occurredMeaning !== undefined;
  found.push({
    path: "/report/incident/occurred",
    source: sender,
    moment: occurred,
    meant,
    kept: "provider",
  });
  return found;
}

function judge(
  { path, source, moment, meant, kept }: Candidate,
  provider: Window | undefined,
  the: Case,
): Judged {
  if (moment === undefined) return { rank: 0, path, source };
  const at = epochMs(moment);
  if (moment.zone === "none" || at === undefined || Number.isNaN(at))
    return { rank: 1, path, source, hold: "time.zone-missing" };
  if (moment.zone === "assumed") return { rank: 1, path, source, hold: "time.zone-assumed" };
  if (at > the.now + the.rules.clockToleranceSeconds * 1000)
    return { rank: 1, path, source, hold: "time.in-future" };
  const doubt = the.doubts.holding("time", path)?.text;
  if (doubt !== undefined) return { rank: 1, path, source, hold: "time.doubted", doubt };
  if (!meant) return { rank: 1, path, source, hold: "time.meaning-unknown", at };
  const window =
    kept === "provider" ? provider : kept === "nobody" ? undefined : networkWindow(kept, at, the);
  if (window === undefined) return { rank: 2, path, source, hold: "time.window-unknown", at };
  if (window.expiresAt <= the.now) return { rank: 2, path, source, hold: "time.window-passed", at };
  return { rank: 3, path, source, at, window };
}

/** The provider preserves what it reported, however old it is, from its report on. */
export function providerWindow({ context: { firstReportedAt }, rules }: Case): Window | undefined {
  const reportedAt = firstReportedAt === undefined ? Number.NaN : Date.parse(firstReportedAt);
  return Number.isNaN(reportedAt)
    ? undefined
    : windowFrom(providerRule(rules.retention, reportedAt), reportedAt);
}

/**
 * How long the network keeps who had an address. Where its country is not known, or has no window on file, the shortest one on file
 * is taken; attribution is stricter and takes none.
 */
function networkWindow({ window, known }: EventAddress, at: number, { rules }: Case): Window | undefined {
  if (window !== undefined) return window;
  const { retention } = rules;
  return windowFrom(networkRule(retention, known.country, at) ?? shortestNetworkRule(retention, at), at);
}

/**
 * One clock a rule: the one that runs longest. A list of a year's logins always has one that ends tomorrow; what counts is when the
 * last of them is gone.
 */
function longestByRule(judged: readonly Judged[], now: number): Clock[] {
  const longest = new Map<string, { window: Window; path: string }>();
  for (const { window, path } of judged) {
    if (window === undefined) continue;
    const held = longest.get(window.id);
    if (held === undefined || held.window.expiresAt < window.expiresAt)
      longest.set(window.id, { window, path });
  }
  return [...longest.values()].flatMap(
    ({ window: { id, expiresAt }, path }) => clockAt(id, expiresAt, path, now) ?? [],
  );
}
