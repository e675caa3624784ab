import type { Pool } from "pg";
import { sqlFile } from "../sql-file.ts";

const SAME_PERSON = sqlFile(import.meta.url, "./same-person.sql");

/** The same for the one report `$1`, as a part of statements that ask for more: `id` and `others`, or no row. */
export const SAME_PERSON_OF_ONE = SAME_PERSON.replace("any($1::uuid[])", "$1");

/**
 * How many other reports are the same person's as each given report: of its subjects, without itself.
 * @returns a number for every id given
 */
export async function samePerson(
  pool: Pick<Pool, "query">,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const found = new Map(ids.map((id) => [id, 0]));
  if (ids.length === 0) return found;
  const { rows } = await pool.query<{ id: string; others: number }>(SAME_PERSON, [ids]);
  for (const { id, others } of rows) found.set(id, others);
  return found;
}
