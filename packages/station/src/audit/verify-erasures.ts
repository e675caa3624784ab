import { createHash } from "node:crypto";
import { canonicalJson } from "@fairlead/report";
import { sql } from "kysely";
import type { Database } from "../store/index.ts";
import { erasedLeavesOf, type ErasedLeaves } from "./erased-leaves.ts";
import type { Breach } from "./verify.ts";

/** A report that is not there any more, and what says so. */
export interface Erased {
  what: string;
  how: string;
}

interface Row {
  number: string;
  report_id: string;
  report_number: string;
  stage: "erasing" | "erased";
  erased_at: string | null;
  content: object;
  certificate: { payload: string } | null;
  gone: { skeletonSha256: string; leaves: ErasedLeaves } | null;
  began: { gone?: string } | null;
  erased: { certificateSha256?: string; skeletonSha256?: string } | null;
  objects: number;
}

const digest = (value: object) => createHash("sha256").update(canonicalJson(value)).digest("hex");

/**
 * Looks at everything that is gone in order: the log must say that it began, what stays of the report and of its events must be what was
 * written down then, and once it is over the log must commit to the certificate.
 * @returns the reports that are accounted for, and their names in words
 */
export async function verifyErasures(
  db: Database,
  breaches: Breach[],
): Promise<{ accounted: Set<string>; erased: Erased[] }> {
  const accounted = new Set<string>();
  const erased: Erased[] = [];
  const { rows } =
    await sql<Row>`select erasure.number::text, erasure.report_id, report.number::text as report_number, erasure.stage,
      erasure.erased_at, report.content, erasure.certificate, erasure.gone,
      (select body from leaf where leaf.report_id = erasure.report_id and kind = 'erasure.began'
        and body ->> 'erasure' = erasure.number::text limit 1) as began,
      (select body from leaf where leaf.id = erasure.leaf and kind = 'report.erased' and leaf.report_id = erasure.report_id) as erased,
      (select count(*)::integer from evidence where evidence.report_id = report.id and object_name is not null) as objects
    from erasure join report on report.id = erasure.report_id and report.erased_by = erasure.number
    where erasure.stage in ('erasing', 'erased') order by erasure.number`.execute(db.kysely);
  for (const row of rows) {
    const problem = await problemOf(db, row);
    accounted.add(row.report_id);
    const what = `report ${row.report_number}`;
    if (problem !== undefined)
      breaches.push({ where: "store", what, how: `erased by certificate ${row.number}, but ${problem}` });
    else
      erased.push({
        what,
        how:
          row.stage === "erased"
            ? `erased by certificate ${row.number} on ${(row.erased_at ?? "").slice(0, 10)}`
            : `is being erased; certificate ${row.number} follows`,
      });
  }
  return { accounted, erased };
}

async function problemOf(db: Database, row: Row): Promise<string | undefined> {
  const { gone, began, erased, certificate, stage } = row;
  if (gone === null || began?.gone !== digest(gone)) return "the log does not say that this began";
  if (digest(row.content) !== gone.skeletonSha256) return "what stays of its content was changed";
  if (row.objects > 0) return "evidence was put back";
  const leaves = await erasedLeavesOf(db.kysely, row.number);
  if (leaves.count !== gone.leaves.count || leaves.sha256 !== gone.leaves.sha256)
    return "what stays of its events was changed";
  if (stage === "erasing") return undefined;
  if (certificate === null || erased === null) return "the log commits to no certificate";
  const payload = createHash("sha256").update(Buffer.from(certificate.payload, "base64")).digest("hex");
  return payload === erased.certificateSha256
    ? undefined
    : "the certificate is another one than the log commits to";
}
