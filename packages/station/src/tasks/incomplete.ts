import type { Station } from "../context.ts";
import { openTask } from "./open.ts";

/** Tells a person that what has arrived is not all that was to be sent, and cannot be changed any more. */
export async function tellIncomplete(
  station: Station,
  referral: { id: string; report_id: string; peer_id: string; decided_by: string },
): Promise<void> {
  const now = station.clock();
  const cause = {
    key: `incomplete:${referral.id}`,
    since: now,
    forPerson: true,
    kind: "refer",
    what: "incomplete",
    peerId: referral.peer_id,
    reportId: referral.report_id,
    decidedBy: referral.decided_by,
  } as const;
  await station.db.transaction((tx) => openTask(station, tx, cause, 1, now));
}
