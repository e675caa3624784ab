/** How soon somebody must act: R1 is immediate. */
export const TIERS = ["R1", "R2", "R3", "R4", "R5"] as const;
export type Tier = (typeof TIERS)[number];

const DIGIT_ZERO = "0".charCodeAt(0);

/** 1 for R1, 5 for R5. */
export function tierNumber(tier: Tier): number {
  return tier.charCodeAt(1) - DIGIT_ZERO;
}

/** The more urgent of two tiers. */
export function moreUrgent(a: Tier, b: Tier): Tier {
  return tierNumber(a) <= tierNumber(b) ? a : b;
}

/** One tier up, and never above `limit`. */
export function raisedOne(tier: Tier, limit: Tier): Tier {
  const up = TIERS[Math.max(0, tierNumber(tier) - 2)] ?? tier;
  return tierNumber(up) < tierNumber(limit) ? moreUrgent(tier, limit) : up;
}

/**
 * The tier of a report whose person turns out to be linked to a subject of a higher tier: one up from what the report's rules say without
 * anything that raises, because all that raises does so by one together; never above the subject's tier, never less urgent than it was.
 */
export function raisedByLink(base: Tier, tier: Tier, linked: Tier): Tier {
  return moreUrgent(tier, raisedOne(base, linked));
}

/** A person's decision to lower a report's tier. A machine cannot make one. */
export interface Lowering {
  by: { kind: "person"; id: string; role: string };
  to: Tier;
  /** In the person's own words or from the station's list: viral, meme, stale, generated … */
  reason: string;
  at: string;
  /** The keys of the triggers that the person had before them. A trigger that is not among them ends the lowering. */
  seen: readonly string[];
}
