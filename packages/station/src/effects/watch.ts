import type { Kysely } from "kysely";
import { addGatheringJob } from "../jobs.ts";
import type { Tables } from "../store/tables.ts";

/**
 * Sees to it that what stands still is looked at: at the time given, or earlier if something else asks for that.
 * @param at milliseconds since 1970
 */
export async function watchFrom(tx: Kysely<Tables>, at: number): Promise<void> {
  await addGatheringJob(tx, "watch-effects", {}, "all", at);
}
