import type { DescribeOutcome, Description, ReportNumber, Upload } from "@fairlead/cybertipline";
import { sql, type Transaction } from "kysely";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { recordObjectsOf, type VaultObject } from "../vault/index.ts";

/** A file that is to become part of a report. Its bytes are on disk, sealed, as `object`; `upload` is what was measured of them. */
export interface Attachment {
  number: ReportNumber;
  object: VaultObject;
  upload: Upload;
}

type Tx = Transaction<Tables>;
const iso = (ms: number) => new Date(ms).toISOString();

/**
 * Makes stored files the last ones of their reports. The caller holds the locks on the reports' rows, has found them open, and
 * names each report once.
 */
export async function attachFiles(tx: Tx, files: readonly Attachment[]): Promise<void> {
  if (files.length === 0) return;
  const numbers = files.map(({ number }) => number);
  const times = files.map(({ upload }) => iso(upload.receivedAt));
  await tx
    .with("object", (db) =>
      recordObjectsOf(
        db,
        files.map(({ object, upload }) => ({ object, at: upload.receivedAt })),
      ),
    )
    .with("touched", () => touch(numbers, times))
    .insertInto("tip_file")
    .columns([
      "file_id",
      "tip_number",
      "position",
      "evidence_id",
      "object_name",
      "size",
      "sha256",
      "sha1",
      "md5",
      "file_name",
      "media_type",
      "stored_at",
    ])
    .expression(
      sql`select item.file_id, item.tip_number,
          (select count(*) from tip_file where tip_file.tip_number = item.tip_number),
          item.evidence_id, item.object_name, item.size, item.sha256, item.sha1, item.md5, item.file_name, item.media_type, item.at
        from unnest(
          ${files.map(({ upload }) => upload.fileId)}::text[],
          ${numbers}::bigint[],
          ${files.map(({ upload }) => newId(upload.receivedAt))}::uuid[],
          ${files.map(({ object }) => object.name)}::text[],
          ${files.map(({ upload }) => upload.byteLength)}::bigint[],
          ${files.map(({ upload }) => Buffer.from(upload.sha256, "hex"))}::bytea[],
          ${files.map(({ upload }) => Buffer.from(upload.sha1, "hex"))}::bytea[],
          ${files.map(({ upload }) => Buffer.from(upload.md5, "hex"))}::bytea[],
          ${files.map(({ upload }) => upload.fileName ?? null)}::text[],
          ${files.map(({ upload }) => upload.mediaType ?? null)}::text[],
          ${times}::timestamptz[]
        ) as item (file_id, tip_number, evidence_id, object_name, size, sha256, sha1, md5, file_name, media_type, at)`,
    )
    .execute();
}

/**
 * Gives files of reports their one description. The caller holds the locks on the reports' rows, has found them open, and names
 * each report once.
 * @returns outcomes in the order of the descriptions
 */
export async function describeFiles(tx: Tx, all: readonly Description[]): Promise<DescribeOutcome[]> {
  if (all.length === 0) return [];
  const ids = all.map(({ details }) => details.fileId);
  const numbers = all.map(({ details }) => details.reportId);
  const { rows } = await sql<{ file_id: string }>`with item as (
      select * from unnest(
        ${ids}::text[], ${numbers}::bigint[], ${all.map(({ xml }) => Buffer.from(xml))}::bytea[],
        ${all.map(({ receivedAt }) => iso(receivedAt))}::timestamptz[]
      ) as item (file_id, tip_number, details, at)
    ), described as (
      update tip_file set details = item.details from item
      where tip_file.file_id = item.file_id and tip_file.tip_number = item.tip_number and tip_file.details is null
      returning tip_file.file_id, tip_file.tip_number, item.at
    ), touched as (
      update tip set touched_at = greatest(tip.touched_at, described.at) from described where tip.number = described.tip_number
    )
    select file_id from described`.execute(tx);
  const done = new Set(rows.map((row) => row.file_id));
  if (done.size === all.length) return all.map(() => ({ kind: "ok" }));
  const { rows: there } = await sql<{ file_id: string; tip_number: string }>`
    select file_id, tip_number from tip_file where file_id = any(${ids}::text[])`.execute(tx);
  const known = new Set(there.map((row) => `${row.tip_number} ${row.file_id}`));
  return all.map(({ details: { fileId, reportId } }) => {
    if (done.has(fileId)) return { kind: "ok" };
    return { kind: known.has(`${reportId} ${fileId}`) ? "already" : "no-file" };
  });
}

/** A clock that was set back shortens nobody's hour. */
function touch(numbers: readonly string[], times: readonly string[]) {
  return sql<{ number: string }>`(update tip set touched_at = greatest(tip.touched_at, item.at)
    from unnest(${numbers}::bigint[], ${times}::timestamptz[]) as item (number, at)
    where tip.number = item.number returning tip.number)`;
}
