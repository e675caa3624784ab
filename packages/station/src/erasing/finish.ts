import { createHash } from "node:crypto";
import { defaultKeepingLaws, keepingOf } from "@fairlead/assessment";
import { type Envelope, type ErasureCertificate, signErasureCertificate } from "@fairlead/sealing";
import { sql, type Kysely } from "kysely";
import { recordLeaf } from "../audit/index.ts";
import type { Station } from "../context.ts";
import { factsOf, lawsOf, readKeeping } from "../keeping/index.ts";
import { speaker } from "../referral/index.ts";
import type { Tables } from "../store/tables.ts";
import type { Gone } from "./gone.ts";

const iso = (ms: number) => new Date(ms).toISOString();

/** Destroys what is left of its objects, each on its own, so that a process that dies goes on where it was. */
export async function shredObjects({ db, vault, clock }: Station, number: string): Promise<void> {
  const left = await db.kysely
    .selectFrom("erasure_object")
    .innerJoin("erasure", "erasure.number", "erasure_object.erasure")
    .select("object_name")
    .where("erasure", "=", number)
    .where("stage", "=", "erasing")
    .where("shredded_at", "is", null)
    .orderBy("object_name")
    .execute();
  for (const { object_name: name } of left) {
    await vault.shred(name);
    await db.kysely
      .updateTable("erasure_object")
      .set({ shredded_at: iso(clock()) })
      .where("erasure", "=", number)
      .where("object_name", "=", name)
      .execute();
  }
}

/** Signs the certificate once nothing is left, with the leaf that commits to it, in one transaction. */
export async function certify(station: Station, number: string): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    const erasure = await tx
      .selectFrom("erasure")
      .selectAll()
      .where("number", "=", number)
      .where("stage", "=", "erasing")
      .forUpdate()
      .executeTakeFirst();
    if (erasure === undefined) return;
    const { rows } = await sql<{ left: number }>`select count(*)::integer as left from erasure_object
      where erasure = ${number}::bigint and shredded_at is null`.execute(tx);
    if (rows[0]?.left !== 0) throw new Error(`erasure ${number} still has objects to destroy`);
    await sql`delete from vault_object using erasure_object
      where erasure_object.erasure = ${number}::bigint and vault_object.name = erasure_object.object_name`.execute(
      tx,
    );
    const { report_id: reportId } = erasure;
    const gone = erasure.gone as Gone;
    const certificate: ErasureCertificate = {
      version: 1,
      number,
      station: speaker(station),
      report: gone.report,
      ...(await personsOf(tx, erasure)),
      duties: await dutiesOf(station, tx, reportId),
      began: new Date(erasure.began_at ?? now).toISOString(),
      erased: iso(now),
      objects: gone.objects,
      rows: gone.rows,
      leaves: gone.leaves,
      givenTo: await givenTo(tx, reportId),
    };
    const envelope = await signErasureCertificate(certificate, station.keys.signing);
    const leaf = await recordLeaf(tx, {
      kind: "report.erased",
      at: now,
      actor: "station",
      reportId,
      body: {
        erasure: number,
        certificateSha256: certificateDigest(envelope),
        skeletonSha256: gone.skeletonSha256,
      },
    });
    await tx
      .updateTable("erasure")
      .set({ stage: "erased", erased_at: iso(now), certificate: JSON.stringify(envelope), leaf })
      .where("number", "=", number)
      .execute();
  });
}

/** What the leaf commits to: SHA-256 of the signed bytes of the certificate. */
export function certificateDigest({ payload }: Pick<Envelope, "payload">): string {
  return createHash("sha256").update(Buffer.from(payload, "base64")).digest("hex");
}

async function personsOf(
  db: Kysely<Tables>,
  { decision, confirmed_by, confirmed_at }: { decision: string; confirmed_by: string; confirmed_at: string },
): Promise<Pick<ErasureCertificate, "decided" | "confirmed">> {
  const decided = await db
    .selectFrom("keeping_decision")
    .innerJoin("person", "person.id", "keeping_decision.decided_by")
    .select(["person.id", "person.name", "keeping_decision.decided_at"])
    .where("keeping_decision.id", "=", decision)
    .executeTakeFirstOrThrow();
  const { name } = await db
    .selectFrom("person")
    .select("name")
    .where("id", "=", confirmed_by)
    .executeTakeFirstOrThrow();
  return {
    decided: { id: decided.id, name: decided.name, at: iso(Date.parse(decided.decided_at)) },
    confirmed: { id: confirmed_by, name, at: iso(Date.parse(confirmed_at)) },
  };
}

async function dutiesOf(
  station: Station,
  db: Kysely<Tables>,
  reportId: string,
): Promise<ErasureCertificate["duties"]> {
  const { duties } = keepingOf(factsOf(await readKeeping(db, reportId)), lawsOf(station));
  return duties.flatMap(({ by, id, until, covers }) => {
    if (until === null || covers !== "content") return [];
    const law = by === "law" ? defaultKeepingLaws.find((each) => each.id === id) : undefined;
    return [
      { by, id, ...(law === undefined ? {} : { name: law.name, source: law.source }), until: iso(until) },
    ];
  });
}

async function givenTo(db: Kysely<Tables>, reportId: string): Promise<ErasureCertificate["givenTo"]> {
  const rows = await db
    .selectFrom("referral")
    .innerJoin("peer", "peer.id", "referral.peer_id")
    .select(["peer.id", "peer.name", "referral.delivered_at"])
    .where("referral.report_id", "=", reportId)
    .where("referral.delivered_at", "is not", null)
    .orderBy("referral.delivered_at")
    .execute();
  return rows.map(({ id, name, delivered_at: at }) => ({ station: id, name, at: iso(Date.parse(at ?? "")) }));
}
