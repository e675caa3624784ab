import { runWithKills } from "../../src/demo/chaos.ts";
import type { PartOptions, PartResult } from "./part.ts";

const KILLS = 100;

/** Four stations from platform to force do the whole work while they and PostgreSQL are killed. */
export async function chain({ kills, reports, seed, say }: PartOptions): Promise<PartResult> {
  const progress = () => undefined;
  const result = await runWithKills({ kills: kills ?? KILLS, reports, seed, say, progress });
  const { held, seconds: _, ...figures } = result;
  return {
    held,
    figures,
    summary:
      `${result.kills} kills (${result.stationKills} of stations, ${result.postgresKills} of PostgreSQL): lost ${result.lost}, ` +
      `duplicated ${result.duplicated}, undelivered ${result.undelivered}, without outcome ${result.withoutOutcome}, ` +
      `audit ${result.auditVerified ? "verified" : "NOT verified"}.`,
  };
}
