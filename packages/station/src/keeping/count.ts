import { keepingOf } from "@fairlead/assessment";
import { sql, type Transaction } from "kysely";
import type { Station } from "../context.ts";
import type { Tables } from "../store/tables.ts";
import { StationError } from "../errors.ts";
import { factsOf, lawsOf, readKeeping } from "./facts.ts";

/** Reports that are counted in one transaction. */
const AT_ONCE = 100;

const iso = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());

/** Counts anew when the keeping of a report ends, in the transaction of whatever has changed it. */
export async function countKeeping(
  station: Station,
  tx: Transaction<Tables>,
  reportId: string,
): Promise<void> {
  // The row first: two that change one report count one after the other.
  await tx
    .insertInto("keeping")
    .values({ report_id: reportId, counted: true })
    .onConflict((conflict) => conflict.column("report_id").doUpdateSet({ counted: true }))
    .execute();
  const row = await readKeeping(tx, reportId);
  if (row.status === "erased")
    throw new StationError("conflict", "This report was erased, or is being erased.", {
      remedy: "Its page shows the certificate.",
    });
  const { duties, content, referenceUntil, letGo } = keepingOf(factsOf(row), lawsOf(station));
  const longest = duties.find(({ covers }) => covers === "content");
  await tx
    .updateTable("keeping")
    .set({
      content_until: content.state === "until" ? iso(content.until) : null,
      endless: content.state === "no-end",
      content_by: longest === undefined ? null : longest.by === "law" ? longest.id : longest.by,
      reference_until: iso(referenceUntil),
      let_go: letGo?.id ?? null,
    })
    .where("report_id", "=", reportId)
    .execute();
}

/** Counts what a delivery has started since the last time. */
export async function countStarted(station: Station): Promise<void> {
  for (;;) {
    const counted = await station.db.transaction(async (tx) => {
      const rows = await tx
        .selectFrom("keeping")
        .select("report_id")
        .where("counted", "=", false)
        .where(
          sql<boolean>`not exists (select from report where report.id = keeping.report_id and report.erased_by is not null)`,
        )
        .orderBy("report_id")
        .limit(AT_ONCE)
        .forUpdate()
        .skipLocked()
        .execute();
      for (const row of rows) await countKeeping(station, tx, row.report_id);
      return rows.length;
    });
    if (counted < AT_ONCE) return;
  }
}
