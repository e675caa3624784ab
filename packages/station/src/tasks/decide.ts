import { sql, type Transaction } from "kysely";
import type { Principal } from "../access/index.ts";
import { type LeafKind, recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { happenTo } from "../effects/index.ts";
import { StationError } from "../errors.ts";
import { endTaskPages } from "../paging/index.ts";
import { settleOver } from "../senders/index.ts";
import type { Tables } from "../store/tables.ts";
import type { TaskKind, TaskWhat } from "../store/tables.ts";
import { hasEffects, openEffects, tryAgain } from "./again.ts";

const iso = (ms: number) => new Date(ms).toISOString();

interface Held {
  id: string;
  key: string;
  kind: TaskKind;
  what: TaskWhat;
  peerId: string | null;
  sender: string | null;
  reportId: string | null;
  owner: string | null;
}

/** @throws StationError `not-found`; `conflict` when the task is closed */
async function hold(tx: Transaction<Tables>, id: string): Promise<Held> {
  const row = await tx.selectFrom("task").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  if (row === undefined)
    throw new StationError("not-found", "This station has no such task.", {
      remedy: "Go back to the tasks.",
    });
  if (row.closed_at !== null)
    throw new StationError("conflict", "This task is closed already.", {
      remedy: "Look at the closed tasks for who closed it and why.",
    });
  const { cause: key, kind, what, sender, report_id: reportId, owner } = row;
  return { id, key, kind, what, peerId: row.peer_id ?? row.bank_id, sender, reportId, owner };
}

/** One step of a person: the task, its leaf and whatever else the step does, all or nothing. */
async function step(
  station: Station,
  id: string,
  kind: LeafKind,
  by: Principal,
  take: (tx: Transaction<Tables>, task: Held, now: number) => Promise<Record<string, unknown> | undefined>,
): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    const task = await hold(tx, id);
    const body = await take(tx, task, now);
    if (body === undefined) return;
    const actor = `person:${by.id}`;
    const reportId = task.reportId ?? undefined;
    await recordLeaf(tx, { kind, at: now, actor, reportId, body: { task: id, ...body } });
  });
}

/**
 * A person takes a task over. Taking one's own changes nothing.
 * @throws StationError `not-found`, `conflict`
 */
export async function takeOverTask(station: Station, id: string, by: Principal): Promise<void> {
  await step(station, id, "task.taken-over", by, async (tx, { owner }, now) => {
    if (owner === by.id) return undefined;
    await tx
      .updateTable("task")
      .set({ owner: by.id, owned_since: iso(now) })
      .where("id", "=", id)
      .execute();
    return { from: owner };
  });
}

/**
 * Hands a task to somebody who may have it.
 * @throws StationError `not-found`, `conflict`; `request.invalid` for somebody who may not
 */
export async function handTaskOn(station: Station, id: string, to: string, by: Principal): Promise<void> {
  await step(station, id, "task.handed-on", by, async (tx, { owner }, now) => {
    if (owner === to) return undefined;
    const person = await tx
      .selectFrom("person")
      .select(["id", "name", "role"])
      .where("id", "=", to)
      .where("disabled_at", "is", null)
      .executeTakeFirst();
    if (person === undefined || !station.policy.may(person, "do-tasks"))
      throw new StationError("request.invalid", "This task cannot be given to that person.", {
        remedy: "Choose somebody who works cases here.",
        problems: [{ path: "/to", message: "names nobody who may have tasks" }],
      });
    await tx
      .updateTable("task")
      .set({ owner: to, owned_since: iso(now) })
      .where("id", "=", id)
      .execute();
    return { from: owner, to };
  });
}

/**
 * Tries what the task is about again now. What was refused is sent as it was, once more.
 * @throws StationError `not-found`; `conflict` when nothing is left to try
 */
export async function retryTask(station: Station, id: string, by: Principal): Promise<void> {
  await step(station, id, "task.retried", by, async (tx, task, now) => {
    await resetFailedFiling(tx, task);
    const effects = await tryAgain(tx, task, now);
    if (effects === 0)
      throw new StationError("conflict", "There is nothing of it left to try.", {
        remedy: "Close the task and say what you have done.",
      });
    return { effects };
  });
}

/**
 * Sends what was refused anew, as the report stands now: with the claims that people made since, sealed or filed afresh.
 * @throws StationError `not-found`; `conflict` for what was not refused, which may have arrived
 */
