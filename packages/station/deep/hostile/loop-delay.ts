/** How late something was, in milliseconds. */
export interface Late {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * How late an event loop was. `byItself`: of that, no more than the processor time that its thread used meanwhile; on a machine with other
 * work the rest is the time in which it was not let run.
 */
export interface LoopDelay {
  readonly late: Late;
  readonly byItself: Late;
}

const RESOLUTION_MS = 10;

/** Watches the event loop of this thread. `take` says how late it was since the last time, `all` since the beginning. */
export function watchLoop(): { take(): LoopDelay; all(): LoopDelay } {
  const late: number[] = [];
  const own: number[] = [];
  let taken = 0;
  let began = performance.now();
  let used = process.threadCpuUsage();
  const look = (): void => {
    const by = Math.max(0, performance.now() - began - RESOLUTION_MS);
    const { user, system } = process.threadCpuUsage(used);
    late.push(by);
    own.push(Math.min(by, (user + system) / 1000));
    began = performance.now();
    used = process.threadCpuUsage();
    setTimeout(look, RESOLUTION_MS).unref();
  };
  setTimeout(look, RESOLUTION_MS).unref();
  const since = (from: number): LoopDelay => ({
    late: summed(late.slice(from)),
    byItself: summed(own.slice(from)),
  });
  return {
    take() {
      const told = since(taken);
      taken = late.length;
      return told;
    },
    all: () => since(0),
  };
}

function summed(values: readonly number[]): Late {
  const sorted = values.toSorted((a, b) => a - b);
  const share = (part: number) =>
    Math.round((sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0) * 10) / 10;
  return { p50: share(0.5), p99: share(0.99), max: share(1) };
}
