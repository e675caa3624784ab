import type { ColumnType } from "kysely";

/** The tables of migration 0014, as Kysely sees them. */

type Big = ColumnType<string, string | number | bigint, string | number | bigint>;

export interface UploadTable {
  id: string;
  account: string;
  length: Big;
  metadata: string | null;
  received: Big;
  created_at: string;
  expires_at: string;
  ended: "used" | "terminated" | "expired" | null;
  object_name: string | null;
  sha256: Buffer | null;
  sha1: Buffer | null;
  md5: Buffer | null;
}
export interface UploadPartTable {
  upload_id: string;
  start: Big;
  size: Big;
  object_name: string;
}

export interface UploadTables {
  upload: UploadTable;
  upload_part: UploadPartTable;
}
