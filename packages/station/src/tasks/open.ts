import { type AlarmLevel, type Candidate, type Cause, ownerFor } from "../effects/index.ts";
import { sql, type Transaction } from "kysely";
import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { dayWords } from "../keeping/index.ts";
import { endTaskPages, raiseTaskPage } from "../paging/index.ts";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import type { TaskKind, TaskWhat } from "../store/tables.ts";

/** Why something stands still, with what its task needs to know. */
export interface NewCause extends Cause {
  kind: TaskKind;
  what: TaskWhat;
  /** Null where it is about no peer. */
  peerId: string | null;
  /** The sender that it is about, where it is about one. */
  sender?: { id: string; name: string };
  /** The bank of hashes that it is about, where it is about one. */
  bank?: { id: string; name: string };
  /** Of what has waited longest; null where no report of the sender got in. */
  reportId: string | null;
  decidedBy: string | null;
  /** Somebody who cannot do it. */
  notFor?: string | null;
}

const iso = (ms: number) => new Date(ms).toISOString();

/** Opens a task, gives it to a named person and calls them; one that is open already stays as it is. */
export async function openTask(
  station: Station,
  tx: Transaction<Tables>,
  cause: NewCause,
  alarm: AlarmLevel,
  now: number,
): Promise<void> {
  const id = newId(now);
  const able = (await candidates(station, tx)).filter((person) => person.id !== cause.notFor);
  const owner = ownerFor(able, cause.decidedBy);
  const { kind, what, peerId, sender, bank, reportId } = cause;
  const level = Math.max(alarm, 1) as 1 | 2 | 3;
  const opened = await tx
    .insertInto("task")
    .values({
      id,
      cause: cause.key,
      kind,
      what,
      peer_id: peerId,
      report_id: reportId,
      sender: sender?.id ?? null,
      bank_id: bank?.id ?? null,
      opened_at: iso(now),
      alarm: level,
      owner,
      owned_since: owner === null ? null : iso(now),
    })
    .onConflict((conflict) => conflict.column("cause").where("closed_at", "is", null).doNothing())
    .returning("id")
    .executeTakeFirst();
  if (opened === undefined) return;
  const body = {
    task: id,
    kind,
    what,
    ...(sender === undefined ? {} : { sender: sender.id }),
    ...(bank === undefined ? {} : { bank: bank.id }),
    ...(peerId === null ? {} : { peer: peerId }),
    owner,
  };
  await recordLeaf(tx, {
    kind: "task.opened",
    at: now,
    actor: "station",
    reportId: reportId ?? undefined,
    body,
  });
  await call(tx, { ...cause, id, alarm: level, hasOwner: owner !== null }, now);
}

/** Sounds a task again, in a wider circle. */
export async function soundTask(
  tx: Transaction<Tables>,
  id: string,
  cause: NewCause,
  alarm: AlarmLevel,
  now: number,
): Promise<void> {
  const level = Math.max(alarm, 1) as 1 | 2 | 3;
  const { owner } = await tx
    .updateTable("task")
    .set({ alarm: level })
    .where("id", "=", id)
    .returning("owner")
    .executeTakeFirstOrThrow();
  await recordLeaf(tx, {
    kind: "task.sounded",
    at: now,
    actor: "station",
    reportId: cause.reportId ?? undefined,
    body: { task: id, alarm: level },
  });
  await call(tx, { ...cause, id, alarm: level, hasOwner: owner !== null }, now);
}

/** Ends a task whose matter has gone through. */
export async function endThrough(tx: Transaction<Tables>, id: string, now: number): Promise<void> {
  const ended = await tx
    .updateTable("task")
    .set({ closed_at: iso(now), closed_how: "through" })
    .where("id", "=", id)
    .where("closed_at", "is", null)
    .returning("report_id")
    .executeTakeFirst();
  if (ended === undefined) return;
  const body = { task: id, how: "through" };
  const reportId = ended.report_id ?? undefined;
  await recordLeaf(tx, { kind: "task.closed", at: now, actor: "station", reportId, body });
  await endTaskPages(tx, id, now);
}

