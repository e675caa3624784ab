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
  /** `incident.type` of the report model. */
  readonly incidentType: "enticement" | "abuse-material";
  /** Flags of the report model that the reporter's choice justifies. */
  readonly flags: ReadonlyArray<"sextortion" | "coercion" | "threat-to-life">;
}

const meanings: Readonly<Record<Category, CategoryMeaning>> = {
  "child-at-risk": { incidentType: "enticement", flags: [] },
  "unwanted-contact": { incidentType: "enticement", flags: [] },
  "threats-or-pressure": { incidentType: "enticement", flags: ["coercion"] },
  "harmful-picture": { incidentType: "abuse-material", flags: [] },
  "someone-may-get-hurt": { incidentType: "enticement", flags: ["threat-to-life"] },
  "money-or-blackmail": { incidentType: "enticement", flags: ["sextortion"] },
  other: { incidentType: "enticement", flags: [] },
};

/** A category that a newer messenger knows and this version does not counts as `other`. */
export function categoryOf(category: string): CategoryMeaning {
  const known = CATEGORIES.find((one) => one === category) ?? "other";
  return meanings[known];
}
