/** Time as the messenger sees it; passed in, so that tests can hold it still. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after so many milliseconds, or at once when `signal` says so; never rejects. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** The device's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      // Timers take 31 bits of milliseconds; whoever sleeps longer wakes early and looks again.
      const timer = setTimeout(done, Math.min(milliseconds, 0x7fffffff));
      signal.addEventListener("abort", done);
      function done() {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      }
    }),
};
