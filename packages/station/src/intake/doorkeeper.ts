import type { Station } from "../context.ts";
import { type Admission, type Leave, openAdmission } from "./admission.ts";
import { type CallCounts, openCallCounts } from "./call-counts.ts";
import { openQuotas } from "./quota.ts";
import { openTurnstile } from "./turnstile.ts";

/** Who decides, before a byte of a call's body is read, whether the station works on it now. One for all doors of a process. */
export interface Doorkeeper {
  /** A call that begins a report: counted against the sender's quota, then as `enter`. */
  enterWithReport(sender: string): Promise<Leave>;
  /** What comes of the calls that were let in. */
  counts: CallCounts;
  /** @throws StationError `rate.limited`, `intake.busy` */
  enter: Admission["enter"];
  /** Waits until this piece of long work may go on: those of all doors go on one after the other, and everybody else in between. */
  turn(): Promise<void>;
}

export function openDoorkeeper(station: Station): Doorkeeper {
  const admission = openAdmission(() => performance.now());
  const quotas = openQuotas(station.config.senders, station.clock);
  return {
    counts: openCallCounts(),
    async enterWithReport(sender) {
      quotas.count(sender);
      return await admission.enter(sender);
    },
    enter: async (sender) => await admission.enter(sender),
    turn: openTurnstile(),
  };
}
