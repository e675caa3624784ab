import { caseOf, nextRequest, type SuggestedRequest } from "@fairlead/assessment";
import { groundOf } from "../assessment/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";

/**
 * What could be asked now to raise a report's level, the best question first, by the report and everything that stands beside it.
 * @throws StationError `not-found`
 */
export async function proposals(station: Station, reportId: string): Promise<SuggestedRequest[]> {
  const ground = await groundOf(station, reportId);
  if (ground === undefined)
    throw new StationError("not-found", "This station has no such report.", {
      remedy: "Go back to the queue.",
    });
  const { report, claims, context } = ground;
  const { request, alternatives } = nextRequest(
    caseOf(report, claims, context, station.rules, station.clock()),
  );
  return [...(request === undefined ? [] : [request]), ...alternatives];
}
