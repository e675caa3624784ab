import { enumerate } from "./kill-points.ts";
import { kindOf, nameOf, type Point, type SeenCall } from "./points.ts";
import { threadOf, watch } from "./strace.ts";
import type { Target } from "./target.ts";
import type { Trouble } from "./trouble.ts";

/** An error that the system gives to a call instead of doing it. */
interface Fault extends Point {
  readonly error: "EIO" | "ENOSPC" | "EMFILE";
  /** Whether every call from there on fails too. */
  readonly lasts: boolean;
}

/** Which error a call can meet: a broken disk, a full one, a process or a system with too many files open. */
const ERRORS: Readonly<Record<string, ReadonlyArray<Fault["error"]>>> = {
  openat: ["EIO", "ENOSPC", "EMFILE"],
  write: ["EIO", "ENOSPC"],
  pwrite64: ["EIO", "ENOSPC"],
  fsync: ["EIO", "ENOSPC"],
  fdatasync: ["EIO"],
  link: ["EIO", "ENOSPC"],
  unlink: ["EIO"],
  rename: ["EIO", "ENOSPC"],
  mkdir: ["EIO", "ENOSPC"],
  accept4: ["EMFILE"],
};

/**
 * Calls whose every failure from the first on is tried too. Not `write`, by which the runtime's own threads wake each other; not
 * `accept4`, since who has closed a file can take a connection again, and the runtime keeps one for that.
 */
const LASTING = new Set(["openat", "fsync", "link", "mkdir"]);

/** The faults that one report's calls can meet on files and at the door. */
export async function callFaults(target: Target): Promise<Trouble[]> {
  return faultsOf(await enumerate(target)).map((fault) => ({
    name: `${nameOf(fault)}:${fault.error}${fault.lasts ? ":lasting" : ""}`,
    lasts: fault.lasts,
    begin: async (at) => await begin(at, fault),
  }));
}

function faultsOf(calls: readonly SeenCall[]): Fault[] {
  const faults: Fault[] = [];
  for (const { thread, call, n, line } of calls) {
    const isHandling = thread === "files" || call === "accept4";
    if (!isHandling || kindOf(line) === "between threads") continue;
    for (const error of ERRORS[call] ?? []) {
      faults.push({ thread, call, n, error, lasts: false });
      if (n === 1 && LASTING.has(call)) faults.push({ thread, call, n, error, lasts: true });
    }
  }
  return faults;
}

async function begin(target: Target, fault: Fault): Promise<() => Promise<boolean>> {
  const { pid } = await target.up();
  const watching = await watch({
    tid: threadOf(pid, fault.thread),
    calls: [fault.call],
    injection: {
      call: fault.call,
      when: `${fault.n}${fault.lasts ? "+" : ""}`,
      effect: `error=${fault.error}`,
    },
    output: `${target.folder}/fault`,
  });
  return async () => {
    const hit = (await watching.detach()).filter((line) => line.includes("(INJECTED)"));
    // The n-th call was another one this time, by which the runtime wakes itself: no disk fails it, and the runtime ends of it.
    return hit.some((line) => kindOf(line) !== "between threads");
  };
}