export async function correctTask(station: Station, id: string, by: Principal): Promise<void> {
  await step(station, id, "task.corrected", by, async (tx, task, now) => {
    if (task.what !== "refused" || task.kind !== "refer")
      throw new StationError("conflict", "Only what was refused for good can be sent anew.", {
        remedy: "Try it again as it is: it may have arrived, and another one would be a second report.",
      });
    const [referral] = await openEffects(tx, task, now);
    await tx
      .updateTable("referral")
      .set({ journal: null, as_of: iso(now) })
      .where("id", "=", referral ?? "")
      .where("stage", "=", "refused")
      .execute();
    const effects = await tryAgain(tx, task, now);
    return { effects };
  });
}

/** A filing that has failed for good says so at every try: its open report is retracted, so it starts anew. */
async function resetFailedFiling(tx: Transaction<Tables>, { what, kind, key }: Held): Promise<void> {
  if (what !== "refused" || kind !== "refer") return;
  await sql`update referral set journal = null
    where id = ${key.replace(/^effect:/, "")}::uuid and stage = 'refused' and journal #>> '{state,kind}' = 'failed'`.execute(
    tx,
  );
}

/**
 * A person says that what the task is about was done in another way, or need not be done any more. Nothing of it is tried again; should a
 * proof that it arrived still come, it counts.
 * @param said the reason in the person's words, and which of the task's effects; all of them unless one is named
 * @throws StationError `not-found`; `conflict` when there is nothing of it left
 */
export async function doneElsewhere(
  station: Station,
  id: string,
  { reason, effect }: { reason: string; effect?: string | undefined },
  by: Principal,
): Promise<void> {
  await step(station, id, "task.done-elsewhere", by, async (tx, task, now) => {
    const words = `Done elsewhere: ${reason}`;
    const { kind } = task;
    if (kind === "keep") throw keepingEndsItself();
    if (kind === "fetch-hashes") throw comesBackItself();
    if (!hasEffects(kind)) throw nothingToSend();
    let effects = 0;
    for (;;) {
      const ids = (await openEffects(tx, task, now)).filter(
        (each) => effect === undefined || each === effect,
      );
      const moved = await happenTo(tx, kind, ids, { kind: "elsewhere" }, { at: now, words });
      effects += moved.length;
      if (moved.length === 0) break;
    }
    if (effects === 0)
      throw new StationError("conflict", "There is nothing of it left to do elsewhere.", {
        remedy: "Look at the task again: it may have gone through meanwhile.",
      });
    const left = await openEffects(tx, task, now);
    if (left.length === 0) await close(tx, id, { how: "elsewhere", reason, by, now });
    return { effects, closed: left.length === 0, ...(effect === undefined ? {} : { effect }) };
  });
}

/**
 * Closes a task that stands for something which is over, such as a filing that is not whole, or reports that come whole again.
 * @throws StationError `not-found`; `conflict` while something of it is still on its way
 */
export async function closeTask(station: Station, id: string, reason: string, by: Principal): Promise<void> {
  await step(station, id, "task.closed", by, async (tx, task, now) => {
    if (task.kind === "keep") throw keepingEndsItself();
    if (task.kind === "fetch-hashes") throw comesBackItself();
    if (task.sender !== null) await settleOver(tx, task.sender, { reason, by, now });
    if ((await openEffects(tx, task, now)).length > 0)
      throw new StationError("conflict", "What this task is about is still on its way.", {
        remedy: "Try it again, or say that it was done elsewhere.",
      });
    await close(tx, id, { how: "seen-to", reason, by, now });
    return { how: "seen-to" };
  });
}

function keepingEndsItself(): StationError {
  return new StationError("conflict", "This task ends when every report in it is decided about.", {
    remedy: "Decide on each report that the page of what expires next shows.",
  });
}

function comesBackItself(): StationError {
  return new StationError("conflict", "This task ends when the source's hashes come again.", {
    remedy:
      "Have it tried again when what stands in the way is mended; whoever runs this station sees in its log what that is.",
  });
}

function nothingToSend(): StationError {
  return new StationError(
    "conflict",
    "This task is about what a sender sends: there is nothing to try again.",
    {
      remedy:
        "Tell the sender. Close the task when its reports are as before, or accept the change on its page.",
    },
  );
}

async function close(
  tx: Transaction<Tables>,
  id: string,
  { how, reason, by, now }: { how: "elsewhere" | "seen-to"; reason: string; by: Principal; now: number },
): Promise<void> {
  await tx
    .updateTable("task")
    .set({ closed_at: iso(now), closed_by: by.id, closed_how: how, closed_reason: reason })
    .where("id", "=", id)
    .execute();
  await endTaskPages(tx, id, now);
}
