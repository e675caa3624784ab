import { readdir, utimes } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { verifyFolder } from "../../verify-folder.ts";
import { DOOR_NAMES, type Target } from "./target.ts";

/** What a station and the ledger of all that was sent to it come to in the end. */
export interface Reckoning {
  readonly reports: number;
  readonly lost: number;
  readonly doubled: number;
  readonly auditVerified: boolean;
  /** Half-written files and objects that no report claims, left by the dead. */
  readonly leftBehind: number;
  /** Of those, what the station's own sweep had not removed when they were old enough; undefined if that was not waited for. */
  readonly leftInTheEnd: number | undefined;
  readonly problems: readonly string[];
}

/** An object that no report claims is removed at this age, a half-written one too. */
const AGED_MS = 26 * 3_600_000;
/** The station's sweep comes every minute. */
const SWEEP_MS = 150_000;
const LOOK_MS = 1_000;

/**
 * Holds the whole ledger against the whole station, and verifies its log, store and vault.
 * @param waitsForSweep whether to age what the dead left behind and wait until the station has removed it
 */
export async function reckon(target: Target, waitsForSweep: boolean): Promise<Reckoning> {
  const { place, entries } = target;
  await target.up();
  const { rows } = await place.db.pool.query<{ content: string }>("select content::text from report");
  const there = new Map<string, number>();
  for (const { content } of rows)
    for (const mark of new Set(content.match(MARK))) there.set(mark, (there.get(mark) ?? 0) + 1);
  const times = entries.map((entry) => ({
    isTaken: entry.acknowledged !== undefined,
    count: there.get(entry.sending.mark) ?? 0,
  }));
  const verification = await verifyFolder(place.settings);
  const left = await leftovers(target);
  if (waitsForSweep) await sweepLeftovers(target, left);
  return {
    reports: rows.length,
    lost: times.filter(({ isTaken, count }) => isTaken && count === 0).length,
    doubled: times.filter(({ count }) => count > 1).length,
    auditVerified: verification.ok,
    leftBehind: left.length,
    leftInTheEnd: waitsForSweep ? (await leftovers(target)).length : undefined,
    problems: verification.breaches.map(({ where, what, how }) => `${where}: ${what} ${how}`),
  };
}

/** As `target.next` makes them. */
const MARK = new RegExp(`(?:${DOOR_NAMES.join("|")})-\\d+-\\d{6}`, "g");

/** @returns paths of files that belong to nothing that was taken */
async function leftovers({ place }: Target): Promise<string[]> {
  const vault = join(place.dataDir, "vault");
  const log = join(place.dataDir, "log");
  const { rows } = await place.db.pool.query<{ name: string }>("select name from vault_object");
  const known = new Set(rows.map(({ name }) => name));
  const found = (await readdir(join(vault, "incoming"))).map((name) => join(vault, "incoming", name));
  for (const folder of await readdir(vault)) {
    if (folder === "incoming") continue;
    for (const name of await readdir(join(vault, folder)))
      if (!known.has(name)) found.push(join(vault, folder, name));
  }
  for (const name of await readdir(log)) if (name.endsWith(".tmp")) found.push(join(log, name));
  return found;
}

async function sweepLeftovers(target: Target, left: readonly string[]): Promise<void> {
  const old = new Date(Date.now() - AGED_MS);
  for (const path of left) await utimes(path, old, old).catch(() => undefined);
  await (await target.up()).stop();
  await target.up();
  const until = performance.now() + SWEEP_MS;
  while (performance.now() < until && (await leftovers(target)).length > 0) await sleep(LOOK_MS);
}
