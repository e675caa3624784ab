import {
  ALARMS_AFTER_MS,
  CERTAIN_AFTER,
  FOR_A_PERSON,
  nextAlarmAt,
  type OpenTask,
  tasksDue,
  watchFrom,
} from "../effects/index.ts";
import type { Transaction } from "kysely";
import { expiryAlarm } from "@fairlead/assessment";
import type { Station } from "../context.ts";
import { standingErasures, waitingErasures } from "../erasing/index.ts";
import { countStarted, endingWeeks } from "../keeping/index.ts";
import { sqlFile } from "../sql-file.ts";
import type { Tables } from "../store/tables.ts";
import type { TaskKind, TaskWhat } from "../store/tables.ts";
import { wakeCause } from "./again.ts";
import { endThrough, type NewCause, openTask, ownTasks, soundTask } from "./open.ts";

const CAUSES = sqlFile(import.meta.url, "./causes.sql");
/** What never failed and yet stands still set no alarm of its own: nobody took it up. */
const LOOK_AGAIN_MS = 5 * 60_000;

/**
 * Opens, sounds and ends the tasks of what stands still on its way out, and of what must be decided because its keeping ends. Runs when an alarm is due, when something that had failed got
 * through, and otherwise every five minutes.
 */
export async function watchEffects(station: Station): Promise<void> {
  const now = station.clock();
  await countStarted(station);
  const standing = await causesAt(station, now);
  const causes = [...standing, ...(await endingCauses(station, now)), ...(await erasingCauses(station, now))];
  const byKey = new Map(causes.map((cause) => [cause.key, cause]));
  const sounded: NewCause[] = [];
  await station.db.transaction(async (tx) => {
    sounded.length = 0;
    for (const act of tasksDue(causes, await openTasks(tx), now)) {
      const cause = act.kind === "end" ? undefined : byKey.get(act.cause.key);
      if (act.kind === "end") await endThrough(tx, act.task.id, now);
      else if (cause !== undefined) {
        if (act.kind === "open") await openTask(station, tx, cause, act.alarm, now);
        else await soundTask(tx, act.task.id, cause, act.alarm, now);
        sounded.push(cause);
      }
    }
    await ownTasks(station, tx, now);
  });
  // Whatever lost its place in the queue gets it back with its alarm.
  for (const cause of sounded)
    await wakeCause(
      station,
      { ...cause, peerId: cause.peerId ?? cause.bank?.id ?? null },
      { onlyOverdue: true },
    );
  await watchFrom(station.db.kysely, await nextLook(station, standing, now));
}

interface Row {
  cause: string;
  kind: TaskKind;
  what: TaskWhat;
  peer_id: string | null;
  sender: string | null;
  sender_name: string | null;
  bank: string | null;
  bank_name: string | null;
  since: string;
  for_person: boolean;
  report_id: string | null;
  person: string | null;
}

async function causesAt({ db }: Station, now: number): Promise<NewCause[]> {
  const { rows } = await db.pool.query<Row>(CAUSES, [
    new Date(now - ALARMS_AFTER_MS[0]).toISOString(),
    [...FOR_A_PERSON],
    CERTAIN_AFTER,
  ]);
  return rows.map((row) => ({
    key: row.cause,
    since: Date.parse(row.since),
    forPerson: row.for_person,
    kind: row.kind,
    what: row.what,
    peerId: row.peer_id,
    ...(row.sender === null ? {} : { sender: { id: row.sender, name: row.sender_name ?? row.sender } }),
    ...(row.bank === null ? {} : { bank: { id: row.bank, name: row.bank_name ?? row.bank } }),
    reportId: row.report_id,
    decidedBy: row.person,
  }));
}

/** What ends in one week is one task: a year after a busy day there are hundreds, and nobody decides on them one call at a time. */
async function endingCauses(station: Station, now: number): Promise<NewCause[]> {
  return (await endingWeeks(station, now)).map(({ week, first, reportId }) => ({
    key: `keep:${week}`,
    since: first,
    forPerson: false,
    alarm: expiryAlarm(first, now),
    kind: "keep",
    what: "keeping-ends",
    peerId: null,
    reportId,
    decidedBy: null,
  }));
}

/** What waits for a second person is one task; an erasure that does not come to its end is one of its own. */
async function erasingCauses(station: Station, now: number): Promise<NewCause[]> {
  const waiting = await waitingErasures(station, now);
  const about = { kind: "erase", peerId: null, decidedBy: null } as const;
  return [
    ...(waiting === undefined
      ? []
      : [
          {
            ...about,
            key: "erase",
            since: waiting.first,
            forPerson: true,
            // It waits for a person whom nothing hurries: it stands on the list and wakes nobody.
            alarm: 1 as const,
            what: "erasing-waits" as const,
            reportId: waiting.reportId,
            notFor: waiting.decidedBy,
          },
        ]),
    ...(await standingErasures(station, now)).map(({ number, reportId, since }) => ({
      ...about,
      key: `erase:${number}`,
      since,
      forPerson: false,
      what: "erasing-stands-still" as const,
      reportId,
    })),
  ];
}

async function openTasks(tx: Transaction<Tables>): Promise<OpenTask[]> {
  const rows = await tx
    .selectFrom("task")
    .select(["id", "cause", "alarm", "owner", "what"])
    .where("closed_at", "is", null)
    .forUpdate()
    .execute();
  return rows.map(({ what, ...task }) => ({ ...task, stays: what === "incomplete" }));
}

/** The next alarm of all that is open, at the latest in five minutes. */
async function nextLook({ db }: Station, causes: readonly NewCause[], now: number): Promise<number> {
  const { rows } = await db.pool.query<{ first: string | null }>(
    "select min(moved_at) as first from effect where open and moved_at > $1",
    [new Date(now - ALARMS_AFTER_MS[0]).toISOString()],
  );
  const first = rows[0]?.first ?? null;
  const alarms = [
    ...causes.flatMap(({ since }) => nextAlarmAt({ movedAt: since }, now) ?? []),
    ...(first === null ? [] : [Date.parse(first) + ALARMS_AFTER_MS[0]]),
  ];
  return Math.min(now + LOOK_AGAIN_MS, ...alarms);
}
