import { type Selectable, sql } from "kysely";
import { insertLeaves, newLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { confirmedColumns, noteFailure, noteRecovery, stepColumns } from "../effects/index.ts";
import { addJob } from "../jobs.ts";
import { keepingStarts } from "../keeping/index.ts";
import { findPeer, type Peer } from "../peers/index.ts";
import type { ReferralTable } from "../store/tables.ts";
import { tellIncomplete } from "../tasks/index.ts";
import { type Delivered, IN_OTHER_HANDS } from "./delivered.ts";
import { fileByUkDirect } from "../uk-direct/index.ts";
import { fileByCyberTipline } from "./file-tip.ts";
import { sealReferral, type SealedReferral } from "./seal.ts";
import { sendPackage } from "./send-package.ts";

type Referral = Selectable<ReferralTable>;

/** When to look again at what another worker has in hand. */
const LOOK_AGAIN_MS = 30_000;

/**
 * Takes a referral as far as it goes: sealed, sent, acknowledged. Every step is stored before the next one acts, so this
 * can be run again from any point; a peer that fails only costs time.
 */
export async function advanceReferral(
  station: Station,
  { referralId }: { referralId: string },
): Promise<void> {
  const referral = await readReferral(station, referralId);
  if (referral === undefined || !referral.open || referral.stage === "refused") return;
  try {
    const peer = await findPeer(station.db.kysely, referral.peer_id);
    const delivered = await deliver(station, referral, peer);
    if (delivered === IN_OTHER_HANDS) return await wake(station, referralId, station.clock() + LOOK_AGAIN_MS);
    if (delivered === undefined) return;
    // Before the proof is kept: once it is, nobody looks at this again.
    if (delivered.isComplete === false) await tellIncomplete(station, referral);
    await settle(station, referral, peer, delivered);
  } catch (error) {
    const failed = { kind: "refer", peerId: referral.peer_id, ids: [referralId] } as const;
    await noteFailure(station, failed, error, async (tx, moved) => {
      for (const { id, now } of moved)
        if (now.nextAt !== null) await addJob(tx, "advance-referral", { referralId: id }, id, now.nextAt);
    });
  }
}

async function readReferral(station: Station, id: string): Promise<Referral | undefined> {
  return await station.db.kysely.selectFrom("referral").selectAll().where("id", "=", id).executeTakeFirst();
}

async function wake({ db }: Station, referralId: string, at: number): Promise<void> {
  await addJob(db.kysely, "advance-referral", { referralId }, referralId, at);
}

/** By the peer's wire; `undefined` if the report is not sent after all. */
async function deliver(
  station: Station,
  referral: Referral,
  peer: Peer,
): Promise<Delivered | typeof IN_OTHER_HANDS | undefined> {
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
  // Sealed before, and taken up again by a person since: it stays the same package.
  const sealed =
    (referral.stage === "intended" ? null : (referral.journal as SealedReferral | null)) ??
    (await sealOnce(station, referral, peer));
  // The receiver knows the report by our id for it, which stands in the manifest.
  return { receipt: await sendPackage(station, peer, sealed), remoteReference: referral.report_id };
}

/** One package a referral: of two workers that seal at the same time, one's is kept and sent by both. */
async function sealOnce(station: Station, referral: Referral, peer: Peer): Promise<SealedReferral> {
  const sealed = (referral.journal as SealedReferral | null) ?? (await sealReferral(station, referral, peer));
  const { journal } = await station.db.kysely
    .updateTable("referral")
    .set({
      ...stepColumns("sent", 0, station.clock()),
      stage: sql`case when open and stage <> 'refused' then 'sent' else stage end`,
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
  const starts = keepingStarts(referral, peer, now);
  await station.db.kysely
    .with("changed", (db) =>
      db
        .updateTable("referral")
        .set({
          ...confirmedColumns(now),
          delivered_at: new Date(now).toISOString(),
          remote_reference: delivered.remoteReference,
          receipt: JSON.stringify(delivered.receipt),
          lease_until: null,
        })
        .where("id", "=", referral.id)
        .where("stage", "<>", "confirmed")
        .returning("id"),
    )
    .with("recorded", (db) => insertLeaves(db, [leaf], sql`exists (select from changed)`))
    .with("started", () => starts.events)
    .with("due", () => starts.due)
    .updateTable("peer")
    .set({ last_success_at: new Date(now).toISOString() })
    .where("id", "=", peer.id)
    .where(sql<boolean>`exists (select from changed)`)
    .execute();
  if (referral.attempts > 0)
    await noteRecovery(station.db.kysely, { kind: "refer", peerId: peer.id }, now, (id) =>
      wake(station, id, now),
    );
}
