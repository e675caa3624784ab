import type { ColumnType, Generated, GeneratedAlways } from "kysely";

/** The tables of the migration for erasing, as Kysely sees them. */

type JsonOrNull<T extends object> = ColumnType<T | null, string | null | undefined, string | null>;

export type ErasureStage = "confirmed" | "erasing" | "erased" | "stopped";
export interface ErasureTable {
  number: GeneratedAlways<string>;
  report_id: string;
  decision: string;
  reason: string;
  confirmed_by: string;
  confirmed_at: string;
  stage: ErasureStage;
  stopped_why: Generated<string | null>;
  began_at: Generated<string | null>;
  erased_at: Generated<string | null>;
  gone: JsonOrNull<object>;
  receipt: JsonOrNull<object>;
  certificate: JsonOrNull<object>;
  leaf: Generated<string | null>;
}
export interface ErasureObjectTable {
  erasure: string;
  object_name: string;
  shredded_at: Generated<string | null>;
}

export interface ErasingTables {
  erasure: ErasureTable;
  erasure_object: ErasureObjectTable;
}
