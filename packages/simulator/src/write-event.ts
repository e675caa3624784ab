import type { Event } from "@fairlead/report";
import { where, type SenderClock } from "./clock.ts";
import type { DraftEvent } from "./draft.ts";

/** An event as its sender states it. */
export function writeEvent(event: DraftEvent, clock: SenderClock): Event {
  return {
    kind: event.kind,
    ...where("moment", clock.state(event.at, event.kind)),
    ip: { raw: event.address, address: event.address },
    ...where("port", event.port ?? undefined),
    // Senders that write ports down also know which networks hide people.
    ...where("possibleProxy", event.network === "vpn" && event.port !== null ? true : undefined),
  };
}
