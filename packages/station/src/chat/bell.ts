/** Lets one side of the process wake another. */
export interface Bell {
  ring(): void;
  /** Resolves at the next ring from now on, or after `ms`. */
  next(ms: number): Promise<void>;
}

export function newBell(): Bell {
  const waiting = new Set<() => void>();
  return {
    ring() {
      for (const resolve of waiting) resolve();
    },
    async next(ms) {
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer);
          waiting.delete(done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        timer.unref();
        waiting.add(done);
      });
    },
  };
}
