/** When a sender's fill rate counts as fallen, and when as back. Every number is chosen, and what it costs is measured (docs/reports/intake.md). */
export interface BurstRules {
  /** The latest so many reports are looked at, each number by itself: a sharp fall shows in few, a half one in many. */
  windows: readonly number[];
  /** Reports before them without which nothing is said: a new sender has no past to fall from. */
  past: number;
  /** Only what lies below this part of the past rate is a fall: a sender's cases change a little from week to week, a format at once. */
  part: number;
  /** The chance at which a sender that still fills as often as that is called fallen, at each window of each report. */
  chance: number;
  /** How much more a sender's own past may vary from hour to hour than chance would, and count for that; what is beyond counts as this. */
  clumping: number;
  /** The field is back when so many of the latest reports, */
  backWindows: readonly number[];
  /** fill at least this part of the past rate, */
  backPart: number;
  /** and would do so by this chance if the field were still as empty as a fall. */
  backChance: number;
}

export const defaultBurstRules: BurstRules = {
  windows: [20, 28, 40, 56, 80, 112, 160, 224, 320],
  past: 60,
  part: 0.75,
  chance: 1e-9,
  clumping: 16,
  backWindows: [40, 80, 160, 320],
  backPart: 0.9,
  backChance: 0.01,
};

/** Reports that a look needs to be given: the longest window. */
export const RECENT_REPORTS = 320;
