import { addPerson } from "../access/index.ts";
import { decideReferral, packageBytes } from "../referral/index.ts";
import type { SealedReferral } from "../referral/seal.ts";
import { sealReferral } from "../referral/seal.ts";
import { findPeer } from "../peers/index.ts";
import type { TestStation } from "./station.ts";

/** A person's decision to refer a report, without the desk. */
export async function referred(at: TestStation, reportId: string, peer: string): Promise<string> {
  const by = await addPerson(at.station.db.kysely, "Test lead", "lead", Date.now());
  return await decideReferral(at.station, reportId, { peer, reason: "A case for this peer." }, by);
}

/** What a station would send for a referral. */
export async function sealedFor(at: TestStation, referralId: string): Promise<SealedReferral> {
  const row = await at.station.db.kysely
    .selectFrom("referral")
    .selectAll()
    .where("id", "=", referralId)
    .executeTakeFirstOrThrow();
  return await sealReferral(at.station, row, await findPeer(at.station.db.kysely, row.peer_id));
}

/** A sealed package whole. */
export async function bytesOf(at: TestStation, sealed: SealedReferral): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  for await (const part of packageBytes(at.station, sealed)) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}
