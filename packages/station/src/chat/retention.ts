import { defaultSignalRules } from "@fairlead/assessment";
import { CompiledQuery, sql } from "kysely";
import { sqlFile } from "../sql-file.ts";
import type { ChatConfig } from "../chat-config.ts";
import { iso } from "./devices.ts";
import type { Hub } from "./hub.ts";

/** One process at a time sweeps; any number that is always the same does. */
const SWEEP_LOCK = 7_205_004;
/** Rows in one statement: a few milliseconds, so that nobody waits long for a lock. */
const AT_ONCE = 2000;
const DAY_MS = 24 * 3_600_000;
/** Younger files may belong to a transaction that is still open. */
const ORPHAN_MS = 25 * 3_600_000;

/** What is let go, in an order in which nothing is needed by what comes later, and after how many days. */
const SWEEPS: ReadonlyArray<readonly [name: string, after: keyof ChatConfig["retentionDays"] | number]> = [
  ["ciphertext-taken", 0],
  ["ciphertext-old", "ciphertext"],
  ["handshakes", "ciphertext"],
  ["sealed", "ciphertext"],
  ["holds", "records"],
  ["blobs", "ciphertext"],
  ["records", "records"],
  ["batches", "records"],
  ["events", "records"],
  ["members", "records"],
  ["epochs", "records"],
  ["connections", "connections"],
  ["codes", 1],
  ["key-packages", 80],
  ["requests", "records"],
  ["signal-events", defaultSignalRules.keepEventsDays],
  ["safety-notices", defaultSignalRules.keepEventsDays],
  ["safety-actions", "records"],
  ["safety-decisions", "records"],
  ["safety-appeals", "records"],
];
/** Each takes the instant before which it removes, now, and how many rows at most; those that need no "now" only look at it. */
const STATEMENTS = SWEEPS.map(([name, after]) => ({
  name,
  after,
  statement: sqlFile(import.meta.url, `./retention/${name}.sql`),
}));

/** Lets go of everything whose time is over and that no report needs. */
export async function sweepHub(hub: Hub): Promise<void> {
  const now = hub.station.clock();
  for (const { name, after, statement } of STATEMENTS) {
    const days = typeof after === "number" ? after : hub.config.retentionDays[after];
    const values = [iso(now - days * DAY_MS), iso(now), AT_ONCE];
    for (;;) {
      const removed = await removeSome(hub, statement, values);
      if (name === "blobs") for (const { id } of removed.rows) await hub.blobs.remove(id);
      if (removed.count < AT_ONCE) break;
    }
  }
  await sweepFiles(hub, now);
}

async function removeSome(
  hub: Hub,
  statement: string,
  values: unknown[],
): Promise<{ count: number; rows: Array<{ id: string }> }> {
  return await hub.station.db.transaction(async (tx) => {
    const { rows } = await sql<{
      held: boolean;
    }>`select pg_try_advisory_xact_lock(${SWEEP_LOCK}) as held`.execute(tx);
    if (rows[0]?.held !== true) return { count: 0, rows: [] };
    const removed = await tx.executeQuery<{ id: string }>(CompiledQuery.raw(statement, values));
    return { count: Number(removed.numAffectedRows ?? 0), rows: removed.rows };
  });
}

/** Removes files that no row points to: a crash between the file and its row leaves them, and so does one before their removal. */
async function sweepFiles(hub: Hub, now: number): Promise<void> {
  for await (const file of hub.blobs.list()) {
    if (file.modifiedAt > now - ORPHAN_MS) continue;
    const { rows } = await sql`select from chat_blob where id = ${file.name}
      union all select from chat_backup where object = ${file.name}`.execute(hub.station.db.kysely);
    if (rows.length === 0) await hub.blobs.remove(file.name);
  }
}
