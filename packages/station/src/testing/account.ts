import { randomUUID } from "node:crypto";
import type { Station } from "../context.ts";

/** An account of the chats that waits for a person's look and that nobody has decided about. @returns its handle */
export async function accountThatWaits(station: Station): Promise<string> {
  const account = `account-${randomUUID().slice(0, 8)}`;
  await station.db.pool.query(
    "insert into chat_account (handle, name, created_at) values ($1, 'Somebody', now())",
    [account],
  );
  await station.db.pool.query(
    `insert into safety_action (id, account, action, rules_version, signals, signal_at, began_at, ends_at)
     select gen_random_uuid(), $1, action, '1', '[]', now(), now(), now() + interval '14 days'
     from unnest(array['friction', 'review', 'hide']) action`,
    [account],
  );
  return account;
}
