import { CompiledQuery, sql, type Transaction } from "kysely";
import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { addJob } from "../jobs.ts";
import { sqlFile } from "../sql-file.ts";
import type { Tables } from "../store/tables.ts";
import { keysOfReport, writeKeys } from "./keys.ts";

const NEIGHBOURS = sqlFile(import.meta.url, "./neighbours.sql");
const ARRIVALS_LOCK = 7_205_014;

/** Arrivals are joined one at a time in a station: two that come at once must see each other's keys. A statement of its own. */
export async function takeArrivalsLock(tx: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ARRIVALS_LOCK})`.execute(tx);
}

/**
 * Finds the arrivals of the same report, and of the matter that it belongs to, and joins them. Can be run any number of times and in
 * any order; the groups are the same. Nothing is altered in any of the reports and none is taken away.
 */
export async function joinArrivals(station: Station, reportId: string): Promise<void> {
  await station.db.transaction(async (tx) => {
    await takeArrivalsLock(tx);
    const keys = await keysOfReport(station, tx, reportId);
    if (keys === undefined) return;
    await writeKeys(tx, reportId, keys);
    await joinFound(station, tx, reportId);
  });
}

/** `joinArrivals` for one whose keys stand, in the caller's transaction, which holds the lock. */
export async function joinFound(station: Station, tx: Transaction<Tables>, reportId: string): Promise<void> {
  const { rows } = await tx.executeQuery<Groups>(CompiledQuery.raw(NEIGHBOURS, [reportId]));
  const found = rows[0] ?? { same: [], matter: [] };
  const own = await tx
    .selectFrom("report")
    .select(["same_as", "matter"])
    .where("id", "=", reportId)
    .executeTakeFirstOrThrow();
  if (found.same.length > 0) await merge(tx, "same_as", [...found.same, own.same_as ?? reportId]);
  if (found.matter.length === 0) return;
  const changed = await merge(tx, "matter", [...found.matter, own.matter ?? reportId]);
  if (changed.length === 0) return;
  await recordLeaf(tx, {
    kind: "arrival.joined",
    at: station.clock(),
    actor: "station",
    reportId,
    body: { matter: [...found.matter].sort()[0] ?? reportId, same: found.same.length > 0 },
  });
}

interface Groups {
  same: string[];
  matter: string[];
}

/** Makes several groups one, under the name that sorts first. */
async function merge(
  tx: Transaction<Tables>,
  column: "same_as" | "matter",
  roots: readonly string[],
): Promise<string[]> {
  const [first] = [...roots].sort();
  const group = sql.ref(column);
  const { rows } = await sql<{ id: string }>`update report set ${group} = ${first}::uuid
    where (id = any(${roots}::uuid[]) or ${group} = any(${roots}::uuid[])) and ${group} is distinct from ${first}::uuid
    returning id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Reports in one part of the work on those from before. */
const AT_ONCE = 200;

/** Notes what reports are found under that came before this station looked for them, a part at a time. */
export async function noteArrivals(station: Station): Promise<void> {
  const rows = await unnoted(station, AT_ONCE);
  for (const { id } of rows) await joinArrivals(station, id);
  if (rows.length === AT_ONCE) await addJob(station.db.kysely, "note-arrivals", {}, "all");
}

/** At a station's start: whether there are any. */
export async function wakeNoteArrivals(station: Station): Promise<void> {
  if ((await unnoted(station, 1)).length > 0) await addJob(station.db.kysely, "note-arrivals", {}, "all");
}

async function unnoted(station: Station, limit: number): Promise<Array<{ id: string }>> {
  return await station.db.kysely
    .selectFrom("report")
    .select("id")
    .where("arrivals_noted", "=", false)
    .orderBy("id")
    .limit(limit)
    .execute();
}
