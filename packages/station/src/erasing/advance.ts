import type { Station } from "../context.ts";
import { addJob } from "../jobs.ts";
import { beginErasing } from "./begin.ts";
import { certify, shredObjects } from "./finish.ts";

/**
 * Takes an erasure on from wherever it is, to its end: begin (the one step without a way back), destroy each object, certify. Every step is
 * on disk before the next, and can be done again by whoever takes the job over.
 */
export async function eraseReport(station: Station, { number }: { number: string }): Promise<void> {
  await beginErasing(station, number);
  await shredObjects(station, number);
  await certify(station, number);
}

/** At a station's start: erasures that were not carried to their end, should their job have been lost with an older database. */
export async function wakeErasures(station: Station): Promise<void> {
  const rows = await station.db.kysely
    .selectFrom("erasure")
    .select("number")
    .where("stage", "in", ["confirmed", "erasing"])
    .orderBy("number")
    .execute();
  for (const { number } of rows) await addJob(station.db.kysely, "erase-report", { number }, number);
}
