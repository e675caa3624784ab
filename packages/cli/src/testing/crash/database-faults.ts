import { wholeReport } from "./kill-points.ts";
import { DATABASE_FAULTS, type DatabaseRelay } from "./database-relay.ts";
import type { Target } from "./target.ts";
import type { Trouble } from "./trouble.ts";

/** A few more than one report makes: what is done again after a fault is hit too. */
const AND_AFTER = 3;

/** Each call to the database that a station makes for one report, up to the checkpoint that covers it, failed in each way. */
export async function databaseFaults(target: Target, relay: DatabaseRelay): Promise<Trouble[]> {
  for (let warm = 0; warm < 2; warm += 1) await wholeReport(target);
  const end = relay.watch();
  await wholeReport(target);
  const { calls } = end();
  return Array.from({ length: calls.length + AND_AFTER }, (_, at) => at + 1).flatMap((n) =>
    DATABASE_FAULTS.map((how) => ({
      name: `${how}:${n} (${calls[n - 1] ?? "after the last"})`,
      lasts: false,
      begin: async () => {
        const over = relay.watch({ n, how });
        return async () => over().met;
      },
    })),
  );
}
