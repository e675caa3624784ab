import type { Station } from "../context.ts";

/** What befalls a call to another station. */
export const FAULTS = [
  /** It never leaves. */
  "failed",
  /** The other side does it, and the answer is lost. */
  "failed-but-done",
  /** This process dies before it leaves. */
  "killed-before",
  /** The other side does it, and this process dies before it hears. */
  "killed-after",
] as const;
export type Fault = (typeof FAULTS)[number];

/** A worker of a station whose calls meet faults, by their place among all calls from the beginning. */
export interface FaultyPort {
  /** Works until it ends or the process is killed. @returns whether it was killed */
  run(work: (station: Station) => Promise<unknown>): Promise<boolean>;
  /** Calls so far. */
  calls(): number;
}

/** @param faults by the number of the call, from 0 */
export function faultyPort(station: Station, faults: ReadonlyMap<number, Fault>): FaultyPort {
  let calls = 0;
  let processes = 0;
  return {
    calls: () => calls,
    async run(work) {
      const death = Promise.withResolvers<true>();
      // A process that is killed says nothing more: its promise stays open for ever, and it has no session that holds its lease.
      const silence = new Promise<never>(() => undefined);
      processes += 1;
      const dying: Station = {
        ...station,
        processId: `port-faults-${processes}`,
        fetch: async (url, init) => {
          const fault = faults.get(calls);
          calls += 1;
          if (fault === undefined) return await station.fetch(url, init);
          if (fault === "failed") throw new TypeError("fetch failed");
          if (fault === "failed-but-done" || fault === "killed-after") {
            const response = await station.fetch(url, init);
            await response.arrayBuffer();
          }
          if (fault === "failed-but-done") throw new TypeError("fetch failed");
          death.resolve(true);
          return await silence;
        },
      };
      return await Promise.race([work(dying).then(() => false), death.promise]);
    },
  };
}
