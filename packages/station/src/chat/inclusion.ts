import { type LogInclusion, merklePath } from "@fairlead/franking";
import { canonicalJson } from "@fairlead/report";
import { sql } from "kysely";
import { proveLeafIn } from "../audit/index.ts";
import { sealBatch } from "./batches.ts";
import type { Hub } from "./hub.ts";

/**
 * Keeps the places of these records in their batches: their neighbours, out of which the path could be computed, will be swept. Records
 * that are in no batch yet are put into one now.
 */
export async function keepInclusions(hub: Hub, cursors: readonly string[]): Promise<void> {
  const missing = await missingOf(hub, cursors);
  if (missing.length === 0) return;
  if (missing.some(({ batch }) => batch === null)) {
    while ((await sealBatch(hub)) > 0);
    return await keepInclusions(hub, cursors);
  }
  const batches = new Map(missing.map((one) => [one.batch, one]));
  for (const { batch, after_cursor, last_cursor } of batches.values()) {
    const records = await hub.station.db.kysely
      .selectFrom("chat_record")
      .select(["cursor", "rec_hash"])
      .where("cursor", ">", after_cursor ?? "0")
      .where("cursor", "<=", last_cursor ?? "0")
      .orderBy("cursor")
      .execute();
    const hashes = records.map(({ rec_hash }) => rec_hash);
    for (const [index, { cursor }] of records.entries()) {
      if (!missing.some((one) => one.cursor === cursor)) continue;
      const path = await merklePath(hub.crypto, hashes, index);
      await sql`insert into chat_inclusion (cursor, batch_id, index, path)
        values (${cursor}, ${batch}, ${index}, ${Buffer.concat(path)}) on conflict (cursor) do nothing`.execute(
        hub.station.db.kysely,
      );
    }
  }
}

interface Missing {
  cursor: string;
  batch: string | null;
  after_cursor: string | null;
  last_cursor: string | null;
}

async function missingOf(hub: Hub, cursors: readonly string[]): Promise<Missing[]> {
  const { rows } =
    await sql<Missing>`select record.cursor, batch.id as batch, batch.after_cursor, batch.last_cursor
    from chat_record record
    left join lateral (
      select id, after_cursor, last_cursor from chat_batch
      where last_cursor >= record.cursor order by last_cursor limit 1
    ) batch on true
    where record.cursor = any(${[...cursors]}::bigint[])
      and not exists (select from chat_inclusion known where known.cursor = record.cursor)`.execute(
      hub.station.db.kysely,
    );
  return rows;
}

interface Kept {
  cursor: string;
  index: number;
  path: Buffer;
  root: Buffer;
  size: number;
  leaf_id: string;
}

/** Waits until a signed checkpoint covers the batches of records whose places are kept. */
export async function coverInclusions(hub: Hub, cursors: readonly string[]): Promise<void> {
  const { rows } = await sql<{ leaf_id: string }>`select distinct batch.leaf_id
    from chat_inclusion inclusion join chat_batch batch on batch.id = inclusion.batch_id
    where inclusion.cursor = any(${[...cursors]}::bigint[])`.execute(hub.station.db.kysely);
  for (const { leaf_id } of rows) await hub.station.audit.covered(leaf_id);
}

/** The proof that each of these records was in the log, by its cursor; their places are kept and covered. */
export async function inclusionsOf(hub: Hub, cursors: readonly string[]): Promise<Map<string, LogInclusion>> {
  const { rows } =
    await sql<Kept>`select inclusion.cursor, inclusion.index, inclusion.path, batch.root, batch.size, batch.leaf_id
    from chat_inclusion inclusion join chat_batch batch on batch.id = inclusion.batch_id
    where inclusion.cursor = any(${[...cursors]}::bigint[])`.execute(hub.station.db.kysely);
  const proofs = new Map<string, Awaited<ReturnType<typeof proofOf>>>();
  for (const { leaf_id } of rows) if (!proofs.has(leaf_id)) proofs.set(leaf_id, await proofOf(hub, leaf_id));
  return new Map(
    rows.map((row) => {
      const proof = proofs.get(row.leaf_id);
      if (proof === undefined) throw new Error("each leaf was proven above");
      return [
        row.cursor,
        {
          batchRoot: row.root,
          batchSize: BigInt(row.size),
          batchIndex: BigInt(row.index),
          batchPath: hashesIn(row.path),
          ...proof,
        },
      ];
    }),
  );
}

/** A leaf under the oldest checkpoint that an outside authority has stamped, or under the newest if none has been. */
async function proofOf(
  hub: Hub,
  leafId: string,
): Promise<Pick<LogInclusion, "leafBody" | "leafSalt" | "proof" | "tokens">> {
  const { station } = hub;
  const { rows } = await sql<{
    size: string;
    tokens: Buffer[];
  }>`select size, array_agg(token order by authority) as tokens
    from chat_stamp where size > (select index from leaf where id = ${leafId})
    group by size order by size limit 1`.execute(station.db.kysely);
  const [stamped] = rows;
  const { facts, salt, proof } = await proveLeafIn(station, leafId, stamped?.size);
  return {
    leafBody: new TextEncoder().encode(canonicalJson(facts)),
    leafSalt: salt,
    proof,
    tokens: stamped?.tokens ?? [],
  };
}

function hashesIn(path: Buffer): Uint8Array[] {
  return Array.from({ length: path.length / 32 }, (_, index) => path.subarray(index * 32, (index + 1) * 32));
}
