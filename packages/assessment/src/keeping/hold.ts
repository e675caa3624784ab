/**
 * Somebody with the right to it asks that a report be kept: a court or a case of one's own (`legal-hold`), or an agency before its
 * legal process is there (`preservation-request`, such as 18 U.S.C. 2703(f): 90 days, and once more when asked again).
 */
export const HOLD_KINDS = ["legal-hold", "preservation-request"] as const;
export type HoldKind = (typeof HOLD_KINDS)[number];

/** One step of a hold. Times in milliseconds since 1970; `until` null: until somebody releases it. */
export type HoldStep =
  | { to: "placed"; at: number; until: number | null }
  | { to: "extended"; at: number; until: number | null }
  | { to: "released"; at: number };

/** Where its steps have brought a hold. */
export interface Hold {
  id: string;
  kind: HoldKind;
  from: number;
  /** Null: it has no end of its own. */
  until: number | null;
  releasedAt?: number;
  /** Its last step. */
  movedAt: number;
}

export type HoldProblem = "hold.first" | "hold.released" | "hold.over" | "hold.shorter" | "hold.past";

/**
 * Why a step is not possible from where a hold stands; `undefined` if it is. An extension only ever leads further: what ends a hold
 * early is its release.
 */
export function holdProblem(steps: readonly HoldStep[], step: HoldStep): HoldProblem | undefined {
  const last = holdOf({ id: "", kind: "legal-hold" }, steps);
  if (step.to === "placed") {
    if (last !== undefined) return "hold.first";
    return step.until !== null && step.until <= step.at ? "hold.past" : undefined;
  }
  if (last === undefined) return "hold.first";
  if (last.releasedAt !== undefined) return "hold.released";
  if (last.until !== null && last.until <= step.at) return "hold.over";
  if (step.to === "released") return undefined;
  if (last.until === null) return "hold.shorter";
  return step.until !== null && step.until <= last.until ? "hold.shorter" : undefined;
}

/** A hold as its steps made it, in their order; `undefined` before the first. */
export function holdOf(
  { id, kind }: { id: string; kind: HoldKind },
  steps: readonly HoldStep[],
): Hold | undefined {
  let hold: Hold | undefined;
  for (const step of steps) {
    if (step.to === "placed") hold = { id, kind, from: step.at, until: step.until, movedAt: step.at };
    else if (hold !== undefined && step.to === "extended")
      hold = { ...hold, until: step.until, movedAt: step.at };
    else if (hold !== undefined) hold = { ...hold, releasedAt: step.at, movedAt: step.at };
  }
  return hold;
}

/** Whether a hold stands at this time: nothing that it is about may be erased. */
export function standsAt(hold: Pick<Hold, "until" | "releasedAt">, now: number): boolean {
  return hold.releasedAt === undefined && (hold.until === null || now < hold.until);
}
