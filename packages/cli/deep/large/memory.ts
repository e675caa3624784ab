import { residentBytes } from "../../bench/intake/processes.ts";

const EVERY_MS = 100;

/** What a process's resident memory grows by, beside what it had when it was first looked at. */
export interface Memory {
  /** From now on another process is looked at; what the one before grew by still counts. */
  startAgain(): Promise<void>;
  /** @returns the most that it grew by, in MiB; undefined where the system does not tell. May be called again */
  stop(): number | undefined;
}

export function watchMemory(station: { readonly pid: number }): Memory {
  let first: number | undefined;
  let most: number | undefined;
  let pid = 0;
  const look = async () => {
    const looked = station.pid;
    const now = await residentBytes(looked);
    // One that is killed or only just started says nothing about what came through it.
    if (now === undefined || looked !== station.pid) return;
    if (pid !== looked) [pid, first] = [looked, now];
    if (first !== undefined) most = Math.max(most ?? 0, now - first);
  };
  let timer = setInterval(() => void look(), EVERY_MS);
  return {
    async startAgain() {
      clearInterval(timer);
      pid = 0;
      await look();
      timer = setInterval(() => void look(), EVERY_MS);
    },
    stop() {
      clearInterval(timer);
      return most === undefined ? undefined : Math.round(most / 2 ** 20);
    },
  };
}
