import type { Principal } from "../access/index.ts";
import type { Station } from "../context.ts";
import type { OutcomeStatement } from "../desk-api/contract.ts";
import { newId } from "../store/index.ts";
import { saveOutcomes } from "./record.ts";

/** Records what came of a report, as a person here says it. */
export async function recordOutcome(
  station: Station,
  reportId: string,
  statement: OutcomeStatement,
  by: Principal,
): Promise<string> {
  const now = station.clock();
  const id = newId(now);
  const { id: stationId, name } = station.config.station;
  await station.db.transaction(async (tx) => {
    const outcome = { id, reportId, statement, recordedAt: now, origin: { station: stationId, name } };
    await saveOutcomes(tx, [outcome], { person: by.id }, now);
  });
  return id;
}