/** Gives open tasks that nobody has, or whose owner works here no more, to somebody who does. */
export async function ownTasks(station: Station, tx: Transaction<Tables>, now: number): Promise<void> {
  const orphans = await tx
    .selectFrom("task")
    .leftJoin("person", "person.id", "task.owner")
    .select(["task.id", "task.report_id", "task.owner"])
    .where("task.closed_at", "is", null)
    .where((eb) => eb.or([eb("task.owner", "is", null), eb("person.disabled_at", "is not", null)]))
    .execute();
  for (const { id, report_id: reportId, owner: from } of orphans) {
    const owner = ownerFor(await candidates(station, tx), null);
    if (owner === null) return;
    await tx
      .updateTable("task")
      .set({ owner, owned_since: iso(now) })
      .where("id", "=", id)
      .execute();
    const body = { task: id, from, to: owner };
    await recordLeaf(tx, {
      kind: "task.handed-on",
      at: now,
      actor: "station",
      reportId: reportId ?? undefined,
      body,
    });
  }
}

/** Those who may have tasks here, with how many each has. */
async function candidates(station: Station, tx: Transaction<Tables>): Promise<Candidate[]> {
  const { rows } = await sql<{ id: string; name: string; role: string; n: number }>`
    select person.id, person.name, person.role,
      (select count(*)::integer from task where task.owner = person.id and task.closed_at is null) as n
    from person where person.disabled_at is null`.execute(tx);
  return rows
    .filter((person) => station.policy.may(person, "do-tasks"))
    .map(({ id, role, n }) => ({ id, leads: role === "lead", openTasks: n }));
}

interface Called {
  id: string;
  kind: TaskKind;
  what: TaskWhat;
  key: string;
  reportId: string | null;
  peerId: string | null;
  sender?: NewCause["sender"];
  bank?: NewCause["bank"];
  alarm: 1 | 2 | 3;
  hasOwner: boolean;
}

const CIRCLES = { 1: "owner", 2: "leads", 3: "everybody" } as const;

/** Calls people about a task. The clocks of keeping run for months: they wake nobody, and stand on everybody's list of tasks. */
async function call(tx: Transaction<Tables>, task: Called, now: number): Promise<void> {
  if (task.kind === "keep" || task.what === "erasing-waits") return;
  const peer = await tx.selectFrom("peer").select("name").where("id", "=", task.peerId).executeTakeFirst();
  await raiseTaskPage(
    tx,
    {
      taskId: task.id,
      reportId: task.reportId,
      // A task that nobody could be given to is everybody's.
      audience: task.hasOwner ? CIRCLES[task.alarm] : "everybody",
      trigger: {
        code: `task.${task.what}`,
        text: taskText({ ...task, peer: task.sender?.name ?? task.bank?.name ?? peer?.name ?? "" }),
      },
    },
    now,
  );
}

/** What a task is about, in plain English. `peer` is the name of the station, the sender or the bank that it is about. */
export function taskText({
  key,
  kind,
  what,
  peer,
}: {
  key: string;
  kind: TaskKind;
  what: TaskWhat;
  peer: string;
}): string {
  if (what === "refused") return `${peer} has refused what was sent to it.`;
  if (what === "incomplete") return `What ${peer} has is not all that was to be sent.`;
  switch (kind) {
    case "refer":
      return `What was referred to ${peer} does not get through.`;
    case "return-outcome":
      return `Outcomes for ${peer} do not get through.`;
    case "ask-peer":
      return `A question to ${peer} is not answered.`;
    case "sender-format":
      return `The reports of ${peer} do not come as they used to.`;
    case "fetch-hashes":
      return `Hashes of ${peer} do not come any more.`;
    case "send-feedback":
      return `What was said about hashes of ${peer} does not get through.`;
    case "keep":
      return `What must be kept ends in the week of ${dayWords(key.replace(/^keep:/, ""))}. Decide what is kept longer and what may go; a second person then confirms what goes.`;
    case "erase":
      return what === "erasing-waits"
        ? "Reports may be erased: a lead has decided that they may go, and another person confirms it or has them kept."
        : `The erasure with certificate ${key.replace(/^erase:/, "")} does not come to its end. Nothing of the report is shown any more, and the station goes on trying.`;
  }
}
