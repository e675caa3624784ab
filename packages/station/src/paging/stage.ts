import type { PageAudience } from "../store/tables.ts";

const MINUTE_MS = 60_000;

/**
 * To whom a page goes, and how long after it was raised. Chosen: long enough for somebody at a desk to read and answer, short enough that a
 * child at risk now does not wait for a shift's break to end.
 */
export const STAGES: ReadonlyArray<{ audience: PageAudience; afterMs: number }> = [
  { audience: "caseworkers", afterMs: 0 },
  { audience: "leads", afterMs: 5 * MINUTE_MS },
  { audience: "everybody", afterMs: 15 * MINUTE_MS },
];

/** The stages of a page that calls this audience first: a task's page calls one circle, and its task calls the next. */
export function stagesFrom(audience: PageAudience): typeof STAGES {
  return audience === "caseworkers" ? STAGES : [{ audience, afterMs: 0 }];
}

/** How far an unanswered page of a report has escalated. @param raisedAt milliseconds since 1970, as `now` */
export function stageOf(raisedAt: number, now: number): PageAudience {
  return STAGES.findLast(({ afterMs }) => now - raisedAt >= afterMs)?.audience ?? "caseworkers";
}

/** When it goes further, or `undefined` when everybody has it. */
export function escalatesAt(raisedAt: number, now: number): number | undefined {
  const next = STAGES.find(({ afterMs }) => now - raisedAt < afterMs);
  return next === undefined ? undefined : raisedAt + next.afterMs;
}
