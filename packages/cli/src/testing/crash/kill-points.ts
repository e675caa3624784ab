import { setTimeout as sleep } from "node:timers/promises";
import { judgeEntry, openEntry, send } from "./ledger.ts";
import { nameOf, type Point, seenCalls, type SeenCall } from "./points.ts";
import { isLogUpToDate, lastNumber } from "./standing.ts";
import { threadOf, watch } from "./strace.ts";
import type { Target } from "./target.ts";

/** What a point showed. */
export interface PointResult {
  readonly point: string;
  /** The process died of it. A point that the run did not come to says nothing and is not counted. */
  readonly met: boolean;
  /** Milliseconds from the death to the acknowledgement, with the start in between. */
  readonly recoveredMs: number | undefined;
  readonly problems: readonly string[];
}

/** An acknowledged report's leaf is in the log within a second; longer waits are not for it. */
const LOG_MS = 3_000;
const LOOK_MS = 20;
/** A sender's own system goes on for this long. */
const PATIENCE_MS = 600_000;
const RETRY_MS = 50;

/** Every call that a station makes from the first byte of a report to the checkpoint that covers it. */
export async function enumerate(target: Target): Promise<SeenCall[]> {
  for (let warm = 0; warm < 2; warm += 1) await wholeReport(target);
  const station = await target.up();
  return await seenCalls(station.pid, target.folder, () => wholeReport(target));
}

/** Sends a report, without any fault, up to the checkpoint that covers it. */
export async function wholeReport(target: Target): Promise<void> {
  await target.up();
  const entry = openEntry(target.next(), await lastNumber(target.place));
  const answer = await send(entry);
  if (answer.kind !== "acknowledged")
    throw new Error(`a report without a fault was not taken: ${JSON.stringify(answer)}`);
  target.note(entry);
  await untilLogged(target, () => false);
}

/** Kills the station at one point of a report's way, starts it again, lets the sender go on, and holds its ledger against the station. */
export async function killAt(target: Target, point: Point): Promise<PointResult> {
  const { place, folder } = target;
  const station = await target.up();
  const entry = openEntry(target.next(), await lastNumber(place));
  target.note(entry);
  const watching = await watch({
    tid: threadOf(station.pid, point.thread),
    calls: [point.call],
    injection: { call: point.call, when: String(point.n), effect: "signal=SIGKILL" },
    output: `${folder}/kill`,
  });
  let diedAt = 0;
  void station.ended.then(() => {
    diedAt = performance.now();
  });
  const problems: string[] = [];
  try {
    await send(entry);
    if (entry.acknowledged !== undefined) await untilLogged(target, () => diedAt > 0);
    // The death is told after the connection that it broke.
    else await Promise.race([station.ended, sleep(1_000)]);
  } finally {
    await watching.detach();
  }
  const met = diedAt > 0;
  if (met) await target.up();
  // Before the sender comes back: nothing may be there that is not whole.
  if (entry.acknowledged === undefined) problems.push(...(await judgeEntry(place, entry)));
  problems.push(...(await goOn(target, entry)));
  const recoveredMs = met ? Math.round(performance.now() - diedAt) : undefined;
  problems.push(...(await judgeEntry(place, entry)));
  return { point: nameOf(point), met, recoveredMs, problems };
}

/** Sends again until the report is acknowledged, as a sender's own system does. */
export async function goOn(target: Target, entry: ReturnType<typeof openEntry>): Promise<string[]> {
  const until = performance.now() + PATIENCE_MS;
  while (entry.acknowledged === undefined) {
    if (performance.now() > until) return [`not taken in the end: ${JSON.stringify(entry.answers.at(-1))}`];
    await target.up();
    await send(entry);
    if (entry.acknowledged === undefined) await sleep(RETRY_MS);
  }
  return [];
}

export async function untilLogged({ place }: Target, isOver: () => boolean): Promise<void> {
  const until = performance.now() + LOG_MS;
  while (!isOver() && performance.now() < until && !(await isLogUpToDate(place))) await sleep(LOOK_MS);
}
