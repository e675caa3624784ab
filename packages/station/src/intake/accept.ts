import { createHash } from "node:crypto";
import { canonicalJson, type Claim, type Report } from "@fairlead/report";
import { sql, type Transaction } from "kysely";
import { recordLeaf } from "../audit/index.ts";
import { addJob } from "../jobs.ts";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import type { VaultObject } from "../vault/index.ts";

/** A report that a door has parsed and validated. Nothing behind the doors knows which wire it came by. */
export interface Incoming {
  door: "report" | "cybertipline" | "package";
  /** Account name or peer id, and what they call the report: the pair is accepted once. */
  handedBy: string;
  handedReference: string;
  /** The peer that outcomes go back to. */
  returnTo: string | undefined;
  inboundPackage?: string;
  tipNumber?: string;
  report: Report;
  /** Claims that earlier stations made, with the peer that passed them on. */
  claims: readonly Claim[];
  fromPeer?: string;
  /** Where each piece of evidence lies; a piece without an entry was described but not sent. */
  objects: ReadonlyMap<string, VaultObject>;
  at: number;
}

export interface Accepted {
  id: string;
  number: string;
  contentSha256: string;
}

/**
 * Takes a report in: the report, its evidence, its jobs and its leaf in one transaction. The bytes were made durable before;
 * whoever calls this answers "accepted" only after the transaction has committed.
 */
export async function accept(tx: Transaction<Tables>, incoming: Incoming): Promise<Accepted> {
  const id = newId(incoming.at);
  const at = new Date(incoming.at).toISOString();
  const content = canonicalJson(incoming.report);
  const contentSha256 = contentDigest(incoming.report);
  const { number } = await tx
    .insertInto("report")
    .values({
      id,
      door: incoming.door,
      handed_by: incoming.handedBy,
      handed_reference: incoming.handedReference,
      return_to: incoming.returnTo ?? null,
      inbound_package: incoming.inboundPackage ?? null,
      tip_number: incoming.tipNumber ?? null,
      content,
      content_sha256: contentSha256,
      received_at: at,
      status: "new",
      tier: null,
      level: null,
      queue_key: null,
      assessed_at: null,
    })
    .returning("number")
    .executeTakeFirstOrThrow();
  await insertEvidence(tx, id, incoming);
  await insertClaims(tx, id, incoming);
  await recordLeaf(tx, {
    kind: "report.accepted",
    at: incoming.at,
    actor: incoming.door === "package" ? `peer:${incoming.handedBy}` : `sender:${incoming.handedBy}`,
    reportId: id,
    body: {
      number,
      door: incoming.door,
      reference: incoming.handedReference,
      contentSha256: contentSha256.toString("hex"),
      evidence: incoming.report.evidence.map((item) => {
        const object = incoming.objects.get(item.id);
        return {
          id: item.id,
          object: object?.name ?? null,
          ciphertextSha256: object?.sha256.toString("hex") ?? null,
        };
      }),
    },
  });
  await addJob(tx, "work-up", { reportId: id }, id);
  return { id, number, contentSha256: contentSha256.toString("hex") };
}

/** SHA-256 over the canonical form of a report: what its leaf commits to. */
export function contentDigest(report: Report): Buffer {
  return createHash("sha256").update(canonicalJson(report)).digest();
}

async function insertEvidence(tx: Transaction<Tables>, reportId: string, incoming: Incoming): Promise<void> {
  if (incoming.report.evidence.length === 0) return;
  await tx
    .insertInto("evidence")
    .values(
      incoming.report.evidence.map((item, position) => ({
        id: item.id,
        report_id: reportId,
        position,
        kind: item.kind,
        object_name: incoming.objects.get(item.id)?.name ?? null,
        size: item.received?.size ?? null,
        sha256: item.received === undefined ? null : Buffer.from(item.received.sha256, "hex"),
        md5: item.received === undefined ? null : Buffer.from(item.received.md5, "hex"),
        media_type: item.mediaType ?? null,
        name: item.name ?? null,
      })),
    )
    .execute();
}

async function insertClaims(tx: Transaction<Tables>, reportId: string, incoming: Incoming): Promise<void> {
  if (incoming.claims.length === 0) return;
  await tx
    .insertInto("claim")
    .values(
      incoming.claims.map((claim) => ({
        id: newId(incoming.at),
        report_id: reportId,
        about: JSON.stringify(claim.about),
        source: JSON.stringify(claim.source),
        states: JSON.stringify(claim.states),
        made_at: claim.madeAt ?? new Date(incoming.at).toISOString(),
        made_by: null,
        from_peer: incoming.fromPeer ?? null,
      })),
    )
    .execute();
}

/**
 * The report that this sender has already handed us under this reference, if there is one. Until the transaction ends nobody else
 * can take the same pair in: of two that are sent at once the second waits here and then finds the first.
 */
export async function alreadyAccepted(
  tx: Transaction<Tables>,
  handedBy: string,
  handedReference: string,
): Promise<Accepted | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${JSON.stringify([handedBy, handedReference])}, 0))`.execute(
    tx,
  );
  const row = await tx
    .selectFrom("report")
    .select(["id", "number", "content_sha256"])
    .where("handed_by", "=", handedBy)
    .where("handed_reference", "=", handedReference)
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : { id: row.id, number: row.number, contentSha256: row.content_sha256.toString("hex") };
}
