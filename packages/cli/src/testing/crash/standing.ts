import { createHash } from "node:crypto";
import { openStream } from "@fairlead/sealing";
import type { Place } from "./place.ts";
import type { Sending, SentFile } from "./sending.ts";

/** What a station has of one sending: in how many reports it stands, and what is wrong with them. */
export interface Standing {
  readonly times: number;
  readonly broken: readonly string[];
}

/** The number of the last report that a station has taken in; a bigint as text. */
export async function lastNumber({ db }: Place): Promise<string> {
  const { rows } = await db.pool.query<{ last: string }>(
    "select coalesce(max(number), 0)::text as last from report",
  );
  return rows[0]?.last ?? "0";
}

/**
 * Looks past the station's own doors, into its database and its vault: every report that holds the sending's mark, whether all that
 * an acknowledgement promises is there, and whether the bytes are those that were sent.
 * @param since the last number before the sending
 */
export async function standingOf(place: Place, sending: Sending, since: string): Promise<Standing> {
  const { rows } = await place.db.pool.query<{ id: string; leaves: number; jobs: number }>(
    `select report.id,
        (select count(*)::integer from leaf where report_id = report.id and kind = 'report.accepted') as leaves,
        (select count(*)::integer from graphile_worker.jobs where key = 'work-up:' || report.id) as jobs
      from report where number > $1::bigint and content::text like $2`,
    [since, `%${sending.mark}%`],
  );
  const broken: string[] = [];
  for (const { id, leaves, jobs } of rows) {
    if (leaves !== 1) broken.push(`half: report ${id} has ${leaves} leaves`);
    if (jobs !== 1) broken.push(`half: report ${id} has ${jobs} jobs`);
    broken.push(...(await brokenFiles(place, sending, id)));
  }
  return { times: rows.length, broken };
}

async function brokenFiles(place: Place, sending: Sending, id: string): Promise<string[]> {
  const { rows } = await place.db.pool.query<{ object_name: string | null; known: boolean }>(
    `select object_name, vault_object.name is not null as known
      from evidence left join vault_object on vault_object.name = object_name
      where report_id = $1 order by position`,
    [id],
  );
  if (rows.length !== sending.files.length) return [`half: report ${id} has ${rows.length} files`];
  const broken: string[] = [];
  for (const [at, { object_name: object, known }] of rows.entries()) {
    const sent = sending.files[at];
    if (object === null || !known || sent === undefined)
      broken.push(`half: file ${at} of report ${id} is not in the vault`);
    else
      broken.push(
        ...(await brokenObject(place, object, sent)).map((how) => `half: file ${at} of report ${id} ${how}`),
      );
  }
  return broken;
}

async function brokenObject({ vault, keys }: Place, name: string, sent: SentFile): Promise<string[]> {
  const hash = createHash("sha256");
  try {
    for await (const part of openStream(vault.sealed(name), [keys.sealing.identity])) hash.update(part);
  } catch (error) {
    return [`cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
  return hash.digest("hex") === sent.sha256 ? [] : ["holds other bytes than were sent"];
}

/** Waits until the log's checkpoint covers every leaf, or the time is over. */
export async function isLogUpToDate({ db }: Place): Promise<boolean> {
  const { rows } = await db.pool.query<{ behind: boolean }>(
    `select exists (select from leaf where index is null
        or index >= (select coalesce(max(size), 0) from checkpoint)) as behind`,
  );
  return rows[0]?.behind === false;
}
