import type { Flag, IncidentType } from "@fairlead/report";

/** What the person who reports says happened. The words for it are the messenger's; these are only names. */
export const CATEGORIES = [
  "child-at-risk",
  "unwanted-contact",
  "threats-or-pressure",
  "harmful-picture",
  "someone-may-get-hurt",
  "money-or-blackmail",
  "other",
] as const;
export type Category = (typeof CATEGORIES)[number];

/** How a category stands in a report: always as the platform's statement of what it was told, never as a fact. */
export interface CategoryMeaning {
  readonly incidentType: IncidentType;
  /** Only what the person's choice itself says. A reviewer who reads the report may know more. */
  readonly flags: ReadonlyArray<Extract<Flag, "coercion" | "threat-to-life">>;
}

const meanings: Readonly<Record<Category, CategoryMeaning>> = {
  "child-at-risk": { incidentType: "enticement", flags: [] },
  "unwanted-contact": { incidentType: "enticement", flags: [] },
  "threats-or-pressure": { incidentType: "enticement", flags: ["coercion"] },
  "harmful-picture": { incidentType: "abuse-material", flags: [] },
  // Where somebody may be in danger, the cautious reading is the urgent one; a person lowers it (law 7).
  "someone-may-get-hurt": { incidentType: "enticement", flags: ["threat-to-life"] },
  // Blackmail is pressure. That it is done with pictures is not said, so `sextortion` is not stated either.
  "money-or-blackmail": { incidentType: "enticement", flags: ["coercion"] },
  other: { incidentType: "enticement", flags: [] },
};

/** A category that a newer messenger knows and this version does not counts as `other`. */
export function categoryOf(category: string): CategoryMeaning {
  const known = CATEGORIES.find((one) => one === category) ?? "other";
  return meanings[known];
}
