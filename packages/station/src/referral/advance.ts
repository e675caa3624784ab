import { sql, type Selectable } from "kysely";
import { insertLeaves, newLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { addJob } from "../jobs.ts";
import { findPeer, notePeer, retryDelayMs, type Peer } from "../peers/index.ts";
import type { ReferralTable } from "../store/tables.ts";
import { fileByUkDirect } from "../uk-direct/index.ts";
import { fileByCyberTipline } from "./file-tip.ts";
import { sealReferral, type SealedReferral } from "./seal.ts";
import { sendPackage } from "./send-package.ts";

type Referral = Selectable<ReferralTable>;

/** What a delivery yields: what the receiver calls the report, and its proof. */
export interface Delivered {
  remoteReference: string;
  receipt: object;
}

/**
 * Takes a referral as far as it goes: sealed, sent, acknowledged. Every step is stored before the next one acts, so this
 * can be run again from any point; a peer that fails only costs time.
 */
export async function advanceReferral(
  station: Station,
  { referralId }: { referralId: string },
): Promise<void> {
  const referral = await readReferral(station, referralId);
  if (referral === undefined || referral.state === "delivered" || referral.state === "failed") return;
  try {
    const peer = await findPeer(station.db.kysely, referral.peer_id);
    const delivered = await deliver(station, referral, peer);
    if (delivered !== undefined) await settle(station, referral, peer, delivered);
  } catch (error) {
    if (!(error instanceof StationError) || !error.code.startsWith("peer.")) throw error;
    await postpone(station, referral, error);
  }
}

async function readReferral(station: Station, id: string): Promise<Referral | undefined> {
  return await station.db.kysely.selectFrom("referral").selectAll().where("id", "=", id).executeTakeFirst();
}

/** By the peer's wire; `undefined` if the report is not sent after all. */
async function deliver(station: Station, referral: Referral, peer: Peer): Promise<Delivered | undefined> {
  switch (peer.wire) {
    case "cybertipline":
      return await fileByCyberTipline(station, referral, peer);
    case "uk-direct":
      return await fileByUkDirect(station, referral, peer);
    case "package":
      return await deliverPackage(station, referral, peer);
  }
}

async function deliverPackage(station: Station, referral: Referral, peer: Peer): Promise<Delivered> {
  const sealed = (referral.journal as SealedReferral | null) ?? (await sealOnce(station, referral, peer));
  // The receiver knows the report by our id for it, which stands in the manifest.
  return { receipt: await sendPackage(station, peer, sealed), remoteReference: referral.report_id };
}

/** One package a referral: of two workers that seal at the same time, one's is kept and sent by both. */
async function sealOnce(station: Station, referral: Referral, peer: Peer): Promise<SealedReferral> {
  const sealed = await sealReferral(station, referral, peer);
  const { journal } = await station.db.kysely
    .updateTable("referral")
    .set({
      state: sql`case when state = 'delivered' then state else 'sending' end`,
      journal: sql`coalesce(journal, ${JSON.stringify(sealed)}::jsonb)`,
    })
    .where("id", "=", referral.id)
    .returning("journal")
    .executeTakeFirstOrThrow();
  return journal as unknown as SealedReferral;
}

async function settle(station: Station, referral: Referral, peer: Peer, delivered: Delivered): Promise<void> {
  const now = station.clock();
  const leaf = newLeaf({
    kind: "referral.delivered",
    at: now,
    actor: "station",
    reportId: referral.report_id,
    body: { referral: referral.id, peer: peer.id, remoteReference: delivered.remoteReference },
  });
  await station.db.kysely
    .with("changed", (db) =>
      db
        .updateTable("referral")
        .set({
          state: "delivered",
          delivered_at: new Date(now).toISOString(),
          remote_reference: delivered.remoteReference,
          receipt: JSON.stringify(delivered.receipt),
          last_error: null,
          next_attempt_at: null,
          lease_until: null,
        })
        .where("id", "=", referral.id)
        .where("state", "<>", "delivered")
        .returning("id"),
    )
    .with("recorded", (db) => insertLeaves(db, [leaf], sql`exists (select from changed)`))
    .updateTable("peer")
    .set({ last_success_at: new Date(now).toISOString() })
    .where("id", "=", peer.id)
    .where(sql<boolean>`exists (select from changed)`)
    .execute();
}

/** Terminal refusals are kept for a person; everything else is tried again for ever. */
async function postpone(station: Station, referral: Referral, error: StationError): Promise<void> {
  const now = station.clock();
  const next = now + retryDelayMs(referral.attempts + 1);
  station.log.warn({ peer: referral.peer_id, code: error.code }, "referral.not-delivered");
  await station.db.transaction(async (tx) => {
    const open = await tx
      .updateTable("referral")
      .set({
        attempts: sql`attempts + 1`,
        last_error: error.message,
        next_attempt_at: new Date(next).toISOString(),
      })
      .where("id", "=", referral.id)
      // Another worker may have delivered it meanwhile: then there is nothing to try again.
      .where("state", "<>", "delivered")
      .returning("id")
      .executeTakeFirst();
    if (open === undefined) return;
    await notePeer(tx, referral.peer_id, now, error.message);
    await addJob(tx, "advance-referral", { referralId: referral.id }, referral.id, next);
  });
}
