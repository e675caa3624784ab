import type { DescribeOutcome, FileDetails, ReportNumber, Upload } from "@fairlead/cybertipline";
import { sql, type Transaction } from "kysely";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { type Digests, recordObjects, type VaultObject } from "../vault/index.ts";

/** A file's bytes, sealed in the vault and measured. */
export interface StoredFile {
  object: VaultObject;
  digests: Digests;
}

type Tx = Transaction<Tables>;

/** Makes a stored file the last one of a report. The caller holds the lock on the report's row and has found it open. */
export async function attachFile(
  tx: Tx,
  number: ReportNumber,
  { object, digests }: StoredFile,
  upload: Upload,
): Promise<void> {
  await tx
    .with("object", (db) => recordObjects(db, [object], upload.receivedAt))
    .with("touched", (db) =>
      db
        .updateTable("tip")
        .set({ touched_at: lastTouch(upload.receivedAt) })
        .where("number", "=", number),
    )
    .insertInto("tip_file")
    .values((eb) => ({
      file_id: upload.fileId,
      tip_number: number,
      position: eb
        .selectFrom("tip_file")
        .select((inner) => inner.fn.countAll<number>().as("count"))
        .where("tip_number", "=", number),
      evidence_id: newId(upload.receivedAt),
      object_name: object.name,
      size: digests.size,
      sha256: digests.sha256,
      sha1: digests.sha1,
      md5: digests.md5,
      file_name: upload.fileName ?? null,
      media_type: upload.mediaType ?? null,
      details: null,
      stored_at: new Date(upload.receivedAt).toISOString(),
    }))
    .execute();
}

/** Gives a file of a report its one description. The caller holds the lock on the report's row and has found it open. */
export async function describeFile(
  tx: Tx,
  { fileId, reportId }: FileDetails,
  xml: Uint8Array,
  at: number,
): Promise<DescribeOutcome> {
  const described = await tx
    .with("described", (db) =>
      db
        .updateTable("tip_file")
        .set({ details: Buffer.from(xml) })
        .where("file_id", "=", fileId)
        .where("tip_number", "=", reportId)
        .where("details", "is", null)
        .returning("tip_number"),
    )
    .updateTable("tip")
    .from("described")
    .set({ touched_at: lastTouch(at) })
    .whereRef("tip.number", "=", "described.tip_number")
    .returning("tip.number")
    .executeTakeFirst();
  if (described !== undefined) return { kind: "ok" };
  const file = await tx
    .selectFrom("tip_file")
    .select("file_id")
    .where("file_id", "=", fileId)
    .where("tip_number", "=", reportId)
    .executeTakeFirst();
  return { kind: file === undefined ? "no-file" : "already" };
}

/** A clock that was set back shortens nobody's hour. */
function lastTouch(at: number) {
  return sql<string>`greatest(tip.touched_at, ${new Date(at).toISOString()}::timestamptz)`;
}
