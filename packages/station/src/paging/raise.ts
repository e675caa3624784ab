import { type RawBuilder, sql } from "kysely";
import { newLeaf, type NewLeaf } from "../audit/index.ts";
import { jobCall } from "../jobs.ts";
import { newId } from "../store/index.ts";
import type { NewPage } from "./immediate.ts";

/** A page as a part of the statement that keeps the assessment which raises it: no assessment is R1 without its page. */
export interface RaisedPage {
  /** `, paged as (…)`: writes the page for the report that `kept` names. */
  part: RawBuilder<unknown>;
  /** `, (…)`: a column that wakes whoever passes the page on. */
  column: RawBuilder<unknown>;
  leaves: NewLeaf[];
}

/** @param now milliseconds since 1970 */
export function raisedPage(reportId: string, page: NewPage | undefined, now: number): RaisedPage {
  if (page === undefined) return { part: sql``, column: sql``, leaves: [] };
  const id = newId(now);
  const triggers = [...new Set(page.triggers.map(({ code }) => code))];
  return {
    part: sql`, paged as (
      insert into page (id, report_id, raised_at, triggers, fresh)
      select ${id}::uuid, id, ${new Date(now).toISOString()}::timestamptz, ${JSON.stringify(page.triggers)}::jsonb,
        ${page.fresh}::text[] from kept returning id
    )`,
    column: sql`, (select ${jobCall("advance-page", { pageId: id }, id)} from paged)`,
    leaves: [
      newLeaf({ kind: "page.raised", at: now, actor: "station", reportId, body: { page: id, triggers } }),
    ],
  };
}
