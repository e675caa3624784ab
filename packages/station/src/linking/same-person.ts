import type { Pool } from "pg";
import { sqlFile } from "../sql-file.ts";

const SAME_PERSON = sqlFile(import.meta.url, "./same-person.sql");

/**
 * The same for the one report `$1`, as a part of statements that ask for more. Of a list the planner does not know how long it is and
 * would make a new plan each time.
 */
export const SAME_PERSON_OF_ONE = SAME_PERSON.replace("unnest($1::uuid[])", "(values ($1::uuid))");

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
