import { type QueryCreator, sql, type Transaction } from "kysely";
import { toText } from "./bytes.ts";
import type { NoticeCode, ReportState } from "./contract.ts";
import type { Tables } from "../store/tables.ts";

/** Any number that is always the same. */
const CURSOR_LOCK = 7_205_002;

/**
 * Whoever gives out cursors, or changes who is in a room, holds this from before its first look at what it changes until its commit: so
 * cursors become visible in their order, a room's sequence has no gap, and two commits never both follow the same epoch. Writers of
 * one process gather what they have (see submissions.ts), so that the lock is taken once for many messages.
 */
export async function lockCursors(tx: Transaction<Tables>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${CURSOR_LOCK})`.execute(tx);
}

export interface MemberRef {
  uri: string;
  deviceId: string;
}

/** What devices are told besides messages. */
export type NewEvent =
  | { kind: "leave"; roomId: Uint8Array; data: { member: MemberRef; why: "asked" | "revoked" } }
  | { kind: "report"; deviceId: Uint8Array; data: { reportId: string; state: ReportState } }
  | { kind: "notice"; deviceId: Uint8Array; data: { code: NoticeCode; uri?: string; deviceId?: string } };

/** Tells devices, in this order. A statement to be executed under the lock, or a part of one. */
export function insertEvents(db: QueryCreator<Tables>, events: readonly NewEvent[], now: number) {
  const roomOf = (event: NewEvent) => ("roomId" in event ? Buffer.from(event.roomId) : null);
  const deviceOf = (event: NewEvent) => ("deviceId" in event ? Buffer.from(event.deviceId) : null);
  return db
    .insertInto("chat_event")
    .columns(["cursor", "at", "kind", "room_id", "device_id", "data"])
    .expression(
      sql`select nextval('chat_cursor'), ${new Date(now).toISOString()}::timestamptz, event.*
        from unnest(
          ${events.map(({ kind }) => kind)}::text[],
          ${events.map(roomOf)}::bytea[],
          ${events.map(deviceOf)}::bytea[],
          ${events.map(({ data }) => JSON.stringify(data))}::jsonb[]
        ) as event`,
    );
}

/** The same notice for several devices. */
export function noticesTo(
  devices: ReadonlyArray<{ id: Uint8Array }>,
  data: { code: NoticeCode; uri?: string; deviceId?: Uint8Array },
): NewEvent[] {
  const { deviceId, ...rest } = data;
  const told = { ...rest, ...(deviceId === undefined ? {} : { deviceId: toText(deviceId) }) };
  return devices.map(({ id }) => ({ kind: "notice", deviceId: id, data: told }));
}
