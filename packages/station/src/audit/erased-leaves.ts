import { createHash } from "node:crypto";
import { canonicalJson } from "@fairlead/report";
import { sql, type Kysely } from "kysely";
import type { Tables } from "../store/tables.ts";

/** Events whose words and salts are gone: how many, and a digest over what stays of them. */
export interface ErasedLeaves {
  count: number;
  sha256: string;
}

/**
 * One digest over the events whose words an erasure took, so that what stays of each cannot be changed afterwards either: SHA-256 over a
 * line of canonical JSON for each, in their order.
 * @param number of the erasure's certificate
 */
export async function erasedLeavesOf(db: Kysely<Tables>, number: string): Promise<ErasedLeaves> {
  const { rows } = await sql<{
    id: string;
    kind: string;
    at: string;
    actor: string;
    report_id: string;
    commitment: string;
  }>`select id, kind, at, actor, report_id, encode(commitment, 'hex') as commitment from leaf
    where erased_by = ${number}::bigint order by position`.execute(db);
  const hash = createHash("sha256");
  for (const row of rows) hash.update(`${canonicalJson({ ...row, at: new Date(row.at).toISOString() })}\n`);
  return { count: rows.length, sha256: hash.digest("hex") };
}
