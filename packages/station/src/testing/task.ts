import type { Station } from "../context.ts";

/** The id of somebody of this role. */
export async function somebody({ db }: Station, role: string): Promise<string> {
  const row = await db.kysely
    .selectFrom("person")
    .select("id")
    .where("role", "=", role)
    .limit(1)
    .executeTakeFirstOrThrow();
  return row.id;
}

/**
 * A task about a report, without the clock and the peer that make one.
 * @param isOver nothing of it is left to do; otherwise the referral to agency-one was refused
 */
export async function taskAbout(station: Station, reportId: string, isOver: boolean): Promise<string> {
  const { pool } = station.db;
  const person = await somebody(station, "lead");
  const { rows: referrals } = await pool.query<{ id: string }>(
    `insert into referral (id, report_id, peer_id, reason, decided_by, decided_at, as_of, moved_at, stage, trouble)
     values (gen_random_uuid(), $1, 'agency-one', 'Theirs.', $2, now(), now(), now(), $3, $4) returning id`,
    [reportId, person, isOver ? "confirmed" : "refused", isOver ? null : "refused"],
  );
  const cause = `${isOver ? "incomplete" : "effect"}:${referrals[0]?.id}`;
  const { rows } = await pool.query<{ id: string }>(
    `insert into task (id, cause, kind, what, peer_id, report_id, opened_at, alarm)
     values (gen_random_uuid(), $1, 'refer', $2, 'agency-one', $3, now(), 1) returning id`,
    [cause, isOver ? "incomplete" : "refused", reportId],
  );
  return rows[0]?.id ?? "";
}

/** A field that this sender has begun to leave empty, as a station finds it. @returns its id */
export async function burstAbout(station: Station, reportId: string, sender: string): Promise<string> {
  const { pool } = station.db;
  await pool.query("update format_burst set recovered_at = now() where sender = $1", [sender]);
  const { rows } = await pool.query<{ id: string }>(
    `insert into format_burst
       (id, sender, name, field, before_count, before_of, now_count, now_of, began_at, report_id, opened_at)
     values (gen_random_uuid(), $1, 'Example Chat', 'event-port', 190, 200, 0, 20, now(), $2, now()) returning id`,
    [sender, reportId],
  );
  return rows[0]?.id ?? "";
}
