import { arrivalGroups, type HeldArrival } from "@fairlead/assessment";
import { sql, type Transaction } from "kysely";
import type { Tables } from "../store/tables.ts";
import type { StoredKey } from "./keys.ts";

/**
 * Makes the groups of these reports anew from their keys and from what people decided: they may fall apart. They must be all of one
 * matter or more. The caller holds the lock.
 */
export async function regroup(tx: Transaction<Tables>, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{
    id: string;
    keys: Array<{ part: StoredKey["part"]; key: string }>;
    apart: boolean;
  }>`
    select report.id,
      (
        select coalesce(json_agg(json_build_object('part', held.part, 'key', encode(held.key, 'hex'))), '[]')
        from arrival_key held where held.report_id = report.id and held.part <> 'hint'
      ) as keys,
      exists (
        select from arrival_decision apart
        where apart.report_id = report.id and apart.kind = 'apart' and apart.undone_at is null
      ) as apart
    from report where report.id = any(${ids}::uuid[])`.execute(tx);
  const held = rows.map(({ id, keys, apart }): HeldArrival => ({ id, keys, isApart: apart }));
  const decided = await tx
    .selectFrom("arrival_decision")
    .select(["report_id", "other_id"])
    .where("kind", "=", "same")
    .where("undone_at", "is", null)
    .where("report_id", "=", sql<string>`any(${ids}::uuid[])`)
    .execute();
  const { same, matter } = arrivalGroups(
    held,
    decided.flatMap(({ report_id, other_id }) => (other_id === null ? [] : [[report_id, other_id] as const])),
  );
  await sql`update report set same_as = given.same_as, matter = given.matter
    from unnest(${ids}::uuid[], ${ids.map((id) => same.get(id) ?? null)}::uuid[],
      ${ids.map((id) => matter.get(id) ?? null)}::uuid[]) as given (id, same_as, matter)
    where report.id = given.id
      and (report.same_as is distinct from given.same_as or report.matter is distinct from given.matter)`.execute(
    tx,
  );
}

/** All that belong with a report, itself included. */
export async function matterOf(tx: Transaction<Tables>, reportId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from report
    where id = ${reportId}::uuid or matter = (select matter from report where id = ${reportId}::uuid)
    order by id`.execute(tx);
  return rows.map(({ id }) => id);
}
