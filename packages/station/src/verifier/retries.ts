const FIRST_MS = 3_000;
const MOST_MS = 60_000;

/** When something that failed is due again: each by itself, after twice as long every time, so that none slows another down. */
export interface Retries {
  isDue(key: string): boolean;
  failed(key: string): void;
  /** What is not named is over. */
  keepOnly(keys: Iterable<string>): void;
}

export function newRetries(clock: () => number): Retries {
  const failures = new Map<string, { pauseMs: number; dueAt: number }>();
  return {
    isDue(key) {
      const failure = failures.get(key);
      return failure === undefined || failure.dueAt <= clock();
    },
    failed(key) {
      const before = failures.get(key);
      const pauseMs = before === undefined ? FIRST_MS : Math.min(2 * before.pauseMs, MOST_MS);
      failures.set(key, { pauseMs, dueAt: clock() + pauseMs });
    },
    keepOnly(keys) {
      const kept = new Set(keys);
      for (const key of failures.keys()) if (!kept.has(key)) failures.delete(key);
    },
  };
}
