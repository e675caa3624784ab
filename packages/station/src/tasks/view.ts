import { nextExpiryAlarmAt } from "@fairlead/assessment";
import { ALARMS_AFTER_MS, nextAlarmAt, type Stage, type Trouble } from "../effects/index.ts";
import type { Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import type { TaskList, TaskView } from "../desk-api/contract.ts";
import { BURST_ROWS, type BurstRow, burstView } from "../senders/index.ts";
import { sqlFile } from "../sql-file.ts";
import { isoFromJson } from "../store/index.ts";
import type { TaskKind, TaskWhat } from "../store/tables.ts";
import { taskText } from "./open.ts";

const ROWS = sqlFile(import.meta.url, "./list.sql").replace("/*bursts*/", BURST_ROWS);

/** A task as list.sql makes it. */
interface Row {
  id: string;
  kind: TaskKind;
  what: TaskWhat;
  cause: string;
  peer: string | null;
  peerName: string | null;
  sender: string | null;
  bank: string | null;
  bursts: BurstRow[] | null;
  openedAt: string;
  alarm: 1 | 2 | 3;
  owner: string | null;
  ownerName: string | null;
  ownerRole: string | null;
  ownedSince: string | null;
  closedAt: string | null;
  closedBy: string | null;
  closedHow: "through" | "elsewhere" | "seen-to" | null;
  closedReason: string | null;
  effects: Array<{
    id: string;
    report: string;
    number: string;
    stage: Stage;
    since: string;
    intendedAt: string;
    attempts: number;
    trouble: Trouble | null;
    lastError: string | null;
    nextAttemptAt: string | null;
  }>;
  count: number;
  /** The first end among what a task about keeping still waits for. */
  endsAt: string | null;
}

const OPEN = `select own.shown from (${ROWS}) own where own.closed_at is null
  and ($2::timestamptz is null or (own.opened_at, own.id) > ($2, $3::uuid)) order by own.opened_at, own.id limit $4`;
const CLOSED = `select own.shown from (${ROWS}) own where own.closed_at is not null
  and ($2::timestamptz is null or (own.closed_at, own.id) < ($2, $3::uuid)) order by own.closed_at desc, own.id desc limit $4`;

/** A list of tasks, by keyset: open ones the oldest first, closed ones the newest first. */
export async function taskList(
  station: Station,
  query: { list: "open" | "closed"; after?: string | undefined; limit: number },
  person: Principal,
): Promise<TaskList> {
  const now = station.clock();
  const [at = null, id = null] = cursorIn(query.after);
  const stood = new Date(now - ALARMS_AFTER_MS[0]).toISOString();
  const [listed, counted, people] = await Promise.all([
    station.db.pool.query<{ shown: Row }>(query.list === "closed" ? CLOSED : OPEN, [
      stood,
      at,
      id,
      query.limit + 1,
    ]),
    station.db.pool.query<{ open: number; mine: number }>(
      `select count(*)::integer as open, (count(*) filter (where owner = $1))::integer as mine from task where closed_at is null`,
      [person.id],
    ),
    station.db.kysely
      .selectFrom("person")
      .select(["id", "name", "role"])
      .where("disabled_at", "is", null)
      .orderBy("name")
      .execute(),
  ]);
  const rows = listed.rows.map(({ shown }) => shown);
  const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
  return {
    tasks: rows.slice(0, query.limit).map((row) => taskView(row, person, now)),
    ...(last === undefined ? {} : { next: `${isoFromJson(last.closedAt ?? last.openedAt)}~${last.id}` }),
    open: counted.rows[0]?.open ?? 0,
    mine: counted.rows[0]?.mine ?? 0,
    people: people.filter((each) => station.policy.may(each, "do-tasks")),
    at: new Date(now).toISOString(),
  };
}

function taskView(row: Row, person: Principal, now: number): TaskView {
  const { id, kind, what, cause: key, peer, sender, bank, alarm, count } = row;
  const peerName = row.peerName ?? sender;
  const bursts = (row.bursts ?? []).map(burstView);
  const effects = row.effects.map(effectView);
  const since = effects[0]?.since ?? bursts[0]?.openedAt ?? isoFromJson(row.openedAt);
  const next = row.closedAt === null ? nextAlarm(row, since, now) : undefined;
  return {
    id,
    kind,
    what,
    text: taskText({ key, kind, what, peer: peerName ?? "" }),
    ...(peer === null ? {} : { peer }),
    ...(peerName === null ? {} : { peerName }),
    ...(sender === null ? {} : { sender }),
    ...(bank === null ? {} : { bank }),
    bursts,
    ...(row.endsAt === null ? {} : { endsAt: isoFromJson(row.endsAt) }),
    openedAt: isoFromJson(row.openedAt),
    since,
    alarm,
    ...(next === undefined ? {} : { nextAlarmAt: new Date(next).toISOString() }),
    ...(row.owner === null || row.ownerName === null || row.ownerRole === null
      ? {}
      : { owner: { id: row.owner, name: row.ownerName, role: row.ownerRole } }),
    mine: row.owner === person.id,
    ...(row.ownedSince === null ? {} : { ownedSince: isoFromJson(row.ownedSince) }),
    effects,
    count,
    ...(row.closedAt === null || row.closedHow === null
      ? {}
      : {
          closed: {
            at: isoFromJson(row.closedAt),
            how: row.closedHow,
            ...(row.closedBy === null ? {} : { by: row.closedBy }),
            ...(row.closedReason === null ? {} : { reason: row.closedReason }),
          },
        }),
  };
}

function nextAlarm({ kind, what, endsAt }: Row, since: string, now: number): number | undefined {
  if (what === "erasing-waits") return undefined;
  if (kind !== "keep") return nextAlarmAt({ movedAt: Date.parse(since) }, now);
  return endsAt === null ? undefined : nextExpiryAlarmAt(Date.parse(endsAt), now);
}

function effectView(row: Row["effects"][number]): TaskView["effects"][number] {
  const { id, report, number, stage, attempts, trouble, lastError } = row;
  return {
    id,
    report,
    number,
    stage,
    since: isoFromJson(row.since),
    intendedAt: isoFromJson(row.intendedAt),
    attempts,
    ...(trouble === null ? {} : { trouble }),
    ...(lastError === null ? {} : { lastError }),
    ...(row.nextAttemptAt === null ? {} : { nextAttemptAt: isoFromJson(row.nextAttemptAt) }),
  };
}

const CURSOR = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)~([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Where a list goes on; anything else than a cursor of ours starts it anew. */
function cursorIn(text: string | undefined): string[] {
  return CURSOR.exec(text ?? "")?.slice(1) ?? [];
}
