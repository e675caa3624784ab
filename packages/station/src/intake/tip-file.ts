import {
  type Account,
  type Description,
  OPEN_LIFETIME_MS,
  CHANGE_LIFETIME_MS,
  type Upload,
} from "@fairlead/cybertipline";
import { type Kysely, type RawBuilder, sql } from "kysely";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import type { VaultObject } from "../vault/index.ts";

/** A file that is to become part of a report. Its bytes are on disk, sealed, as `object`; `upload` is what was measured of them. */
export interface Attachment {
  account: Account;
  number: string;
  object: VaultObject;
  upload: Upload;
}

/** What a platform says of a file of its report. */
export interface Described {
  account: Account;
  number: string;
  description: Description;
}

type Db = Kysely<Tables>;
const iso = (ms: number) => new Date(ms).toISOString();

/**
 * Makes stored files the last ones of their reports, where those are their account's and open: found, judged and done by one statement,
 * which is its own transaction. A report's row stays locked from its judging to the commit, and its count of files gives the new one
 * its position, so that of two that come at once each gets its own. The caller names each report once.
 * @returns the numbers of the reports that took their file; of the others nothing was changed
 */
export async function attachFiles(db: Db, files: readonly Attachment[]): Promise<Set<string>> {
  const { rows } = await sql<{ number: string }>`with item as materialized (
      select * from unnest(
        ${files.map(({ number }) => number)}::bigint[],
        ${files.map(({ account }) => account.accountId)}::text[],
        ${files.map(({ upload }) => iso(upload.receivedAt))}::timestamptz[],
        ${files.map(({ upload }) => upload.fileId)}::text[],
        ${files.map(({ upload }) => newId(upload.receivedAt))}::uuid[],
        ${files.map(({ object }) => object.name)}::text[],
        ${files.map(({ object }) => object.size)}::bigint[],
        ${files.map(({ object }) => object.sha256)}::bytea[],
        ${files.map(({ object }) => object.payloadSha256)}::bytea[],
        ${files.map(({ upload }) => upload.byteLength)}::bigint[],
        ${files.map(({ upload }) => Buffer.from(upload.sha256, "hex"))}::bytea[],
        ${files.map(({ upload }) => Buffer.from(upload.sha1, "hex"))}::bytea[],
        ${files.map(({ upload }) => Buffer.from(upload.md5, "hex"))}::bytea[],
        ${files.map(({ upload }) => upload.fileName ?? null)}::text[],
        ${files.map(({ upload }) => upload.mediaType ?? null)}::text[]
      ) as item (number, account, at, file_id, evidence_id, object_name, ciphertext_size, ciphertext_sha256, payload_sha256,
        size, sha256, sha1, md5, file_name, media_type)
    ), touched as (
      update tip set touched_at = greatest(tip.touched_at, item.at), files = tip.files + 1
      from item where ${isOpen} returning tip.number, tip.files - 1 as position
    ), object as (
      insert into vault_object (name, ciphertext_size, ciphertext_sha256, payload_sha256, stored_at)
      select object_name, ciphertext_size, ciphertext_sha256, payload_sha256, at from item join touched using (number)
    ), file as (
      insert into tip_file (file_id, tip_number, position, evidence_id, object_name, size, sha256, sha1, md5, file_name, media_type, stored_at)
      select file_id, number, position, evidence_id, object_name, size, sha256, sha1, md5, file_name, media_type, at
      from item join touched using (number)
    )
    select number from touched`.execute(db);
  return new Set(rows.map(({ number }) => number));
}

/**
 * Gives files of reports their one description, where the reports are their account's and open: one statement and one transaction, as
 * `attachFiles`. The caller names each report once.
 * @returns the ids of the files that took their description; of the others' reports nothing was changed
 */
export async function describeFiles(db: Db, all: readonly Described[]): Promise<Set<string>> {
  const { rows } = await sql<{ file_id: string }>`with item as materialized (
      select * from unnest(
        ${all.map(({ number }) => number)}::bigint[],
        ${all.map(({ account }) => account.accountId)}::text[],
        ${all.map(({ description }) => iso(description.receivedAt))}::timestamptz[],
        ${all.map(({ description }) => description.details.fileId)}::text[],
        ${all.map(({ description }) => Buffer.from(description.xml))}::bytea[]
      ) as item (number, account, at, file_id, details)
    ), touched as (
      update tip set touched_at = greatest(tip.touched_at, item.at)
      from item join tip_file on tip_file.file_id = item.file_id and tip_file.tip_number = item.number and tip_file.details is null
      where ${isOpen} returning tip.number
    ), described as (
      update tip_file set details = item.details from item join touched using (number)
      where tip_file.file_id = item.file_id and tip_file.tip_number = item.number and tip_file.details is null
      returning tip_file.file_id
    )
    select file_id from described`.execute(db);
  return new Set(rows.map((row) => row.file_id));
}

/** @returns which of these files their reports have, as `NUMBER ID` */
export async function filesThere(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ file_id: string; tip_number: string }>`
    select file_id, tip_number from tip_file where file_id = any(${ids}::text[])`.execute(db);
  return new Set(rows.map((row) => `${row.tip_number} ${row.file_id}`));
}

/**
 * What `judge` of the wire's package calls open, of `tip` for `item`. PostgreSQL asks it again of the newest row where it had to wait for
 * another transaction.
 */
const isOpen: RawBuilder<boolean> = sql`tip.number = item.number and tip.account = item.account and tip.state = 'open'
  and item.at < greatest(
    tip.opened_at + ${sql.lit(OPEN_LIFETIME_MS)} * interval '1 millisecond',
    tip.touched_at + ${sql.lit(CHANGE_LIFETIME_MS)} * interval '1 millisecond')`;
