import { sql, type Transaction } from "kysely";
import type { Tables } from "../store/tables.ts";

const LINKING_LOCK = 7_205_002;

/**
 * Linking runs one at a time in a station: two reports that arrive together must see each other's keys, and two subjects that two
 * reports join at once must become one. A statement of its own: one that also read would see the data of before it waited.
 */
export async function takeLinkingLock(tx: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LINKING_LOCK})`.execute(tx);
}
