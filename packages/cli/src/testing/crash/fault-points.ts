import { setTimeout as sleep } from "node:timers/promises";
import { goOn } from "./kill-points.ts";
import { judgeEntry, type LedgerEntry, openEntry, send } from "./ledger.ts";
import { kindOf, nameOf, type Point, type SeenCall } from "./points.ts";
import type { Answer } from "./sending.ts";
import { isLogUpToDate, lastNumber } from "./standing.ts";
import { threadOf, watch } from "./strace.ts";
import type { Target } from "./target.ts";

/** An error that the system gives to a call instead of doing it. */
export interface Fault extends Point {
  readonly error: "EIO" | "ENOSPC" | "EMFILE";
  /** Whether every call from there on fails too, until somebody mends the machine. */
  readonly lasts: boolean;
}

export interface FaultResult {
  readonly fault: string;
  readonly met: boolean;
  /** What the sender heard first, in a word: `acknowledged`, `503`, `unanswered`. */
  readonly heard: string;
  readonly answeredMs: number;
  /** From the end of the fault to the acknowledgement and the checkpoint that covers it. */
  readonly recoveredMs: number;
  /** Not answered in five seconds, or not over it by itself in thirty. */
  readonly isLate: boolean;
  /** The station's last words, if it ended of the fault. */
  readonly ended: string | undefined;
  readonly problems: readonly string[];
}

const ANSWER_MS = 5_000;
const RECOVERY_MS = 30_000;
/** A log that has not gone on by then does not. */
const LOG_MS = 300_000;
const LOOK_MS = 20;
/** A checkpoint comes within a second of an acknowledgement; a fault in its way is met by then. */
const MEET_MS = 2_500;
const TRIES_WHILE_IT_LASTS = 2;

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

/** The faults that a report's calls can meet on files and at the door. */
export function faultsOf(calls: readonly SeenCall[]): Fault[] {
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

/** Lets one call fail while a report comes in, and looks what the sender hears, what is kept, and whether the station gets over it. */
export async function failAt(target: Target, fault: Fault): Promise<FaultResult> {
  const { place, folder } = target;
  const station = await target.up();
  const entry = openEntry(target.next(), await lastNumber(place));
  target.note(entry);
  const problems: string[] = [];
  const watching = await watch({
    tid: threadOf(station.pid, fault.thread),
    calls: [fault.call],
    injection: {
      call: fault.call,
      when: `${fault.n}${fault.lasts ? "+" : ""}`,
      effect: `error=${fault.error}`,
    },
    output: `${folder}/fault`,
  });
  let lines: string[] = [];
  let heard = "";
  let answeredMs = 0;
  try {
    for (let tries = 0; tries < (fault.lasts ? TRIES_WHILE_IT_LASTS : 1); tries += 1) {
      const began = performance.now();
      const answer = await send(entry);
      answeredMs = Math.max(answeredMs, Math.round(performance.now() - began));
      if (tries === 0) heard = wordFor(answer);
      problems.push(...unclear(answer));
      if (answer.kind === "acknowledged") break;
    }
    problems.push(...(await judgeEntry(place, entry)).filter(() => station.isAlive()));
    if (entry.acknowledged !== undefined) await untilLogged(target, MEET_MS);
  } finally {
    lines = await watching.detach();
  }
  const over = performance.now();
  const ended = station.isAlive() ? undefined : station.lastWords();
  problems.push(...(await recover(target, entry)));
  const recoveredMs = Math.round(performance.now() - over);
  const isLate = answeredMs > ANSWER_MS || recoveredMs > RECOVERY_MS;
  problems.push(...(await judgeEntry(place, entry)));
  const met = lines.some((line) => line.includes("(INJECTED)"));
  const name = `${nameOf(fault)}:${fault.error}${fault.lasts ? ":lasting" : ""}`;
  return { fault: name, met, heard, answeredMs, recoveredMs, isLate, ended, problems };
}

async function recover(target: Target, entry: LedgerEntry): Promise<string[]> {
  const problems = await goOn(target, entry);
  if (!(await untilLogged(target, LOG_MS))) problems.push("the audit log did not go on");
  return problems;
}

async function untilLogged({ place }: Target, ms: number): Promise<boolean> {
  const until = performance.now() + ms;
  while (performance.now() < until) {
    if (await isLogUpToDate(place)) return true;
    await sleep(LOOK_MS);
  }
  return false;
}

function wordFor(answer: Answer): string {
  return answer.kind === "refused" ? String(answer.status) : answer.kind;
}

/** A declared 503 or 507 says when to come back. Anything else is no clear error for a fault of ours. */
function unclear(answer: Answer): string[] {
  if (answer.kind !== "refused") return [];
  const isDeclared = answer.status === 503 || answer.status === 507;
  if (isDeclared && answer.retryAfterSeconds !== undefined) return [];
  return [`unclear: ${answer.status} ${answer.words}`];
}
