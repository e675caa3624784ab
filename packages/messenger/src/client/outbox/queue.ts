import type { Work } from "../model/work.ts";
import { outboxKey } from "../store/keys.ts";
import type { OutboxRecord } from "../store/records.ts";

/** Puts something behind everything that waits; it goes out as soon as the hub can be reached, also after a restart. */
export async function enqueue(work: Work, item: OutboxRecord): Promise<void> {
  const [last] = await work.list("outbox", { limit: 1, backwards: true });
  work.put("outbox", outboxKey(last === undefined ? 1 : Number(last.key) + 1), item);
}
