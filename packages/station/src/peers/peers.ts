import type { Kysely, Selectable } from "kysely";
import type { PeerConfig } from "../config.ts";
import { StationError } from "../errors.ts";
import type { PeerTable, Tables } from "../store/tables.ts";

export type Peer = Selectable<PeerTable>;
const iso = (ms: number) => new Date(ms).toISOString();

/** Brings the peers of the configuration into the database. A peer that is no longer configured is ended, never deleted. */
export async function syncPeers(
  db: Kysely<Tables>,
  peers: readonly PeerConfig[],
  now: number,
): Promise<void> {
  for (const peer of peers) {
    const values = {
      name: peer.name,
      url: peer.url.replace(/\/+$/, ""),
      verify_key: peer.verifyKey,
      recipient: peer.recipient,
      wire: peer.wire,
      agencies: peer.agencies,
      countries: peer.countries,
      cybertipline:
        peer.cybertipline === undefined
          ? null
          : JSON.stringify({
              base: peer.cybertipline.base,
              username: peer.cybertipline.username,
              environment: peer.cybertipline.environment,
            }),
      valid_to: null,
    };
    await db
      .insertInto("peer")
      .values({
        id: peer.id,
        ...values,
        valid_from: iso(now),
        last_success_at: null,
        last_failure_at: null,
        last_failure: null,
      })
      .onConflict((conflict) => conflict.column("id").doUpdateSet(values))
      .execute();
  }
  const ids = peers.map((peer) => peer.id as string);
  let ended = db
    .updateTable("peer")
    .set({ valid_to: iso(now) })
    .where("valid_to", "is", null);
  if (ids.length > 0) ended = ended.where("id", "not in", ids);
  await ended.execute();
}

/** @throws StationError `peer.unknown` */
export async function findPeer(db: Kysely<Tables>, id: string): Promise<Peer> {
  const peer = await db
    .selectFrom("peer")
    .selectAll()
    .where("id", "=", id)
    .where("valid_to", "is", null)
    .executeTakeFirst();
  if (peer !== undefined) return peer;
  throw new StationError("peer.unknown", `This station knows no peer called ${id}.`, {
    remedy: "Exchange station cards and add the peer to the configuration.",
  });
}

/** What the desk shows about a peer that is down, slow or answers rubbish. */
export async function notePeer(db: Kysely<Tables>, id: string, now: number, failure?: string): Promise<void> {
  const change =
    failure === undefined
      ? { last_success_at: iso(now) }
      : { last_failure_at: iso(now), last_failure: failure.slice(0, 500) };
  await db.updateTable("peer").set(change).where("id", "=", id).execute();
}

/** Work that has not reached each peer, with the time of the oldest. */
export async function waitingFor(
  db: Kysely<Tables>,
): Promise<Map<string, { waiting: number; oldest: string }>> {
  const rows = await db
    .selectFrom("referral")
    .select((eb) => ["peer_id", eb.fn.countAll<string>().as("waiting"), eb.fn.min("decided_at").as("oldest")])
    .where("open", "=", true)
    .groupBy("peer_id")
    .unionAll(
      db
        .selectFrom("outcome_return")
        .innerJoin("outcome", (join) =>
          join
            .onRef("outcome.report_id", "=", "outcome_return.report_id")
            .onRef("outcome.id", "=", "outcome_return.outcome_id"),
        )
        .select((eb) => [
          "outcome_return.peer_id",
          eb.fn.countAll<string>().as("waiting"),
          eb.fn.min("outcome.recorded_at").as("oldest"),
        ])
        .where("outcome_return.open", "=", true)
        .groupBy("outcome_return.peer_id"),
    )
    .execute();
  const found = new Map<string, { waiting: number; oldest: string }>();
  for (const row of rows) {
    const earlier = found.get(row.peer_id);
    found.set(row.peer_id, {
      waiting: Number(row.waiting) + (earlier?.waiting ?? 0),
      oldest: earlier !== undefined && earlier.oldest < row.oldest ? earlier.oldest : row.oldest,
    });
  }
  return found;
}
