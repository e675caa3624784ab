import type { ConflictStepView, ConflictView, ListedConflict } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { formatInstant } from "../time/instant.ts";

/** What somebody did, in one sentence. */
export function stepWords({ kind, by, to = "", until, how }: ConflictStepView): string {
  if (kind === "handed-over") return t("conflicts.did.handed-over", { by, to });
  if (kind === "extended")
    return t("conflicts.did.extended", { by, until: until === undefined ? "" : formatInstant(until) });
  if (kind === "released")
    return t("conflicts.did.released", { by, how: how === undefined ? "" : t(`conflicts.how.${how}`) });
  return t(`conflicts.did.${kind}`, { by });
}

/** What a person may do about a conflict now; the station has the last word. */
export const ACTS = ["taken", "contacted", "released", "extended", "handed-over"] as const;
export type Act = (typeof ACTS)[number];

export function actsOn({
  state,
  mine,
  mayExtend,
}: Pick<ConflictView, "state" | "mine" | "mayExtend">): Act[] {
  if (state === "released") return [];
  return ACTS.filter((act) => (act === "taken" ? !mine : act !== "extended" || mayExtend));
}

/** The next thing to do: have it, speak with them, release it. */
export function nextAct({ state, mine }: Pick<ConflictView, "state" | "mine">): Act {
  if (!mine) return "taken";
  return state === "open" ? "contacted" : "released";
}

export const CONFLICT_LISTS = ["mine", "open", "overdue"] as const;
export type ConflictList = (typeof CONFLICT_LISTS)[number];

/**
 * Those of one list, in the order in which the station gives them: the longest overdue first.
 * @param isLead what nobody has taken yet is a lead's
 */
export function listed(
  conflicts: readonly ListedConflict[],
  list: ConflictList,
  isLead: boolean,
): ListedConflict[] {
  if (list === "mine") return conflicts.filter(({ mine, owner }) => mine || (isLead && owner === undefined));
  return list === "overdue" ? conflicts.filter(({ overdue }) => overdue) : [...conflicts];
}

/** Those that still hold work back. */
export function holding<C extends Pick<ConflictView, "state">>(conflicts: readonly C[]): C[] {
  return conflicts.filter(({ state }) => state !== "released");
}

/** The times to which a release may be put off: from the deadline on, or from now when that has passed. @param now milliseconds since 1970 */
export function laterTimes(deadline: string, now: number): { days: number; until: string }[] {
  const from = Math.max(Date.parse(deadline), now);
  return [1, 3, 7].map((days) => ({ days, until: new Date(from + days * 86_400_000).toISOString() }));
}
