import { setTimeout as sleep } from "node:timers/promises";
import { goOn } from "./kill-points.ts";
import { judgeEntry, type LedgerEntry, openEntry, send } from "./ledger.ts";
import type { Answer } from "./sending.ts";
import { isLogUpToDate, lastNumber } from "./standing.ts";
import type { Target } from "./target.ts";

/** Something that goes wrong for a station while a report comes in, and then is over. */
export interface Trouble {
  readonly name: string;
  /** Whether it goes on until somebody mends the machine, so that it meets what is sent again too. */
  readonly lasts: boolean;
  /** Begins for this station. @returns what ends it, and tells whether it came to pass */
  begin(target: Target): Promise<() => Promise<boolean>>;
}

export interface TroubleResult {
  readonly met: boolean;
  /** What the sender heard first, in a word: `acknowledged`, `503`, `unanswered`. */
  readonly heard: string;
  readonly answeredMs: number;
  /** From the end of the trouble to the acknowledgement and the checkpoint that covers it. */
  readonly recoveredMs: number;
  /** Not answered in five seconds, or not over it by itself in thirty. */
  readonly isLate: boolean;
  /** The station's last words, if it ended of it. */
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

/** Sends a report into trouble, and looks what the sender hears, what is kept, and whether the station gets over it. */
export async function sendInto(target: Target, trouble: Trouble): Promise<TroubleResult> {
  const { place } = target;
  const station = await target.up();
  const entry = openEntry(target.next(), await lastNumber(place));
  target.note(entry);
  const problems: string[] = [];
  const end = await trouble.begin(target);
  let met = false;
  let heard = "";
  let answeredMs = 0;
  try {
    for (let tries = 0; tries < (trouble.lasts ? TRIES_WHILE_IT_LASTS : 1); tries += 1) {
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
    met = await end();
  }
  const over = performance.now();
  const ended = station.isAlive() ? undefined : station.lastWords();
  problems.push(...(await recover(target, entry)));
  const recoveredMs = Math.round(performance.now() - over);
  const isLate = answeredMs > ANSWER_MS || recoveredMs > RECOVERY_MS;
  problems.push(...(await judgeEntry(place, entry)));
  return { met, heard, answeredMs, recoveredMs, isLate, ended, problems };
}

async function recover(target: Target, entry: LedgerEntry): Promise<string[]> {
  const problems = await goOn(target, entry);
  await target.up();
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
