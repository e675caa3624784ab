import { sql } from "kysely";
import type { Station } from "../context.ts";
import { addJob } from "../jobs.ts";
import { pinnedProviders } from "./read.ts";

/**
 * Has proofs checked again whose provider was unknown when they came and is pinned now. Runs at every start: a provider is pinned by
 * a changed configuration, and that is read once.
 */
export async function recheckProofs(station: Station): Promise<void> {
  const keyIds = pinnedProviders(station.config).flatMap(({ keys }) => keys.map(({ keyId }) => keyId));
  if (keyIds.length === 0) return;
  const reports = await station.db.kysely
    .selectFrom("proof")
    .select("report_id")
    .distinct()
    .where("state", "=", "unknown-provider")
    .where("code", "=", "key-not-pinned")
    .where(sql<boolean>`key_ids && ${keyIds}::text[]`)
    .execute();
  for (const { report_id: reportId } of reports)
    await addJob(station.db.kysely, "check-proofs", { reportId }, reportId);
}
