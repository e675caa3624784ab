/** Level and tier by the number under which they are stored. */
const LEVELS = ["L0", "L1", "L2", "L3", "L4"] as const;
const TIERS = ["R1", "R2", "R3", "R4", "R5"] as const;
export type Level = (typeof LEVELS)[number];
export type Tier = (typeof TIERS)[number];

export function levelName(level: number): Level {
  return LEVELS[level] ?? "L0";
}
export function levelNumber(level: Level): number {
  return LEVELS.indexOf(level);
}
export function tierName(tier: number): Tier {
  return TIERS[tier - 1] ?? "R1";
}
export function tierNumber(tier: Tier): number {
  return TIERS.indexOf(tier) + 1;
}

const LEVEL_TEXT: Record<Level, string> = {
  L0: "Unusable as it stands",
  L1: "Intelligence only",
  L2: "Can be developed",
  L3: "Can be attributed",
  L4: "Can support a warrant",
};
const TIER_TEXT: Record<Tier, string> = {
  R1: "Immediate",
  R2: "Very high: within a day",
  R3: "High: within 7 days",
  R4: "Medium: within 14 days",
  R5: "Low: within 30 days",
};
export function levelText(level: Level): string {
  return LEVEL_TEXT[level];
}
export function tierText(tier: Tier): string {
  return TIER_TEXT[tier];
}
