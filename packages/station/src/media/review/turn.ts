import type { Principal } from "../../access/index.ts";
import { recordLeaf } from "../../audit/index.ts";
import type { Station } from "../../context.ts";
import { StationError } from "../../errors.ts";
import { sqlFile } from "../../sql-file.ts";
import { mediaConfigSchema } from "../config.ts";
import { type ReviewItem, reviewItem } from "./item.ts";
import { pauseOf, type Pause } from "./pauses.ts";

const TURN = sqlFile(import.meta.url, "turn.sql");

/** Long enough to decide with care; whoever leaves the desk gives the file back without doing anything. */
const LEASE_MS = 15 * 60_000;
const HOUR_MS = 3_600_000;

export interface ReviewState {
  waiting: number;
  /** Seen by somebody who has not decided: theirs, until a lead hands them on. */
  seen: Array<{ sha256: string; by: string; at: string }>;
  item?: ReviewItem;
  pause: Pause;
}

/** How many wait, what this person has in hand, and whether a pause is due. */
export async function reviewState(station: Station, by: Principal): Promise<ReviewState> {
  const now = station.clock();
  const { kysely } = station.db;
  const { waiting } = await kysely
    .selectFrom("media_file")
    .select((eb) => eb.fn.countAll<string>().as("waiting"))
    .where("state", "=", "waiting")
    .executeTakeFirstOrThrow();
  const mine = await kysely
    .selectFrom("media_file")
    .select("sha256")
    .where("leased_by", "=", by.id)
    .where("leased_until", ">", new Date(now).toISOString())
    .where("state", "=", "waiting")
    .orderBy("leased_until", "desc")
    .limit(1)
    .executeTakeFirst();
  const seen = await kysely
    .selectFrom("media_file")
    .innerJoin("person", "person.id", "media_file.shown_to")
    .select(["media_file.sha256", "media_file.shown_at", "person.name"])
    .where("state", "=", "waiting")
    .where("shown_to", "<>", by.id)
    .orderBy("shown_at")
    .limit(50)
    .execute();
  const item = mine === undefined ? undefined : await reviewItem(station, mine.sha256, now);
  return {
    waiting: Number(waiting),
    seen: seen.map(({ sha256, shown_at, name }) => ({
      sha256: sha256.toString("hex"),
      by: name,
      at: shown_at ?? new Date(now).toISOString(),
    })),
    ...(item === undefined ? {} : { item }),
    pause: await pauseFor(station, by, now),
  };
}

/**
 * Gives a person the next file to decide about, the one in hand first.
 * @throws StationError `review.pause` while a pause is due
 */
export async function takeTurn(station: Station, by: Principal): Promise<ReviewState> {
  const now = station.clock();
  await mustBeRested(station, by, now);
  await station.db.pool.query(TURN, [by.id, new Date(now), new Date(now + LEASE_MS)]);
  return await reviewState(station, by);
}

/** @throws StationError `review.pause` */
export async function mustBeRested(station: Station, by: Principal, now: number): Promise<void> {
  const { pauseUntil, why } = await pauseFor(station, by, now);
  if (pauseUntil === undefined) return;
  throw new StationError("review.pause", "A pause is due before you look at more.", {
    audience: "reviewer",
    remedy:
      why === "day"
        ? "This is all that one person sees on a day here. Everything waits safely until tomorrow, or for a colleague."
        : "Leave the desk for a while. Everything waits safely.",
    retryAfterSeconds: Math.max(1, Math.ceil((Date.parse(pauseUntil) - now) / 1000)),
  });
}

/**
 * A person gives a file back that they have not seen: somebody else gets it.
 * @throws StationError `conflict`
 */
export async function giveBack(station: Station, sha256: string, by: Principal): Promise<void> {
  const given = await station.db.kysely
    .updateTable("media_file")
    .set({ leased_by: null, leased_until: null })
    .where("sha256", "=", Buffer.from(sha256, "hex"))
    .where("leased_by", "=", by.id)
    .where("shown_to", "is", null)
    .where("state", "=", "waiting")
    .returning("sha256")
    .executeTakeFirst();
  if (given === undefined) throw notYours();
}

/**
 * A lead lets a second person see a file that somebody has seen and not decided: the one way to that.
 * @throws StationError `conflict` where nobody has seen it, or it was decided meanwhile
 */
export async function handOn(station: Station, sha256: string, reason: string, by: Principal): Promise<void> {
  const at = station.clock();
  await station.db.transaction(async (tx) => {
    const row = await tx
      .selectFrom("media_file")
      .select("shown_to")
      .where("sha256", "=", Buffer.from(sha256, "hex"))
      .where("state", "=", "waiting")
      .forUpdate()
      .executeTakeFirst();
    if (row?.shown_to === undefined || row.shown_to === null) throw notYours();
    await tx
      .updateTable("media_file")
      .set({ leased_by: null, leased_until: null, shown_to: null, shown_at: null })
      .where("sha256", "=", Buffer.from(sha256, "hex"))
      .execute();
    await recordLeaf(tx, {
      kind: "media.handed-on",
      at,
      actor: `person:${by.id}`,
      body: { sha256, from: row.shown_to, reason },
    });
  });
}

export function notYours(): StationError {
  return new StationError("conflict", "This file is not in your hands, or it was seen already.", {
    audience: "reviewer",
    remedy: "Look at the page again. A file that you have seen is yours to decide, or a lead hands it on.",
  });
}

async function pauseFor(station: Station, by: Principal, now: number): Promise<Pause> {
  const looks = await station.db.kysely
    .selectFrom("media_look")
    .select(["granted_at", "opened_at", "last_seen_at", "seen_ms"])
    .where("person_id", "=", by.id)
    .where("granted_at", ">", new Date(now - 25 * HOUR_MS).toISOString())
    .execute();
  const worked = looks.map(({ granted_at, opened_at, last_seen_at, seen_ms }) => ({
    from: Date.parse(granted_at),
    to: Date.parse(last_seen_at ?? opened_at ?? granted_at),
    seenMs: Number(seen_ms),
  }));
  return pauseOf(worked, now, (station.config.media ?? NO_DOOR).review);
}

/** A station whose door was closed may still have files that wait. */
const NO_DOOR = mediaConfigSchema.parse({ accounts: [{ username: "nobody" }] });
