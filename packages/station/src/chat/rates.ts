import { StationError } from "../errors.ts";

/** What may happen so often: `burst` at once, then `burst` again spread over `perMs`. */
export interface Rate {
  burst: number;
  perMs: number;
}

export interface Rates {
  /**
   * Takes one from the bucket of `key`.
   * @param key what is limited and for whom, such as `message` and a device
   * @throws StationError `rate.limited` with the time to wait
   */
  take(rate: Rate, ...key: readonly string[]): void;
}

interface Bucket {
  left: number;
  at: number;
  fullAt: number;
}

/** More buckets than this are looked through for full ones, which need not be remembered. */
const MANY = 20_000;

/** Limits of one process; several processes of a hub allow as many times as much. */
export function openRates(clock: () => number): Rates {
  const buckets = new Map<string, Bucket>();
  let checkAt = MANY;
  return {
    take({ burst, perMs }, ...parts) {
      const now = clock();
      const key = parts.join(" ");
      const known = buckets.get(key) ?? { left: burst, at: now, fullAt: now };
      const left = Math.min(burst, known.left + (Math.max(0, now - known.at) * burst) / perMs);
      if (left < 1) {
        const seconds = Math.ceil(((1 - left) * perMs) / burst / 1000);
        throw new StationError("rate.limited", "That was more often than this hub allows.", {
          remedy: "Wait for the time in Retry-After, then send the same request again.",
          retryAfterSeconds: Math.max(1, seconds),
        });
      }
      buckets.set(key, { left: left - 1, at: now, fullAt: now + ((burst - left + 1) * perMs) / burst });
      if (buckets.size < checkAt) return;
      for (const [name, bucket] of buckets) if (bucket.fullAt <= now) buckets.delete(name);
      checkAt = Math.max(MANY, buckets.size * 2);
    },
  };
}
