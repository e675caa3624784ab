import { endOfDay } from "@fairlead/assessment";
import { StationError } from "../errors.ts";

/** The last day on which something must be kept, as a person says it. */
export interface LastDay {
  day: string;
  zone: string;
}

/** A last day as it is stored. */
export interface SaidUntil {
  last_day: string | null;
  zone: string | null;
  until: string | null;
}

/** @throws StationError `request.invalid` for a day that is none, in a zone that nobody knows */
export function untilOf(said: LastDay | undefined): SaidUntil {
  if (said === undefined) return { last_day: null, zone: null, until: null };
  const until = endOfDay(said.day, said.zone);
  if (until === undefined)
    throw new StationError("request.invalid", "There is no such day in such a time zone.", {
      remedy: "Give the last day as in 2027-06-30, and a time zone such as Europe/London.",
      problems: [{ path: "/lastDay", message: "is no day of that zone" }],
    });
  return { last_day: said.day, zone: said.zone, until: new Date(until).toISOString() };
}
