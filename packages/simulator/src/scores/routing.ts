import type { Truth } from "../truth.ts";

/** Where a station would send a report, and on what that rests. */
export interface Route {
  force: string | null;
  basis: "resolved" | "declared" | "geolocation" | "none";
}

export interface RoutingScore {
  /** Reports about people whose force is known to the truth and that were routed. */
  routed: number;
  /** Share of those that went to the right force. */
  right: number;
  /** Share of reports that the plan can refer and that were routed nowhere. */
  missed: number;
  /** Reports that were sent to a force on geolocation alone, which is always wrong to do. */
  fromGeolocationAlone: number;
  /** Reports about people who do not live in the United Kingdom, or nobody knows where, that were sent to a force. */
  elsewhere: number;
}

/** How well reports were routed. @param routes by case number; a report without one was routed nowhere */
export function scoreRouting(routes: ReadonlyMap<string, Route>, truths: Iterable<Truth>): RoutingScore {
  const score = { routed: 0, right: 0, referable: 0, missed: 0, fromGeolocationAlone: 0, elsewhere: 0 };
  for (const truth of truths) {
    const route = routes.get(truth.caseNumber);
    const force = route?.force ?? null;
    if (truth.plan.refer !== null) score.referable += 1;
    if (force === null) {
      if (truth.plan.refer !== null) score.missed += 1;
      continue;
    }
    if (route?.basis === "geolocation") score.fromGeolocationAlone += 1;
    if (truth.force === null) score.elsewhere += 1;
    else {
      score.routed += 1;
      if (force === truth.force) score.right += 1;
    }
  }
  return {
    routed: score.routed,
    right: score.routed === 0 ? 1 : score.right / score.routed,
    missed: score.referable === 0 ? 0 : score.missed / score.referable,
    fromGeolocationAlone: score.fromGeolocationAlone,
    elsewhere: score.elsewhere,
  };
}
