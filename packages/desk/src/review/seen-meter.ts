/** What was shown since it was told last. */
export interface Shown {
  seenMs: number;
  wholeMs: number;
}

export interface SeenMeter {
  /** How it stands from now on. */
  set: (now: { isClear: boolean; isWhole: boolean }) => void;
  /** What has come together, and begins anew. */
  take: () => Shown;
}

/**
 * Measures how long a picture was to be seen without its veil, and of that how long all of it was: the record on which "viewed in
 * full" rests. It measures states, not acts: a window that is hidden or a picture that sticks out of it is not whole.
 * @param clock milliseconds
 */
export function createSeenMeter(clock: () => number): SeenMeter {
  let state = { isClear: false, isWhole: false };
  let since = clock();
  let shown: Shown = { seenMs: 0, wholeMs: 0 };
  const settle = () => {
    const now = clock();
    const passed = Math.max(0, now - since);
    since = now;
    if (!state.isClear) return;
    shown = { seenMs: shown.seenMs + passed, wholeMs: shown.wholeMs + (state.isWhole ? passed : 0) };
  };
  return {
    set(now) {
      settle();
      state = now;
    },
    take() {
      settle();
      const taken = { seenMs: Math.round(shown.seenMs), wholeMs: Math.round(shown.wholeMs) };
      shown = { seenMs: 0, wholeMs: 0 };
      return taken;
    },
  };
}
