import { type Hold, standsAt } from "./hold.ts";
import { type Kept, type KeepingLaw, type KeepingStart, lawsFrom } from "./law.ts";
import { endOfMonths } from "./last-day.ts";

/** Something that was done with a report and started a law's clock. */
export interface KeepingEvent {
  /** The referral by which it was done. */
  id: string;
  started: KeepingStart;
  /** Milliseconds since 1970. */
  at: number;
}

/** What a person decided about a report whose keeping ends: to keep it longer, or that it may go. */
export type KeepingDecision =
  | { id: string; kind: "longer"; at: number; until: number }
  | { id: string; kind: "let-go"; at: number };

/** Everything that says how long one report is kept. Assessments and claims have no say. */
export interface KeepingFacts {
  events: readonly KeepingEvent[];
  holds: readonly Hold[];
  /** In the order in which they were made; of those to keep it longer the last counts. */
  decisions: readonly KeepingDecision[];
}

/** One reason to keep a report, with its clock. Times in milliseconds since 1970. */
export interface Duty {
  by: "law" | "hold" | "decision";
  /** Of the law, the hold or the decision. */
  id: string;
  /** The referral that started a law's clock. */
  event?: string;
  covers: Kept;
  from: number;
  /** Null: it has no end. */
  until: number | null;
}

export interface Keeping {
  /** The longest first. */
  duties: Duty[];
  /** `none`: no duty is known, which is not leave to erase. `no-end`: a hold without an end stands. */
  content: { state: "none" } | { state: "no-end" } | { state: "until"; until: number };
  /** Until when the unique reference is kept even where the content may go. */
  referenceUntil?: number;
  /** The decision that the content may go, as long as nothing has happened since that calls for another. */
  letGo?: { id: string; at: number };
}

/**
 * How long a report is kept: the longest of what the laws say, of the holds and of what a person decided to keep it for beyond them.
 * A hold never shortens. One that was released ends with its release, so that what only it kept is due for a decision from then on.
 * @param laws which of them this station is bound by; none for a station that is no provider
 */
export function keepingOf({ events, holds, decisions }: KeepingFacts, laws: readonly KeepingLaw[]): Keeping {
  const longer = decisions.findLast((decision) => decision.kind === "longer");
  const duties: Duty[] = [
    ...events.flatMap(({ id, started, at }) =>
      lawsFrom(laws, started, at).map(
        (law): Duty => ({
          by: "law",
          id: law.id,
          event: id,
          covers: law.covers,
          from: at,
          until: endOfMonths(at, law.months, law.zone),
        }),
      ),
    ),
    ...holds.map(
      ({ id, from, until, releasedAt }): Duty => ({
        by: "hold",
        id,
        covers: "content",
        from,
        until: releasedAt ?? until,
      }),
    ),
    ...(longer === undefined
      ? []
      : [
          {
            by: "decision" as const,
            id: longer.id,
            covers: "content" as const,
            from: longer.at,
            until: longer.until,
          },
        ]),
  ].toSorted(longestFirst);
  const content = contentEnd(duties);
  const reference = duties.find(({ covers }) => covers === "reference")?.until ?? undefined;
  const letGo = standingLetGo({ events, holds, decisions });
  return {
    duties,
    content,
    ...(reference === undefined ? {} : { referenceUntil: reference }),
    ...(letGo === undefined || content.state !== "until" ? {} : { letGo }),
  };
}

function longestFirst(a: Duty, b: Duty): number {
  if (a.until === b.until) return a.from - b.from || (a.id < b.id ? -1 : 1);
  if (a.until === null) return -1;
  return b.until === null ? 1 : b.until - a.until;
}

function contentEnd(duties: readonly Duty[]): Keeping["content"] {
  const first = duties.find(({ covers }) => covers === "content");
  if (first === undefined) return { state: "none" };
  return first.until === null ? { state: "no-end" } : { state: "until", until: first.until };
}

/** Days before the end from which a person can say that a report may go, and from which its task sounds. */
export const EXPIRY_ALARM_DAYS = [30, 7, 0] as const;
const DAY_MS = 86_400_000;

/** How often what ends at `until` has sounded: 30 days before, a week before, and at its end. */
export function expiryAlarm(until: number, now: number): 0 | 1 | 2 | 3 {
  return EXPIRY_ALARM_DAYS.filter((days) => until - now <= days * DAY_MS).length as 0 | 1 | 2 | 3;
}

/** When it sounds next, milliseconds since 1970; `undefined` after its end. */
export function nextExpiryAlarmAt(until: number, now: number): number | undefined {
  return EXPIRY_ALARM_DAYS.map((days) => until - days * DAY_MS).find((at) => at > now);
}

export type LetGoProblem = "keeping.held" | "keeping.no-end" | "keeping.none" | "keeping.too-early";

/** Why nobody can say yet that a report may go; `undefined` if a person can. */
export function letGoProblem(
  { content }: Pick<Keeping, "content">,
  holds: readonly Hold[],
  now: number,
): LetGoProblem | undefined {
  if (holds.some((hold) => standsAt(hold, now))) return "keeping.held";
  if (content.state === "no-end") return "keeping.no-end";
  if (content.state === "none") return "keeping.none";
  return expiryAlarm(content.until, now) === 0 ? "keeping.too-early" : undefined;
}

/**
 * A hold, a filing or another decision since then is news that whoever let it go did not have. A hold that stood at that moment is news
 * too: it was being placed meanwhile.
 */
function standingLetGo({ events, holds, decisions }: KeepingFacts): Keeping["letGo"] {
  const last = decisions.at(-1);
  if (last?.kind !== "let-go") return undefined;
  const isNews =
    events.some(({ at }) => at >= last.at) ||
    holds.some(
      ({ movedAt, until, releasedAt }) =>
        movedAt >= last.at || (releasedAt ?? until ?? Number.POSITIVE_INFINITY) > last.at,
    );
  return isNews ? undefined : { id: last.id, at: last.at };
}
