import { sql } from "kysely";
import type { Principal } from "../../access/index.ts";
import type { Station } from "../../context.ts";
import { StationError } from "../../errors.ts";

/** What the viewer has shown since it said so last. */
export interface Seen {
  /** Milliseconds without a veil. */
  seenMs: number;
  /** Milliseconds in which all of it was to be seen, undimmed and whole in the window. */
  wholeMs: number;
}

/**
 * Notes what the viewer has shown. It cannot have shown more than the time since its bytes left the station, so more is not believed.
 * @throws StationError `grant.expired` for a look that is not this person's, or was never opened
 */
export async function noteSeen(station: Station, lookId: string, seen: Seen, by: Principal): Promise<void> {
  const now = new Date(station.clock()).toISOString();
  const whole = Math.min(seen.wholeMs, seen.seenMs);
  const most = sql<string>`(extract(epoch from ${now}::timestamptz - opened_at) * 1000)::bigint`;
  const noted = await station.db.kysely
    .updateTable("media_look")
    .set({
      last_seen_at: now,
      seen_ms: sql<string>`greatest(seen_ms, least(seen_ms + ${seen.seenMs}::bigint, ${most}))`,
      whole_ms: sql<string>`greatest(whole_ms, least(whole_ms + ${whole}::bigint, ${most}))`,
    })
    .where("id", "=", lookId)
    .where("person_id", "=", by.id)
    .where("opened_at", "is not", null)
    .returning("id")
    .executeTakeFirst();
  if (noted === undefined)
    throw new StationError("grant.expired", "Nothing was opened under this leave.", {
      remedy: "Open the file again from the page of the review.",
    });
}
