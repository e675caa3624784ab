import { EXPIRY_ALARM_DAYS } from "@fairlead/assessment";
import type { Station } from "../context.ts";
import { sqlFile } from "../sql-file.ts";

const ENDING = sqlFile(import.meta.url, "./ending.sql");
const DAY_MS = 86_400_000;

/** What ends in one week and waits for a decision. */
export interface EndingWeek {
  /** Its Monday, `YYYY-MM-DD`. */
  week: string;
  /** The first end in it, milliseconds since 1970. */
  first: number;
  /** The report that ends first. */
  reportId: string;
}

/** The weeks in which something ends that a person must decide about by now, what is overdue among them. */
export async function endingWeeks({ db }: Station, now: number): Promise<EndingWeek[]> {
  const { rows } = await db.pool.query<{ week: string; first: string; report_id: string }>(ENDING, [
    new Date(now + EXPIRY_ALARM_DAYS[0] * DAY_MS).toISOString(),
  ]);
  return rows.map(({ week, first, report_id }) => ({ week, first: Date.parse(first), reportId: report_id }));
}
