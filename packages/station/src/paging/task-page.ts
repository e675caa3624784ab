import { type Transaction } from "kysely";
import { recordLeaf } from "../audit/index.ts";
import { addJob } from "../jobs.ts";
import { newId } from "../store/index.ts";
import type { PageAudience, Tables } from "../store/tables.ts";
import type { PageTrigger } from "./immediate.ts";

/** A call about a task. */
export interface TaskPage {
  taskId: string;
  /** Null where it is about no report. */
  reportId: string | null;
  audience: Exclude<PageAudience, "caseworkers">;
  trigger: { code: string; text: string };
}

/**
 * Calls a circle of people about a task, instead of the circle that was called before.
 * @param now milliseconds since 1970
 */
export async function raiseTaskPage(
  tx: Transaction<Tables>,
  { taskId, reportId, audience, trigger }: TaskPage,
  now: number,
): Promise<void> {
  await endTaskPages(tx, taskId, now);
  const id = newId(now);
  const triggers: PageTrigger[] = [{ ...trigger, path: `/tasks/${taskId}`, source: "this station" }];
  await tx
    .insertInto("page")
    .values({
      id,
      report_id: reportId,
      raised_at: new Date(now).toISOString(),
      triggers: JSON.stringify(triggers),
      fresh: [],
      acknowledged_by: null,
      acknowledged_at: null,
      owner: null,
      owned_since: null,
      task_id: taskId,
      audience,
    })
    .execute();
  const body = { page: id, task: taskId, to: audience, triggers: [trigger.code] };
  await recordLeaf(tx, {
    kind: "page.raised",
    at: now,
    actor: "station",
    reportId: reportId ?? undefined,
    body,
  });
  await addJob(tx, "advance-page", { pageId: id }, id);
}

/** Nobody needs to answer any more: what the pages were about is over. */
export async function endTaskPages(tx: Transaction<Tables>, taskId: string, now: number): Promise<void> {
  const ended = await tx
    .updateTable("page")
    .set({ ended_at: new Date(now).toISOString() })
    .where("task_id", "=", taskId)
    .where("acknowledged_at", "is", null)
    .where("ended_at", "is", null)
    .returning("id")
    .execute();
  for (const { id } of ended)
    await tx
      .updateTable("page_call")
      .set({ state: "ended" })
      .where("page_id", "=", id)
      .where("state", "=", "intended")
      .execute();
}
