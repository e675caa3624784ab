import { assessReport } from "./assessment/index.ts";
import type { Station } from "./context.ts";
import { linkReport } from "./linking/index.ts";

/** A report behind the doors: linking first, then assessment, because what it is linked with can raise its urgency. */
export async function workUp(station: Station, { reportId }: { reportId: string }): Promise<void> {
  const touched = await linkReport(station, reportId);
  for (const id of [reportId, ...touched]) await assessReport(station, id);
}
