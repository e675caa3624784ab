import type { Event, Report } from "@fairlead/report";
import { type PlacedEvent, putUploadEvents } from "../sufficiency/group.ts";

/** An address that a report names, and whose it is. */
export interface HeldAddress {
  /** Key of the person whose event names it; '' for those of uploads. */
  person: string;
  /** Canonical. */
  address: string;
  /** Whether this report's own assessment compares it with the person's addresses in other reports. */
  compared: boolean;
}

/**
 * The addresses of a report, each once a person. Which of them one of another report of the same person may be mistyped of, a
 * station can look up without reading either report again.
 */
export function heldAddresses(report: Report): HeldAddress[] {
  const found = new Map<string, HeldAddress>();
  const add = (events: readonly Event[], person: string, compared: boolean): void => {
    for (const { ip } of events)
      if (ip?.address !== undefined)
        found.set(`${person} ${ip.address}`, { person, address: ip.address, compared });
  };
  for (const { key, role, events } of report.persons) add(events, key, role === "suspect");
  const uploads: PlacedEvent[] = [];
  putUploadEvents(uploads, report);
  add(
    uploads.map(({ event }) => event),
    "",
    true,
  );
  return [...found.values()];
}
