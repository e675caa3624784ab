import type { ScoredField, Share } from "@fairlead/assessment";
import { sql, type Transaction } from "kysely";
import { recordLeaf } from "../../audit/index.ts";
import { newId } from "../../store/index.ts";
import type { Tables } from "../../store/tables.ts";

/** What a burst is of: a field that is left empty, or reports that are refused. */
export type BurstField = ScoredField | "refused";

export interface NewBurst {
  sender: string;
  field: BurstField;
  before: Share;
  now: Share;
  /** When the first report of it came; UTC, ISO 8601. */
  from: string;
  /** That report, if it got in. */
  report: string | null;
}

const iso = (ms: number) => new Date(ms).toISOString();

/** Writes down a burst with its leaf. @returns its id; `undefined` when one of the kind is on already */
export async function openBurst(
  tx: Transaction<Tables>,
  { sender, field, before, now: since, from, report }: NewBurst,
  now: number,
): Promise<string | undefined> {
  const id = newId(now);
  const name =
    report === null
      ? sql<string>`coalesce((select name from sender_account where username = ${sender}), ${sender})`
      : sql<string>`(select content #>> '{sender,name}' from report where id = ${report}::uuid)`;
  const opened = await tx
    .insertInto("format_burst")
    .values({
      id,
      sender,
      name,
      field,
      before_count: before.count,
      before_of: before.of,
      now_count: since.count,
      now_of: since.of,
      began_at: from,
      report_id: report,
      opened_at: iso(now),
    })
    .onConflict((conflict) =>
      conflict
        .columns(["sender", "field"])
        .where("recovered_at", "is", null)
        .where("settled_at", "is", null)
        .doNothing(),
    )
    .returning("id")
    .executeTakeFirst();
  if (opened === undefined) return undefined;
  await recordLeaf(tx, {
    kind: "format-burst.opened",
    at: now,
    actor: "station",
    reportId: report ?? undefined,
    body: { burst: id, sender, field, before, now: since, from },
  });
  return id;
}

/** Ends a burst whose field is filled again; what was left empty meanwhile is still to be seen to. */
export async function recoverBurst(
  tx: Transaction<Tables>,
  id: string,
  share: Share,
  now: number,
): Promise<void> {
  const {
    sender,
    field,
    report_id: reportId,
  } = await tx
    .updateTable("format_burst")
    .set({ recovered_at: iso(now) })
    .where("id", "=", id)
    .returning(["sender", "field", "report_id"])
    .executeTakeFirstOrThrow();
  const body = { burst: id, sender, field, now: share };
  await recordLeaf(tx, {
    kind: "format-burst.recovered",
    at: now,
    actor: "station",
    reportId: reportId ?? undefined,
    body,
  });
}
