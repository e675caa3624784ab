import { createHash } from "node:crypto";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * A short name for one data directory. PostgreSQL gets it as `cluster_name` and shows it in the command line of the
 * postmaster and of every child, so that a cluster's processes are known even after their postmaster was killed.
 *
 * @param dataDir an absolute path without symbolic links
 */
export function clusterTag(dataDir: string): string {
  return `fairlead-${createHash("sha256").update(dataDir).digest("hex").slice(0, 16)}`;
}

/** The pids of every living PostgreSQL process of the cluster with this tag. */
export function clusterProcesses(tag: string): readonly number[] {
  return postgresProcesses().filter((pid) => words(pid).some((word) => word.includes(tag)));
}

/** The pids of every PostgreSQL that works in the folder `cluster`, whoever started it. */
export function serversOf(cluster: string): readonly number[] {
  // Every PostgreSQL process has its data directory as working directory. Of another user's process we may not read
  // that, but the postmaster's words are open to all.
  return postgresProcesses().filter(
    (pid) => workingDirectory(pid) === cluster || words(pid).includes(cluster),
  );
}

/**
 * When a process started, in clock ticks since boot: with the pid it names one process. Null when there is none, or when
 * it has ended and its parent has not asked how (a zombie, which holds nothing any more).
 */
export function processStart(pid: number): string | null {
  const stat = readProc(pid, "stat");
  // The second field is the program's name in brackets and may hold spaces; the state is field 3, the start field 22.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" || fields[0] === "X" ? null : (fields[19] ?? null);
}

/**
 * Waits until no process of the cluster is alive. Children of a killed postmaster end by themselves as soon as they
 * look; one in the middle of a long computation does not look, and is killed after `graceMs`. Killing is safe:
 * what it had committed is in the log, and the rest was never acknowledged.
 *
 * @returns how many had to be killed
 */
export async function waitUntilGone(tag: string, graceMs: number): Promise<number> {
  const killed = new Set<number>();
  const deadline = performance.now() + graceMs;
  for (;;) {
    const alive = clusterProcesses(tag);
    if (alive.length === 0) return killed.size;
    if (performance.now() > deadline) for (const pid of alive) if (kill(pid)) killed.add(pid);
    await sleep(20);
  }
}

function kill(pid: number): boolean {
  try {
    return process.kill(pid, "SIGKILL");
  } catch {
    return false;
  }
}

function postgresProcesses(): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => readProc(pid, "comm").trimEnd() === "postgres");
}

/** The words of the command line; a child of the postmaster has one, its title. */
function words(pid: number): readonly string[] {
  return readProc(pid, "cmdline").split("\0");
}

/** Empty when the process has ended meanwhile. */
function readProc(pid: number, file: "stat" | "comm" | "cmdline"): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}

function workingDirectory(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}
