import { sql } from "kysely";
import type { Station } from "../context.ts";
import { repeatedly } from "../repeatedly.ts";

const EVERY_MS = 60_000;
/** So long a post that matched nothing is answered as before when it is sent again; then nothing of it is left. */
const ANSWERS_DAYS = 30;
const AT_ONCE = 5000;

/** Forgets the answers to posts that matched nothing, which are nearly all of them. */
export function startMediaSweep(station: Station): AsyncDisposable {
  return repeatedly(station, "media sweep", EVERY_MS, sweepAnswers);
}

/** @returns when none that is due is left */
export async function sweepAnswers(station: Station): Promise<void> {
  const before = new Date(station.clock() - ANSWERS_DAYS * 86_400_000).toISOString();
  for (;;) {
    const { numAffectedRows } = await sql`delete from media_post where id in (
        select id from media_post where sha256 is null and at < ${before}::timestamptz order by at limit ${AT_ONCE}
      )`.execute(station.db.kysely);
    if ((numAffectedRows ?? 0n) < BigInt(AT_ONCE)) return;
  }
}
