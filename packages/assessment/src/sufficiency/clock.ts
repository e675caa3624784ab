/** A time after which something that this report rests on can no longer be asked for. */
export interface Clock {
  /** The retention rule, or `currency` for an L4 that goes stale. */
  id: string;
  /** UTC, ISO 8601. */
  expiresAt: string;
  /** Whole days left, rounded down. */
  daysLeft: number;
  path: string;
}

const DAY_MS = 86_400_000;

/** A clock that is still running, or `undefined`. */
export function clockAt(id: string, expiresAt: number, path: string, now: number): Clock | undefined {
  if (expiresAt <= now) return undefined;
  return {
    id,
    expiresAt: new Date(expiresAt).toISOString(),
    daysLeft: Math.floor((expiresAt - now) / DAY_MS),
    path,
  };
}

/** The clock that runs out first: the evidential clock of agency.md 4.4. */
export function shortestClock(clocks: readonly Clock[]): Clock | undefined {
  let shortest: Clock | undefined;
  for (const clock of clocks)
    if (shortest === undefined || clock.expiresAt < shortest.expiresAt) shortest = clock;
  return shortest;
}
