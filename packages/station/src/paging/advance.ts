import { retryDelayMs } from "../effects/index.ts";
import { sql, type Selectable } from "kysely";
import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { addJob } from "../jobs.ts";
import type { PageAudience, PageTable } from "../store/tables.ts";
import type { PageTrigger } from "./immediate.ts";
import { ATTEMPT_MS, callOutward, hasOutward } from "./outward.ts";
import { stagesFrom } from "./stage.ts";

type Page = Selectable<PageTable> & { number: string | null };

/**
 * Takes an unanswered page as far as it goes now: escalated to whom its age calls for, and called outward, if there is a channel. An intent
 * is stored before each call and its outcome after it; of a call whose outcome was lost, the other side hears once more, under the same name.
 * What the desk shows does not wait for this: it counts from when the page was raised.
 */
export async function advancePage(station: Station, { pageId }: { pageId: string }): Promise<void> {
  const page = await station.db.kysely
    .selectFrom("page")
    .leftJoin("report", "report.id", "page.report_id")
    .selectAll("page")
    .select("report.number")
    .where("page.id", "=", pageId)
    .executeTakeFirst();
  if (page === undefined || page.acknowledged_at !== null || page.ended_at !== null) return;
  const now = station.clock();
  for (const { audience, afterMs } of stagesFrom(page.audience)) {
    const due = Date.parse(page.raised_at) + afterMs;
    if (due <= now) await escalate(station, page, audience, due, now);
  }
  await callWhatIsDue(station, page);
  const next = await nextStep(station, page);
  if (next !== undefined) await addJob(station.db.kysely, "advance-page", { pageId }, pageId, next);
}

/** Hands the page on, once. */
async function escalate(
  station: Station,
  page: Page,
  audience: PageAudience,
  due: number,
  now: number,
): Promise<void> {
  const outward = hasOutward(station.config.paging);
  await station.db.transaction(async (tx) => {
    const added = await tx
      .insertInto("page_call")
      .values({
        page_id: page.id,
        audience,
        due_at: new Date(due).toISOString(),
        state: outward ? "intended" : "none",
        next_attempt_at: new Date(now).toISOString(),
        last_error: null,
        told_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning("page_id")
      .executeTakeFirst();
    if (added === undefined || audience === page.audience) return;
    const body = { page: page.id, to: audience };
    await recordLeaf(tx, {
      kind: "page.escalated",
      at: now,
      actor: "station",
      reportId: page.report_id ?? undefined,
      body,
    });
  });
}

async function callWhatIsDue(station: Station, page: Page): Promise<void> {
  const db = station.db.kysely;
  for (;;) {
    const now = station.clock();
    // Taken by whoever moves it on first; should this process die now, another tries again when the attempt must have ended.
    const { rows } = await sql<{ audience: PageAudience; attempts: number }>`
      update page_call set attempts = attempts + 1,
        next_attempt_at = ${new Date(now + 2 * ATTEMPT_MS).toISOString()}::timestamptz
      where (page_id, audience) = (
        select page_id, audience from page_call
        where page_id = ${page.id}::uuid and state = 'intended' and next_attempt_at <= ${new Date(now).toISOString()}::timestamptz
        order by due_at limit 1 for update skip locked
      ) returning audience, attempts`.execute(db);
    const call = rows[0];
    if (call === undefined) return;
    const told = await callOutward(station, {
      page: page.id,
      audience: call.audience,
      station: station.config.station.id,
      ...(page.number === null ? {} : { report: page.number }),
      ...(page.task_id === null ? { tier: "R1" } : { task: page.task_id }),
      triggers: [...new Set((page.triggers as PageTrigger[]).map(({ code }) => code))],
      raisedAt: page.raised_at,
    });
    const ended = station.clock();
    if (!told.told) station.log.warn({ audience: call.audience, attempts: call.attempts }, "page.not-called");
    await db
      .updateTable("page_call")
      .set(
        told.told
          ? { state: "told", told_at: new Date(ended).toISOString(), last_error: null }
          : {
              last_error: told.why,
              next_attempt_at: new Date(ended + retryDelayMs(call.attempts)).toISOString(),
            },
      )
      .where("page_id", "=", page.id)
      .where("audience", "=", call.audience)
      .where("state", "=", "intended")
      .execute();
  }
}

/** When there is something to do again: the next escalation or the next attempt; `undefined` when neither will come. */
async function nextStep(station: Station, page: Page): Promise<number | undefined> {
  const now = station.clock();
  const { rows } = await station.db.pool.query<{ answered: boolean; next: string | null }>(
    `select acknowledged_at is not null or ended_at is not null as answered,
       (select min(next_attempt_at) from page_call where page_id = page.id and state = 'intended') as next
     from page where id = $1`,
    [page.id],
  );
  const [row] = rows;
  if (row === undefined || row.answered) return undefined;
  const stages = stagesFrom(page.audience)
    .map(({ afterMs }) => Date.parse(page.raised_at) + afterMs)
    .filter((at) => at > now);
  const attempt = row.next === null ? [] : [Date.parse(row.next)];
  const times = [...stages, ...attempt];
  return times.length === 0 ? undefined : Math.min(...times);
}
