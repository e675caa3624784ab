import { kidOf, SUITE } from "@fairlead/franking";
import { sqlFile } from "../sql-file.ts";
import { toText } from "./bytes.ts";
import type { ChatEvent, Inbox, NoticeCode } from "./contract.ts";
import type { MemberRef } from "./cursors.ts";
import type { Device } from "./device-sessions.ts";
import type { Place } from "./heads.ts";
import type { Hub } from "./hub.ts";
import { extView, frankView, headView } from "./views.ts";

const INBOX = sqlFile(import.meta.url, "./inbox.sql");
/** Things on a page; a message is up to 64 KiB. */
const PAGE = 100;

interface MessageRow {
  kind: "message";
  cursor: string;
  room_id: Buffer;
  epoch: string;
  seq: string;
  device_id: Buffer;
  handle: string;
  accepted_at: string;
  server_frank: Buffer;
  frank_signature: Buffer;
  prev_head: Buffer;
  rec_hash: Buffer;
  signing_key: Buffer;
  message: Buffer | null;
}
interface HandshakeRow {
  kind: "commit" | "welcome";
  cursor: string;
  room_id: Buffer;
  epoch: string;
  at: string;
  data: { added?: MemberRef[]; removed?: MemberRef[] };
  committer: Buffer;
  committer_handle: string;
  first_seq: string;
  handshake: Buffer | null;
}
interface LeaveRow {
  kind: "leave";
  cursor: string;
  room_id: Buffer;
  at: string;
  data: { member: MemberRef; why: "asked" | "revoked" };
}
interface ReportRow {
  kind: "report";
  cursor: string;
  at: string;
  data: { reportId: string; state: string };
}
interface NoticeRow {
  kind: "notice";
  cursor: string;
  at: string;
  data: { code: NoticeCode; uri?: string; deviceId?: string };
}
type Row = MessageRow | HandshakeRow | LeaveRow | ReportRow | NoticeRow;

/**
 * What came for a device, waiting for the first thing if there is none yet.
 * @param after cursor to go on from; what the device has acknowledged if absent
 */
export async function readInbox(
  hub: Hub,
  by: Device,
  query: { after: string | undefined; waitSeconds: number },
  signal: AbortSignal,
): Promise<Inbox> {
  const until = Date.now() + query.waitSeconds * 1000;
  const after = query.after ?? (await ackedBy(hub, by));
  for (;;) {
    // From before the look: what comes after it ends the waiting.
    using listener = hub.watch.listen(by.id);
    const rows = await pageOf(hub, by, after);
    const left = until - Date.now();
    if (rows.length > 0 || left <= 0 || signal.aborted) return await inboxOf(hub, rows, after);
    await listener.wait(left, signal);
  }
}

async function pageOf(hub: Hub, by: Device, after: string): Promise<Row[]> {
  const { rows } = await hub.station.db.pool.query<Row>(INBOX, [by.id, after, PAGE + 1]);
  return rows;
}

async function ackedBy(hub: Hub, by: Device): Promise<string> {
  const { acked } = await hub.station.db.kysely
    .selectFrom("chat_device")
    .select("acked")
    .where("id", "=", by.id)
    .executeTakeFirstOrThrow();
  return acked;
}

/** Everything up to this cursor is on the device's own disk. Never goes back. */
export async function acknowledge(hub: Hub, by: Device, cursor: string): Promise<void> {
  await hub.station.db.kysely
    .updateTable("chat_device")
    .set({ acked: cursor })
    .where("id", "=", by.id)
    .where("acked", "<", cursor)
    .execute();
}

async function inboxOf(hub: Hub, rows: readonly Row[], after: string): Promise<Inbox> {
  const page = rows.slice(0, PAGE);
  const heads = [];
  for (const row of endsOfRuns(page)) heads.push(headView(await hub.heads.at(placeOf(row))));
  return {
    events: page.map((row) => eventOf(hub, row)),
    heads,
    cursor: page.at(-1)?.cursor ?? after,
    more: rows.length > page.length,
  };
}

/** The last message of each unbroken run of a room: who was away in between did not get what would link the runs. */
function endsOfRuns(page: readonly Row[]): MessageRow[] {
  const ends: MessageRow[] = [];
  const last = new Map<string, MessageRow>();
  for (const row of page) {
    if (row.kind !== "message") continue;
    const room = row.room_id.toString("latin1");
    const before = last.get(room);
    if (before !== undefined && BigInt(before.seq) + 1n !== BigInt(row.seq)) ends.push(before);
    last.set(room, row);
  }
  return [...ends, ...last.values()];
}

function placeOf(row: MessageRow): Place {
  return {
    roomId: row.room_id,
    roomSeq: BigInt(row.seq),
    prevHead: row.prev_head,
    recHash: row.rec_hash,
    acceptedAt: BigInt(row.accepted_at),
    signingKey: row.signing_key,
  };
}

function eventOf(hub: Hub, row: Row): ChatEvent {
  const { cursor } = row;
  switch (row.kind) {
    case "message":
      return { cursor, ...messageEvent(hub, row) };
    case "commit": {
      const { added = [], removed = [] } = row.data;
      const commit = textOrNull(row.handshake);
      return { cursor, kind: "commit", ...handshakeOf(hub, row), commit, added, removed };
    }
    case "welcome":
      return { cursor, kind: "welcome", ...handshakeOf(hub, row), welcome: textOrNull(row.handshake) };
    case "leave":
      return { cursor, kind: "leave", roomId: toText(row.room_id), ...row.data, at: Date.parse(row.at) };
    case "report":
      return { cursor, kind: "report", ...row.data, at: Date.parse(row.at) };
    case "notice":
      return { cursor, kind: "notice", ...row.data, at: Date.parse(row.at) };
  }
}

function messageEvent(hub: Hub, row: MessageRow): Omit<Extract<ChatEvent, { kind: "message" }>, "cursor"> {
  return {
    kind: "message",
    roomId: toText(row.room_id),
    message: textOrNull(row.message),
    epoch: Number(row.epoch),
    senderUri: hub.uris.account(row.handle),
    deviceId: toText(row.device_id),
    acceptedAt: Number(row.accepted_at),
    frank: frankView({ serverFrank: row.server_frank, suite: SUITE, signature: row.frank_signature }),
    ext: extView({
      version: 1,
      roomSeq: BigInt(row.seq),
      prevHead: row.prev_head,
      recHash: row.rec_hash,
      hubKid: kidOf(BigInt(row.accepted_at)),
    }),
  };
}

function handshakeOf(hub: Hub, row: HandshakeRow) {
  return {
    roomId: toText(row.room_id),
    epoch: Number(row.epoch),
    by: { uri: hub.uris.account(row.committer_handle), deviceId: toText(row.committer) },
    firstSeq: Number(row.first_seq),
    at: Date.parse(row.at),
  };
}

function textOrNull(bytes: Buffer | null): string | null {
  return bytes === null ? null : toText(bytes);
}
