import { logNormal } from "../draw.ts";
import type { Random } from "../random.ts";
import { DAY } from "../time.ts";
import type { PlannedOutcome, Tier } from "../truth.ts";

/** Something that came of a referral, on the day on which it was known. */
export interface DatedOutcome {
  outcome: PlannedOutcome;
  /** UTC, ISO 8601. */
  at: string;
}

/** Days within which each tier is to be acted on (press reports of HMICFRS, 2023). */
const TARGET_DAYS: Readonly<Record<Tier, number>> = { R1: 1, R2: 1, R3: 7, R4: 14, R5: 30 };
/** Referrals whose target is missed by far: HMICFRS, 2023, tells of delays of up to 18 months. The share is our choice. */
const LATE = 0.15;
const LATEST_DAYS = 548;
/** A charge follows an arrest after 6 to 18 months, because devices wait to be read. Our choice. */
const CHARGE_DAYS = { least: 183, most: 548 } as const;

/** When each planned outcome became known. @param receivedAt milliseconds since 1970 @param tier as the report is meant to be graded */
export function datedOutcomes(
  random: Random,
  outcomes: readonly PlannedOutcome[],
  tier: Tier,
  receivedAt: number,
): DatedOutcome[] {
  const act = receivedAt + actDays(random, tier) * DAY;
  return outcomes.map((outcome) => ({
    outcome,
    at: new Date(Math.floor(act + afterwards(random, outcome) * DAY)).toISOString(),
  }));
}

/** Most act within the target, half of them within a third of it; the late ones have a long tail. */
function actDays(random: Random, tier: Tier): number {
  const target = TARGET_DAYS[tier];
  const late = random.unit() < LATE;
  const drawn = logNormal(random, Math.log(target / 3), 0.8);
  return late ? Math.min(LATEST_DAYS, target + logNormal(random, Math.log(60), 1)) : Math.min(target, drawn);
}

function afterwards(random: Random, { kind }: PlannedOutcome): number {
  if (kind === "charge") return CHARGE_DAYS.least + random.unit() * (CHARGE_DAYS.most - CHARGE_DAYS.least);
  if (kind === "no-further-action") return 14 + random.unit() * 120;
  return kind === "children-safeguarded" ? random.unit() * 7 : random.unit() * 2;
}
