import type { Kysely } from "kysely";
import { addGatheringJob } from "../jobs.ts";
import type { Tables } from "../store/tables.ts";

/**
 * How long an interest waits for others to the same peer: a query costs one of forty a day whatever it carries, and two seconds of
 * reports that are worked up together fit into one.
 */
const COMPANY_MS = 2000;

/** Sees to it that a peer is asked: at the time given, never within the next two seconds. @param now milliseconds since 1970, as `due` */
export async function wakeAsking(
  tx: Kysely<Tables>,
  peerId: string,
  now: number,
  due: number = now,
): Promise<void> {
  await addGatheringJob(tx, "ask-peer", { peerId }, peerId, Math.max(due, now + COMPANY_MS));
}
