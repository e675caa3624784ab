import { overdueReviews } from "@fairlead/assessment";
import type { Station } from "./context.ts";
import type { HealthView } from "./desk-api/contract.ts";
import { openPackagedTables } from "./linking/index.ts";
import { healthOf } from "./paging/index.ts";
import { readRules } from "./rules/index.ts";
import { sqlFile } from "./sql-file.ts";

const HEALTH = sqlFile(import.meta.url, "./operator-health.sql");

/** What an operator has to know of a station that runs, beside what its people see at the desk. */
export interface OperatorHealth {
  /** As the desk shows it. */
  desk: HealthView;
  /** Processes that do the station's work. */
  workers: number;
  /** Jobs that are due and that nobody has in hand, and since when the oldest is (UTC, ISO 8601). */
  due: number;
  oldestDue?: string;
  /** Jobs that failed more than three times, and what one of them said last. */
  failing: number;
  lastError?: string;
  /** Parts of the rules whose review date has passed. */
  overdueReviews: string[];
  /** Days since the older of the packaged network tables was made, if the station uses them. */
  tablesAgeDays?: number;
}

interface Row {
  oldest_due: string | null;
  due: number;
  failing: number;
  last_error: string | null;
  workers: number;
}

/** Reads it from the station's database and its files; changes nothing. */
export async function operatorHealth(
  station: Pick<Station, "config" | "db" | "clock">,
): Promise<OperatorHealth> {
  const now = station.clock();
  const [{ rows }, desk, rules] = await Promise.all([
    station.db.pool.query<Row>(HEALTH, [new Date(now).toISOString()]),
    healthOf(station),
    readRules(station.config.rules),
  ]);
  const [row] = rows;
  if (row === undefined) throw new Error("a statement without a from has one row");
  const { oldest_due: oldestDue, last_error: lastError } = row;
  return {
    desk,
    workers: row.workers,
    due: row.due,
    ...(oldestDue === null ? {} : { oldestDue: new Date(oldestDue).toISOString() }),
    failing: row.failing,
    ...(lastError === null ? {} : { lastError }),
    overdueReviews: overdueReviews(rules, now),
    ...(station.config.networks.tables === "packaged" ? { tablesAgeDays: await ageOfTables(now) } : {}),
  };
}

const DAY_MS = 86_400_000;

async function ageOfTables(now: number): Promise<number> {
  const { countries, systems } = await openPackagedTables();
  const made = [
    ...(countries === undefined ? [] : [countries.builtAt * 1000]),
    ...(systems === undefined ? [] : [Date.parse(systems.day)]),
  ];
  return Math.floor((now - Math.min(...made)) / DAY_MS);
}
