import type { Pool } from "pg";
import { sqlFile } from "../sql-file.ts";

/** Takes the given ids as `$1::uuid[]`; also for statements that ask for more than the ids. */
export const SAME_PERSON = sqlFile(import.meta.url, "./same-person.sql");

/**
 * The reports of the same person as each given report, by strong links, without itself.
 * @returns a set for every id given
 */
export async function samePerson(
  pool: Pick<Pool, "query">,
  ids: readonly string[],
): Promise<Map<string, Set<string>>> {
  const found = new Map(ids.map((id) => [id, new Set<string>()]));
  if (ids.length === 0) return found;
  const { rows } = await pool.query<{ start: string; id: string }>(SAME_PERSON, [ids]);
  for (const row of rows) if (row.start !== row.id) found.get(row.start)?.add(row.id);
  return found;
}
