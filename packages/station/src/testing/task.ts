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
