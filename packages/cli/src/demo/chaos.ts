import { setTimeout as sleep } from "node:timers/promises";
import { simulate } from "@fairlead/simulator";
import type { Database } from "@fairlead/station";
import { STATIONS, type StationKey } from "./layout.ts";
import { type Chain, type DemoOptions, runStream, startChain } from "./run.ts";
import type { Reckoning } from "./reckoning.ts";

export interface CrashOptions extends DemoOptions {
  /** How many processes are killed with kill -9 while the stream runs. */
  kills: number;
}

/** What a run showed in which processes were killed. */
export interface CrashResult extends Reckoning {
  kills: number;
  stationKills: number;
  postgresKills: number;
  /** Referrals of any station that were not delivered at the end. */
  undelivered: number;
  /** Reports that the platform referred and of which it has not heard what came of them. */
  withoutOutcome: number;
  /** Whether everything that was promised held; also that no station died but by our hand. */
  held: boolean;
}

/** Every fourth kill hits the database, on which all four stations stand. */
const POSTGRES_SHARE = 0.25;
/** No kill comes later than this part of the run, so that all of them come before its end. */
const LAST_KILL = 0.95;
const LOOK_MS = 50;
/** Kills come up to this long after their moment, so that they do not always meet a station right after a commit. */
const JITTER_MS = 200;

/**
 * Runs the sample stream through the chain and kills processes with kill -9 at random moments that are spread over the run's
 * progress, whatever the run's speed is. The same seed gives the same moments and victims.
 */
export async function runWithKills(options: CrashOptions): Promise<CrashResult> {
  await using chain = await startChain(options);
  const ended = new AbortController();
  const killing = killAlong(chain, options, ended.signal);
  const reckoning = await runStream(chain, options).finally(() => ended.abort());
  const done = await killing;
  const undelivered = await sum(STATIONS.map(({ key }) => countUndelivered(chain.dbs[key])));
  const withoutOutcome = await countWithoutOutcome(chain.dbs.platform);
  const held =
    reckoning.reports === options.reports &&
    reckoning.lost === 0 &&
    reckoning.duplicated === 0 &&
    reckoning.auditVerified &&
    undelivered === 0 &&
    withoutOutcome === 0 &&
    reckoning.restarts === done.stationKills &&
    done.stationKills + done.postgresKills === options.kills;
  return {
    ...reckoning,
    kills: done.stationKills + done.postgresKills,
    ...done,
    undelivered,
    withoutOutcome,
    held,
  };
}

async function killAlong(
  chain: Chain,
  { kills, seed, reports, say }: CrashOptions,
  ended: AbortSignal,
): Promise<{ stationKills: number; postgresKills: number }> {
  const random = seeded(seed);
  const moments = Array.from({ length: kills }, () => random() * LAST_KILL).toSorted((a, b) => a - b);
  const whole = wholeWork(reports, seed);
  let stationKills = 0;
  let postgresKills = 0;
  for (const moment of moments) {
    while (!ended.aborted && (await workDone(chain)) / whole < moment) await sleep(LOOK_MS);
    await sleep(random() * JITTER_MS);
    const hitsDatabase = random() < POSTGRES_SHARE && chain.databases.pid() !== undefined;
    const station = STATIONS[Math.floor(random() * STATIONS.length)]?.key ?? "platform";
    const pid = await pidOf(
      () => (hitsDatabase ? chain.databases.pid() : chain.stations[station].pid()),
      ended,
    );
    if (pid === undefined) break;
    process.kill(pid, "SIGKILL");
    if (hitsDatabase) postgresKills += 1;
    else stationKills += 1;
    say(
      `kill ${stationKills + postgresKills} of ${kills}: ${hitsDatabase ? "PostgreSQL" : station} at ${Math.round(moment * 100)} %`,
    );
  }
  return { stationKills, postgresKills };
}

/** Waits for a victim that is just being started again. */
async function pidOf(find: () => number | undefined, ended: AbortSignal): Promise<number | undefined> {
  for (;;) {
    if (ended.aborted) return undefined;
    const pid = find();
    if (pid !== undefined) return pid;
    await sleep(LOOK_MS);
  }
}

/** Decisions that a whole run takes: at the platform and the clearinghouse on each report, at the force on what reaches it. */
function wholeWork(reports: number, seed: number): number {
  let atForce = 0;
  for (const { truth } of simulate({ seed, count: reports, profile: "uk-demo", startAt: Date.now() }))
    if (truth.plan.refer !== null) atForce += 1;
  return 2 * reports + atForce;
}

async function workDone(chain: Chain): Promise<number> {
  const counted: StationKey[] = ["platform", "clearinghouse", "force"];
  return await sum(counted.map(async (key) => await countDecided(chain.dbs[key]).catch(() => 0)));
}

async function countDecided(db: Database): Promise<number> {
  return await count(db, "select count(*) as n from report where status <> 'new'");
}

async function countUndelivered(db: Database): Promise<number> {
  return await count(db, "select count(*) as n from referral where state <> 'delivered'");
}

async function countWithoutOutcome(platform: Database): Promise<number> {
  return await count(
    platform,
    `select count(*) as n from referral
     where not exists (select from outcome where outcome.report_id = referral.report_id and from_peer is not null)`,
  );
}

async function count(db: Database, statement: string): Promise<number> {
  const { rows } = await db.pool.query<{ n: string }>(statement);
  return Number(rows[0]?.n ?? 0);
}

async function sum(numbers: ReadonlyArray<Promise<number>>): Promise<number> {
  return (await Promise.all(numbers)).reduce((total, number) => total + number, 0);
}

/** mulberry32: small, seeded, and good enough to choose victims. */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
