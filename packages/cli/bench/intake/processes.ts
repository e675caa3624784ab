import { readdir, readFile } from "node:fs/promises";

/** What a process and those that it started have used of processors so far, in seconds. */
export interface ProcessorSeconds {
  own: number;
  /** Of its children and theirs, those that have ended too. */
  children: number;
}

/** Linux counts in hundredths of a second, whatever the kernel's own tick is (proc(5), `sysconf(_SC_CLK_TCK)`). */
const TICKS = 100;

/** @returns undefined where the system does not tell */
export async function processorSeconds(pid: number): Promise<ProcessorSeconds | undefined> {
  const all = new Map<number, Stat>();
  for (const name of await readdir("/proc").catch(() => [])) {
    const stat = /^\d+$/.test(name) ? await statOf(Number(name)) : undefined;
    if (stat !== undefined) all.set(Number(name), stat);
  }
  const own = all.get(pid);
  if (own === undefined) return undefined;
  let children = own.waitedFor;
  for (const [at, stat] of all)
    if (at !== pid && descends(at, pid, all)) children += stat.used + stat.waitedFor;
  return { own: own.used, children };
}

/** @returns resident bytes; undefined where the system does not tell */
export async function residentBytes(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kib = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kib === undefined ? undefined : Number(kib) * 1024;
}

interface Stat {
  parent: number;
  used: number;
  waitedFor: number;
}

/** proc_pid_stat(5): after the name in brackets come state (field 3) and parent (4); times are fields 14 to 17. */
async function statOf(pid: number): Promise<Stat | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined);
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  if (fields === undefined) return undefined;
  const time = (field: number) => Number(fields[field - 3]) / TICKS;
  return { parent: time(4) * TICKS, used: time(14) + time(15), waitedFor: time(16) + time(17) };
}

function descends(pid: number, from: number, all: ReadonlyMap<number, Stat>): boolean {
  for (let at = all.get(pid)?.parent; at !== undefined && at > 1; at = all.get(at)?.parent)
    if (at === from) return true;
  return false;
}
