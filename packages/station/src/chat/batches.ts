import { merkleRoot } from "@fairlead/franking";
import { sql } from "kysely";
import { recordLeaf } from "../audit/index.ts";
import type { Hub } from "./hub.ts";

/** One process at a time makes batches; any number that is always the same does. */
const BATCH_LOCK = 7_205_003;
/** Records in one batch at most: what a second of a busy hub brings, several times over. */
const MOST = 50_000;

/**
 * Puts every record since the last batch under one root, and the root into a leaf of the audit log. Cursors become visible in their
 * order (cursors.ts), so nothing can come into a batch later.
 * @returns how many records were put in
 */
export async function sealBatch(hub: Hub): Promise<number> {
  const now = hub.station.clock();
  return await hub.station.db.transaction(async (tx) => {
    await sql`select pg_advisory_xact_lock(${BATCH_LOCK})`.execute(tx);
    const last = await tx
      .selectFrom("chat_batch")
      .select("last_cursor")
      .orderBy("last_cursor", "desc")
      .limit(1)
      .executeTakeFirst();
    const after = last?.last_cursor ?? "0";
    const records = await tx
      .selectFrom("chat_record")
      .select(["cursor", "rec_hash"])
      .where("cursor", ">", after)
      .orderBy("cursor")
      .limit(MOST)
      .execute();
    const newest = records.at(-1);
    if (newest === undefined) return 0;
    const root = await merkleRoot(
      hub.crypto,
      records.map(({ rec_hash }) => rec_hash),
    );
    const leafId = await recordLeaf(tx, {
      kind: "chat.batch",
      at: now,
      actor: "station",
      body: { root: Buffer.from(root).toString("hex"), size: records.length },
    });
    await tx
      .insertInto("chat_batch")
      .values({
        after_cursor: after,
        last_cursor: newest.cursor,
        size: records.length,
        root: Buffer.from(root),
        leaf_id: leafId,
        at: new Date(now).toISOString(),
      })
      .execute();
    return records.length;
  });
}
