import { type Kysely, sql, type Transaction } from "kysely";
import { StationError } from "../errors.ts";
import type { Tables } from "../store/tables.ts";
import { insertEvents, lockCursors, noticesTo } from "./cursors.ts";
import type { Device } from "./device-sessions.ts";
import { iso } from "./devices.ts";
import type { Hub } from "./hub.ts";
import { takeFirstContact } from "./signals/first-contact.ts";
import { noteEvent } from "./signals/note.ts";
import { hiddenOf } from "./signals/standing.ts";
import { mayBeYoung } from "./young.ts";

/** Whether somebody may add another to a room. */
export type Standing =
  | "welcome"
  /** They want to be asked first, and have not said yes. */
  | "ask-first"
  /** One of the two has blocked the other. */
  | "blocked";

export interface Other {
  handle: string;
  name: string;
  birthYear: number | null;
  connected: boolean;
  blocked: boolean;
}

/** Other accounts as `by` stands with them; those that do not exist are left out. */
export async function othersOf(db: Kysely<Tables>, by: string, handles: readonly string[]): Promise<Other[]> {
  const { rows } = await sql<Other>`select handle, name, birth_year as "birthYear",
      exists (select from chat_request where accepted
        and ((asker = ${by} and asked = handle) or (asker = handle and asked = ${by}))) as connected,
      exists (select from chat_block
        where (blocker = handle and blocked = ${by}) or (blocker = ${by} and blocked = handle)) as blocked
    from chat_account where handle = any(${[...handles]}::text[])`.execute(db);
  return rows;
}

export function standingOf(by: string, other: Other, now: number): Standing {
  if (other.handle === by) return "welcome";
  if (other.blocked) return "blocked";
  return mayBeYoung(other.birthYear, now) && !other.connected ? "ask-first" : "welcome";
}

/** @throws StationError `not-found` */
export async function findOther(hub: Hub, by: Device, uri: string): Promise<Other> {
  const handle = hub.uris.handleOf(uri);
  const [other] = handle === undefined ? [] : await othersOf(hub.station.db.kysely, by.handle, [handle]);
  if (other !== undefined) return other;
  throw nobody();
}

/** The same for an account that is hidden. */
export function nobody(): StationError {
  return new StationError("not-found", "Nobody here has that address.", {
    remedy: "Check how the handle is written.",
  });
}

/** The same words for whoever is blocked and whoever blocks: nobody is told which. */
export function refused(): StationError {
  return new StationError("chat.refused", "This person cannot be written to from this account.", {
    remedy: "Nothing more can be done here.",
  });
}

/** Unanswered requests to young people that one account may have open: enough for a club's secretary, few for whoever tries them all. */
const OPEN_REQUESTS = 20;
/** The same for an account in its first day. */
const OPEN_REQUESTS_AT_FIRST = 5;
const DAY_MS = 24 * 3_600_000;

/**
 * Asks somebody who wants to be asked before they are added to a room.
 * @throws StationError `not-found`, `chat.refused`, `chat.slowed`, `rate.limited` with too many that nobody has answered
 */
export async function ask(hub: Hub, by: Device, uri: string): Promise<{ state: "pending" | "accepted" }> {
  const other = await findOther(hub, by, uri);
  const now = hub.station.clock();
  const standing = standingOf(by.handle, other, now);
  if (standing === "blocked") throw refused();
  if (standing === "welcome") return { state: "accepted" };
  const most = now - by.accountSince < DAY_MS ? OPEN_REQUESTS_AT_FIRST : OPEN_REQUESTS;
  const state = await hub.station.db.transaction(async (tx) => {
    await lockCursors(tx);
    // Who asks back has said yes.
    const back = { asker: other.handle, asked: by.handle, accept: true, now };
    if (await answerOpen(tx, back)) {
      await noteEvent(tx, hub, { kind: "accepted", account: other.handle, other: by });
      await tellAccepted(tx, by, other.handle, now);
      return "accepted";
    }
    const { open } = await tx
      .selectFrom("chat_request")
      .select(({ fn }) => fn.countAll<string>().as("open"))
      .where("asker", "=", by.handle)
      .where("asked", "<>", other.handle)
      .where((where) => where.or([where("accepted", "is", null), where("accepted", "=", false)]))
      .executeTakeFirstOrThrow();
    if (Number(open) >= most)
      throw new StationError("rate.limited", "Too many people have not answered this account's requests.", {
        remedy: "Wait until some of them have.",
        retryAfterSeconds: 3600,
      });
    const asked = await tx
      .insertInto("chat_request")
      .values({ asker: by.handle, asked: other.handle, at: iso(now), answered_at: null, accepted: null })
      .onConflict((conflict) => conflict.doNothing())
      .returning("asked")
      .executeTakeFirst();
    if (asked === undefined) return "pending";
    if (!(await takeFirstContact(tx, hub, by.handle, other))) return "pending";
    const devices = await devicesOf(tx, other.handle);
    await insertEvents(tx, noticesTo(devices, { code: "request", uri: by.uri }), now).execute();
    return "pending";
  });
  hub.watch.hurry();
  return { state };
}

