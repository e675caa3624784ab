import { wholeReport } from "./kill-points.ts";
import { DATABASE_FAULTS, type DatabaseRelay } from "./database-relay.ts";
import type { Target } from "./target.ts";
import type { Trouble } from "./trouble.ts";

/** Each call to the database that a station makes for one report, up to the checkpoint that covers it, failed in each way. */
export async function databaseFaults(target: Target, relay: DatabaseRelay): Promise<Trouble[]> {
  for (let warm = 0; warm < 2; warm += 1) await wholeReport(target);
  const end = relay.watch();
  await wholeReport(target);
  const { calls } = end();
  return calls.flatMap((call, at) => {
    // Counted among calls of its own kind: what the station does beside the report moves the others.
    const n = calls.slice(0, at + 1).filter((one) => one === call).length;
    return DATABASE_FAULTS.map((how) => ({
      name: `${how} ${n}: ${call}`,
      lasts: false,
      begin: async () => {
        const over = relay.watch({ call, n, how });
        return async () => over().met;
      },
    }));
  });
}
