import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { promisify } from "node:util";
import { databaseTrouble } from "@fairlead/station";
import { goOn } from "./kill-points.ts";
import { judgeEntry, openEntry, send } from "./ledger.ts";
import { lastNumber } from "./standing.ts";
import type { Target } from "./target.ts";

const run = promisify(execFile);

/** A folder that is a small disk of its own. */
export interface SmallDisk extends AsyncDisposable {
  /** Makes it larger, as an operator does. */
  grow(mebibytes: number): Promise<void>;
}

/** @returns undefined where this process may not mount anything; only root may */
export async function mountSmallDisk(path: string, mebibytes: number): Promise<SmallDisk | undefined> {
  await mkdir(path, { recursive: true });
  try {
    await run("mount", ["-t", "tmpfs", "-o", `size=${mebibytes}m`, "tmpfs", path]);
  } catch {
    return undefined;
  }
  return {
    async grow(to) {
      await run("mount", ["-o", `remount,size=${to}m`, path]);
    },
    async [Symbol.asyncDispose]() {
      await run("umount", ["-l", path]);
    },
  };
}

/** What a disk that filled up showed. */
export interface FullDisk {
  readonly acknowledgedBefore: number;
  /** What senders heard once it was full, and how often. */
  readonly heard: Readonly<Record<string, number>>;
  readonly slowestAnswerMs: number;
  /** From the moment there was room again to the last acknowledgement, by the process that was there before. */
  readonly recoveredMs: number;
  readonly restarts: number;
  readonly problems: readonly string[];
}

/** More than the small disk can hold. */
const MOST_REPORTS = 200;
const REFUSALS = 5;
const ANSWER_MS = 5_000;
const RECOVERY_MS = 30_000;

/**
 * Sends reports until the disk that a station's folder, or its database, lies on is full, goes on for a while, then makes room.
 * @param fill makes it full by other means before the first is sent
 */
export async function fillDisk(
  target: Target,
  disk: SmallDisk,
  { mebibytes, fill }: { mebibytes: number; fill?: () => Promise<void> },
): Promise<FullDisk> {
  const { place, entries } = target;
  await target.up();
  const starts = target.starts();
  const since = await lastNumber(place);
  await fill?.();
  const problems: string[] = [];
  const heard: Record<string, number> = {};
  const first = entries.length;
  let refusals = 0;
  let slowestAnswerMs = 0;
  while (refusals < REFUSALS && entries.length - first < MOST_REPORTS) {
    const entry = openEntry(target.next(), since);
    target.note(entry);
    const began = performance.now();
    const answer = await send(entry);
    slowestAnswerMs = Math.max(slowestAnswerMs, Math.round(performance.now() - began));
    if (answer.kind === "acknowledged") continue;
    refusals += 1;
    const word = answer.kind === "refused" ? String(answer.status) : answer.kind;
    heard[word] = (heard[word] ?? 0) + 1;
    // A connection that is closed over the rest of a body tells the same.
    const isClear = answer.kind === "unanswered" || answer.status === 507 || answer.status === 503;
    if (!isClear) problems.push(`unclear: ${JSON.stringify(answer)}`);
  }
  if (refusals === 0) problems.push("the disk did not fill up");
  const acknowledgedBefore = entries.length - first - refusals;
  problems.push(...(await judgeAll(target).catch(whileAway)));
  await disk.grow(mebibytes);
  const began = performance.now();
  for (const entry of entries) problems.push(...(await goOn(target, entry)));
  const recoveredMs = Math.round(performance.now() - began);
  problems.push(...(await judgeAll(target)));
  if (slowestAnswerMs > ANSWER_MS) problems.push(`late: answered after ${slowestAnswerMs} ms`);
  if (recoveredMs > RECOVERY_MS) problems.push(`late: over it after ${recoveredMs} ms`);
  return {
    acknowledgedBefore,
    heard,
    slowestAnswerMs,
    recoveredMs,
    restarts: target.starts() - starts,
    problems,
  };
}

async function judgeAll({ place, entries }: Target): Promise<string[]> {
  const problems: string[] = [];
  for (const entry of entries) problems.push(...(await judgeEntry(place, entry)));
  return problems;
}

/** A database that has ended for want of room is judged when it is back. */
function whileAway(error: unknown): string[] {
  if (databaseTrouble(error) === undefined) throw error;
  return [];
}