/** @throws StationError `not-found` for what nobody asked, or what was answered already */
export async function answer(hub: Hub, by: Device, handle: string, accept: boolean): Promise<void> {
  const now = hub.station.clock();
  await hub.station.db.transaction(async (tx) => {
    await lockCursors(tx);
    const answered = await answerOpen(tx, { asker: handle, asked: by.handle, accept, now });
    if (!answered)
      throw new StationError("not-found", "Nobody with that handle waits for an answer.", {
        remedy: "GET /chat/requests lists who does.",
      });
    await noteEvent(tx, hub, { kind: accept ? "accepted" : "refused", account: handle, other: by });
    // Nobody is told of a refusal: it looks like no answer.
    if (accept) await tellAccepted(tx, by, handle, now);
  });
  hub.watch.hurry();
}

async function tellAccepted(tx: Transaction<Tables>, by: Device, asker: string, now: number): Promise<void> {
  const devices = await devicesOf(tx, asker);
  await insertEvents(tx, noticesTo(devices, { code: "request-accepted", uri: by.uri }), now).execute();
}

/** @returns whether there was a request that waited for this answer */
async function answerOpen(
  tx: Transaction<Tables>,
  { asker, asked, accept, now }: { asker: string; asked: string; accept: boolean; now: number },
): Promise<boolean> {
  const answered = await tx
    .updateTable("chat_request")
    .set({ answered_at: iso(now), accepted: accept })
    .where("asker", "=", asker)
    .where("asked", "=", asked)
    .where("accepted", "is", null)
    .returning("asker")
    .executeTakeFirst();
  return answered !== undefined;
}

/** Who asked this account and waits, unless they are hidden, and whom this account asked. */
export async function requestsOf(hub: Hub, by: Device) {
  const rows = await hub.station.db.kysely
    .selectFrom("chat_request as request")
    .innerJoin("chat_account as account", "account.handle", "request.asker")
    .select(["request.asker", "request.asked", "request.at", "request.accepted", "account.name"])
    .where((where) =>
      where.or([where("request.asker", "=", by.handle), where("request.asked", "=", by.handle)]),
    )
    .orderBy("request.at", "desc")
    .execute();
  const received = rows.filter((row) => row.asked === by.handle && row.accepted === null);
  const { db, clock } = hub.station;
  const hidden = await hiddenOf(
    db.kysely,
    received.map(({ asker }) => asker),
    clock(),
  );
  return {
    received: received
      .filter((row) => !hidden.has(row.asker))
      .map((row) => ({ uri: hub.uris.account(row.asker), name: row.name, at: Date.parse(row.at) })),
    sent: rows
      .filter((row) => row.asker === by.handle)
      .map((row) => ({
        uri: hub.uris.account(row.asked),
        at: Date.parse(row.at),
        state: row.accepted === true ? "accepted" : "pending",
      })),
  };
}

/** The devices of an account that are in use. */
export async function devicesOf(db: Kysely<Tables>, handle: string): Promise<Array<{ id: Buffer }>> {
  return await db
    .selectFrom("chat_device")
    .select("id")
    .where("handle", "=", handle)
    .where("revoked_at", "is", null)
    .execute();
}
