import { StationError } from "../errors.ts";

/** How many reports a sender may begin in one go after it has been quiet: a sixtieth of an hour's, and never fewer than these. */
const LEAST_BURST = 10;

interface Bucket {
  tokens: number;
  /** When it was filled last; milliseconds since 1970. */
  at: number;
}

export interface Quotas {
  /**
   * Counts one report, or whatever this is about, of this sender.
   * @throws StationError `rate.limited` with the seconds until the next one may be sent
   */
  count(sender: string): void;
}

/**
 * Holds senders to the reports an hour that they were agreed (a token bucket each). A sender without an agreement has no quota; its
 * flood is held by fair turns alone. A process counts for itself, so that several processes together let through as many times as much.
 */
export function openQuotas(
  senders: ReadonlyArray<{ username: string; reportsPerHour?: number | undefined }>,
  clock: () => number,
  what = "reports",
): Quotas {
  const agreed = new Map(senders.map(({ username, reportsPerHour }) => [username, reportsPerHour]));
  const buckets = new Map<string, Bucket>();
  return {
    count(sender) {
      const perHour = agreed.get(sender);
      if (perHour === undefined) return;
      const burst = Math.max(LEAST_BURST, perHour / 60);
      const now = clock();
      const { tokens, at } = buckets.get(sender) ?? { tokens: burst, at: now };
      // A clock that was set back takes nothing away.
      const filled = Math.min(burst, tokens + (Math.max(0, now - at) * perHour) / 3_600_000);
      buckets.set(sender, { tokens: filled >= 1 ? filled - 1 : filled, at: now });
      if (filled >= 1) return;
      throw new StationError(
        "rate.limited",
        `You have sent the ${perHour} ${what} an hour that were agreed.`,
        {
          remedy: `Wait for the seconds in Retry-After. If your ${what} have become more for good, ask this station's operator for a larger quota.`,
          retryAfterSeconds: Math.ceil(((1 - filled) * 3600) / perHour),
        },
      );
    },
  };
}
