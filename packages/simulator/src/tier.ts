import type { IncidentType } from "@fairlead/report";
import type { DraftFile } from "./draft.ts";
import type { Tier } from "./truth.ts";

/** What somebody did, short of contact. */
const APPROACHES = new Set<IncidentType>(["enticement", "obscene-to-child", "trafficking", "travel"]);

/**
 * The urgency that the facts of a report were made for, by the rules of agency.md 4.4: R1 where the sender asks for haste, R2
 * for a flag that means very high risk or for contact, R3 for what somebody did, R4 for several items beyond the viral ones, else R5.
 */
export function intendedTier(
  incident: IncidentType,
  urgentBy: "escalation" | "flag" | null,
  files: ReadonlyArray<Pick<DraftFile, "item">>,
): Tier {
  if (urgentBy === "escalation") return "R1";
  if (urgentBy === "flag" || incident === "contact-abuse") return "R2";
  if (APPROACHES.has(incident)) return "R3";
  return files.filter(({ item }) => !item.viral).length > 1 ? "R4" : "R5";
}
