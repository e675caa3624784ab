/** The youngest that a person can be by the year of birth that they gave. `unknown` is a band of its own: it is neither. */
export const AGE_BANDS = ["under-13", "13-15", "16-17", "adult", "unknown"] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

/**
 * @param birthYear as the person gave it; nobody has checked it
 * @param at milliseconds since 1970
 */
export function ageBandOf(birthYear: number | null, at: number): AgeBand {
  if (birthYear === null) return "unknown";
  // Only the year is known, so the birthday may still be to come.
  const age = new Date(at).getUTCFullYear() - birthYear - 1;
  if (age < 13) return "under-13";
  if (age < 16) return "13-15";
  return age < 18 ? "16-17" : "adult";
}

/** Somebody who may be under 18. */
export function isYoung(band: AgeBand): boolean {
  return band !== "adult" && band !== "unknown";
}
