import { createHash, randomBytes } from "node:crypto";
import type { Station } from "../context.ts";
import { openMatter } from "../media/keep-post.ts";
import { newId } from "../store/index.ts";
import { recordObjects } from "../vault/index.ts";
import { mediaPost } from "./media.ts";

/**
 * A posted file that waits, in the hands of a person of this role who has leave to look at it (and has seen it, where that is asked for), and a
 * report of posted files that nobody has filed.
 */
export async function postedFile(
  station: Station,
  { reportId, role, isSeen }: { reportId: string; role: string; isSeen: boolean },
): Promise<{ sha256: string; look: string }> {
  const { pool } = station.db;
  const now = station.clock();
  const bytes = randomBytes(64);
  const sha256 = createHash("sha256").update(bytes).digest();
  const { object } = await station.vault.seal(once(bytes));
  await pool.query(
    `insert into bank (id, name, source, trust, enabled, threshold, quality, semantics, made_at)
     values ('kites', 'Kites', 'Example Kite Society', 'vetted', true, 31, 50, 'pdq/full', now()) on conflict do nothing`,
  );
  const { rows } = await pool.query<{ id: string }>(
    "select id from person where name = $1 order by created_at desc, id desc limit 1",
    [`Test ${role}`],
  );
  const holder = rows[0]?.id;
  await pool.query(
    `insert into media_file (sha256, size, sha1, md5, format, first_at, state, leased_by, leased_until, shown_to, shown_at)
     values ($1, 64, $2, $3, 'png', now(), 'waiting', $4, now() + interval '1 hour', case when $5 then $4::uuid end, case when $5 then now() end)`,
    [sha256, sha256.subarray(0, 20), sha256.subarray(0, 16), holder, isSeen],
  );
  await station.db.transaction(async (tx) => {
    const [{ username } = { username: "" }] = await tx
      .selectFrom("sender_account")
      .select("username")
      .limit(1)
      .execute();
    const incident = await openMatter(tx, username, `account:${sha256.toString("hex")}`, now);
    const reported = await openMatter(tx, username, `reported:${sha256.toString("hex")}`, now);
    await tx
      .updateTable("media_incident")
      .set({ report_id: reportId, ended_at: new Date(now).toISOString() })
      .where("id", "=", reported)
      .execute();
    await recordObjects(tx, [object], now).execute();
    await tx
      .insertInto("media_post")
      .values({
        id: newId(now),
        account: username,
        reference: sha256.toString("hex"),
        digest: sha256,
        answer: "{}",
        at: new Date(now).toISOString(),
        sha256,
        context: JSON.stringify(mediaPost()),
        object_name: object.name,
        incident_id: incident,
      })
      .execute();
  });
  const look = newId(now);
  await pool.query(
    `insert into media_look (id, sha256, person_id, granted_at, expires_at, opened_at)
     values ($1, $2, $3, now(), now() + interval '10 minutes', now())`,
    [look, sha256, holder],
  );
  return { sha256: sha256.toString("hex"), look };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
