import type { Kysely } from "kysely";
import { addGatheringJob } from "../jobs.ts";
import type { Tables } from "../store/tables.ts";

/**
 * How long an outcome waits for others to the same peer, so that a steady stream makes one message a second and not one each:
 * a message costs both stations a request, two signatures and two transactions, whatever it carries. For the same reason a
 * peer that is down is not asked more often. Nobody at a desk notices a second.
 */
export const COMPANY_MS = 1000;

/**
 * Sees to it that what is due to a peer is sent: at the time given, but never within the next second. What waits for an
 * earlier time stays there, so that a late retry holds no fresh outcome back.
 * @param now milliseconds since 1970, as `due`
 */
export async function wakeReturns(
  tx: Kysely<Tables>,
  peerId: string,
  now: number,
  due: number = now,
): Promise<void> {
  await addGatheringJob(tx, "return-outcomes", { peerId }, peerId, Math.max(due, now + COMPANY_MS));
}
