import type { z } from "zod";
import type { BankEntryView, bankLookupAnswerSchema } from "../../desk-api/contract.ts";
import { sqlFile } from "../../sql-file.ts";
import type { BankSemantics, BankTrust } from "../../store/tables.ts";
import { saidFromJson } from "../write-entries.ts";

export const FOUND_ENTRY = sqlFile(import.meta.url, "./found-entry.sql");

export interface FoundEntryRow {
  id: string;
  key: string;
  said: unknown;
  gone: boolean;
  changed_at: string;
  bank_id: string;
  bank_name: string;
  source: string;
  trust: BankTrust;
  quality: number;
  semantics: BankSemantics;
  matches: BankEntryView["matches"];
}
type FoundEntry = Omit<z.infer<typeof bankLookupAnswerSchema>["entries"][number], "kind" | "stands">;

export function foundEntry(row: FoundEntryRow): FoundEntry {
  return {
    id: row.id,
    key: row.key,
    bank: row.bank_id,
    bankName: row.bank_name,
    source: row.source,
    trust: row.trust,
    matches: row.matches,
    changedAt: row.changed_at,
    claims: claimsOf(row.said),
  };
}

/** What a source says of an item, without its hashes. */
export function claimsOf(said: unknown): FoundEntry["claims"] {
  const { key: _, signals: __, ...claims } = saidFromJson(said);
  return claims;
}
