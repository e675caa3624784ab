import type { Station } from "./context.ts";
import { isConnectionLost } from "./store/index.ts";

/**
 * Does a piece of work again and again until disposed, never twice at once; what is at work is finished first. A failure is logged, and
 * the next time comes.
 * @param name of the work, for the log
 */
export function repeatedly(
  station: Station,
  name: string,
  everyMs: number,
  work: (station: Station) => Promise<void>,
): AsyncDisposable {
  let running = Promise.resolve();
  let isWaiting = false;
  const once = async () => {
    isWaiting = false;
    try {
      await work(station);
    } catch (error) {
      if (isConnectionLost(error)) station.log.warn({ work: name }, "work.postponed");
      else station.log.error({ err: error, work: name }, "work.failed");
    }
  };
  const timer = setInterval(() => {
    if (isWaiting) return;
    isWaiting = true;
    running = running.then(once);
  }, everyMs);
  timer.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await running;
    },
  };
}
