import { joinArrivals } from "./arrivals/index.ts";
import { assessNeighbours, assessReport } from "./assessment/index.ts";
import type { Station } from "./context.ts";
import { linkReport } from "./linking/index.ts";
import { scoreLater } from "./senders/index.ts";

/**
 * A report behind the doors: which arrivals it is one with, so that nobody works it twice; then linking, then assessment, because what it is linked with can raise its urgency; then those of
 * its neighbours that it can raise. The five hundredth report of a person costs what the second did.
 */
export async function workUp(station: Station, { reportId }: { reportId: string }): Promise<void> {
  await joinArrivals(station, reportId);
  await linkReport(station, reportId);
  await assessReport(station, reportId);
  await assessNeighbours(station, [reportId]);
  await scoreLater(station.db.kysely, [reportId]);
}
