import type { Context } from "../context.ts";
import type { Work } from "../model/work.ts";
import { enqueue } from "../outbox/queue.ts";
import type { RoomRecord } from "../store/records.ts";

/** One message in so many is checked with the hub, besides the first of each room (e2ee.md 7.2, FrankAudit). */
const SAMPLE = 100;

/** Asks the hub later whether its mark on this message is genuine, if it is this message's turn. The room as it is then. */
export async function queueAudit(
  { crypto }: Pick<Context, "crypto">,
  work: Work,
  room: RoomRecord,
  line: string,
): Promise<RoomRecord> {
  const [high = 0, low = 0] = crypto.random(2);
  const isSampled = (high * 256 + low) % SAMPLE === 0;
  if (room.audited && !isSampled) return room;
  await enqueue(work, { kind: "audit", id: `audit/${line}`, roomId: room.id, line });
  return { ...room, audited: true };
}
