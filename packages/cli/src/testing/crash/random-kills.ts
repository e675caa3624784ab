import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { retryWhileDown } from "@fairlead/station";
import { judgeEntry, openEntry, send } from "./ledger.ts";
import { type Reckoning, reckon } from "./reckoning.ts";
import { SMALL } from "./sending.ts";
import { seeded } from "./slice.ts";
import { lastNumber } from "./standing.ts";
import type { Target } from "./target.ts";
import type { World } from "./world.ts";

/** What killing at random under load showed. */
export interface RandomKills {
  readonly kills: number;
  readonly stationKills: number;
  readonly databaseKills: number;
  /** Reports that were acknowledged, and sendings that were not answered or were refused on the way there. */
  readonly acknowledged: number;
  readonly unanswered: number;
  readonly refused: number;
  /** Reports that found their acknowledgement only after so long, at the most. */
  readonly slowestReportMs: number;
  readonly lost: number;
  readonly doubled: number;
  readonly doors: readonly Reckoning[];
  readonly problems: readonly string[];
  readonly held: boolean;
}

/** Senders at each door that send one report after another. */
const SENDERS = 2;
const DATABASE_SHARE = 0.2;
/** A kill comes this long after the first acknowledgement since the one before, evenly spread. */
const LEAST_MS = 20;
const MOST_MS = 700;
/** The next kill waits for a report to be acknowledged, but no longer than this. */
const PROGRESS_MS = 10_000;
const RETRY_MS = 30;
const LOOK_MS = 20;
/** The last kill may have hit the database. */
const DATABASE_MS = 60_000;

/**
 * Kills stations, and PostgreSQL with all its processes, at random moments while senders at all doors go on sending, and at the end holds
 * their ledger against every station.
 */
export async function killAtRandom(
  world: World,
  options: { kills: number; seed: number; seconds: number; say: (line: string) => void },
): Promise<RandomKills> {
  for (const target of world.targets) await target.up();
  const ended = new AbortController();
  const slowest = { ms: 0 };
  const load = world.targets.flatMap((target) =>
    Array.from({ length: SENDERS }, () => keepSending(target, ended.signal, slowest)),
  );
  const done = await killAll(world, options);
  ended.abort();
  await Promise.all(load);
  const problems: string[] = [];
  const doors: Reckoning[] = [];
  for (const target of world.targets) {
    await retryWhileDown(() => target.up().then(() => lastNumber(target.place)), { forMs: DATABASE_MS });
    for (const entry of target.entries)
      problems.push(
        ...(await judgeEntry(target.place, entry)).map((line) => `${entry.sending.mark}: ${line}`),
      );
    const door = await reckon(target, false);
    problems.push(...door.problems);
    doors.push(door);
  }
  const entries = world.targets.flatMap((target) => target.entries);
  const answers = entries.flatMap((entry) => entry.answers);
  const lost = doors.reduce((sum, door) => sum + door.lost, 0);
  const doubled = doors.reduce((sum, door) => sum + door.doubled, 0);
  for (const problem of problems) options.say(problem);
  return {
    ...done,
    kills: done.stationKills + done.databaseKills,
    acknowledged: entries.filter(({ acknowledged }) => acknowledged !== undefined).length,
    unanswered: answers.filter(({ kind }) => kind === "unanswered").length,
    refused: answers.filter(({ kind }) => kind === "refused").length,
    slowestReportMs: slowest.ms,
    lost,
    doubled,
    doors,
    problems,
    held:
      problems.length === 0 &&
      lost === 0 &&
      doubled === 0 &&
      doors.every(({ auditVerified }) => auditVerified) &&
      entries.every(({ acknowledged }) => acknowledged !== undefined),
  };
}

async function keepSending(target: Target, ended: AbortSignal, slowest: { ms: number }): Promise<void> {
  const since = await lastNumber(target.place);
  while (!ended.aborted) {
    const entry = openEntry(target.next(SMALL), since);
    target.note(entry);
    const began = performance.now();
    while (entry.acknowledged === undefined) {
      await target.up();
      await send(entry);
      if (entry.acknowledged === undefined) await sleep(RETRY_MS);
    }
    slowest.ms = Math.max(slowest.ms, Math.round(performance.now() - began));
  }
}

async function killAll(
  world: World,
  {
    kills,
    seed,
    seconds,
    say,
  }: { kills: number; seed: number; seconds: number; say: (line: string) => void },
): Promise<{ stationKills: number; databaseKills: number }> {
  const random = seeded(seed);
  const until = performance.now() + seconds * 1000;
  let stationKills = 0;
  let databaseKills = 0;
  let taken = takenBy(world);
  while (stationKills + databaseKills < kills && performance.now() < until) {
    // On a slow machine kills would otherwise meet nothing but stations that start.
    const waited = performance.now() + PROGRESS_MS;
    while (takenBy(world) === taken && performance.now() < waited) await sleep(LOOK_MS);
    taken = takenBy(world);
    await sleep(LEAST_MS + random() * (MOST_MS - LEAST_MS));
    if (random() < DATABASE_SHARE) {
      const pid = await found(() => world.databasePid());
      for (const one of familyOf(pid)) kill(one);
      databaseKills += 1;
    } else {
      const alive = () => world.targets.flatMap((target) => target.running() ?? []);
      const stations = await found(() => (alive().length > 0 ? alive() : undefined));
      stations[Math.floor(random() * stations.length)]?.kill();
      stationKills += 1;
    }
    if ((stationKills + databaseKills) % 50 === 0)
      say(`${stationKills + databaseKills} of ${kills} kills, ${databaseKills} of them of PostgreSQL`);
  }
  return { stationKills, databaseKills };
}

/** Reports that were acknowledged so far. */
function takenBy({ targets }: World): number {
  const taken = (target: Target) => target.entries.filter(({ acknowledged }) => acknowledged !== undefined);
  return targets.reduce((sum, target) => sum + taken(target).length, 0);
}

async function found<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const value = look();
    if (value !== undefined) return value;
    await sleep(LOOK_MS);
  }
}

/** A process and those that it started, itself first. */
function familyOf(pid: number): number[] {
  const family = [pid];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      if (Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) === pid) family.push(Number(name));
    } catch {
      // It ended while we were looking.
    }
  }
  return family;
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It died with its parent.
  }
}
