import { createHash } from "node:crypto";
import { canonicalJson, type Claim, type Report } from "@fairlead/report";
import { type QueryCreator, sql, type Transaction } from "kysely";
import { type LeafEvent, recordLeaf } from "../audit/index.ts";
import { jobCall } from "../jobs.ts";
import { isAttestation } from "../proof/index.ts";
import { insertClaims, newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { recordObjects, type VaultObject } from "../vault/index.ts";

/** A report that a door has parsed and validated. Nothing behind the doors knows which wire it came by. */
export interface Incoming {
  door: "report" | "cybertipline" | "package" | "uk-direct";
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
  /** Those of them that the database does not know yet. */
  newObjects: readonly VaultObject[];
  at: number;
}

export interface Accepted {
  id: string;
  number: string;
  contentSha256: string;
}

/**
 * `repeated`: this sender has handed us a report under this reference before. Then that one stands, whatever this one says, and
 * nothing was written.
 */
export type Entry =
  | { repeated: false; accepted: Accepted; leaf: LeafEvent }
  | { repeated: true; accepted: Accepted };

/**
 * Takes a report in: the report, its evidence, its jobs and its leaf in one transaction. The bytes were made durable before;
 * whoever calls this answers "accepted" only after the transaction has committed.
 */
export async function accept(tx: Transaction<Tables>, incoming: Incoming): Promise<Entry> {
  const entry = await enter(tx, incoming);
  if (!entry.repeated) await recordLeaf(tx, entry.leaf);
  return entry;
}

/** `accept` without the leaf, for reports that come together: whoever calls this records their leaves in the same transaction. */
export async function enter(tx: Transaction<Tables>, incoming: Incoming): Promise<Entry> {
  const id = newId(incoming.at);
  const content = canonicalJson(incoming.report);
  const contentSha256 = digest(content);
  // Of two that come at once the second waits here until the first has committed, and then finds it.
  const inserted = await tx
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
      received_at: new Date(incoming.at).toISOString(),
      status: "new",
      tier: null,
      level: null,
      queue_key: null,
      assessed_at: null,
    })
    .onConflict((conflict) => conflict.columns(["handed_by", "handed_reference"]).doNothing())
    .returning("number")
    .executeTakeFirst();
  if (inserted === undefined) return { repeated: true, accepted: await acceptedBefore(tx, incoming) };
  await insertContents(tx, id, incoming);
  const accepted = { id, number: inserted.number, contentSha256: contentSha256.toString("hex") };
  return { repeated: false, accepted, leaf: leafOf(accepted, incoming) };
}

function leafOf({ id, number, contentSha256 }: Accepted, incoming: Incoming): LeafEvent {
  return {
    kind: "report.accepted",
    at: incoming.at,
    actor: incoming.door === "package" ? `peer:${incoming.handedBy}` : `sender:${incoming.handedBy}`,
    reportId: id,
    body: {
      number,
      door: incoming.door,
      reference: incoming.handedReference,
      contentSha256,
      evidence: incoming.report.evidence.map((item) => {
        const object = incoming.objects.get(item.id);
        return {
          id: item.id,
          object: object?.name ?? null,
          ciphertextSha256: object?.sha256.toString("hex") ?? null,
        };
      }),
    },
  };
}

async function acceptedBefore(tx: Transaction<Tables>, incoming: Incoming): Promise<Accepted> {
  const row = await tx
    .selectFrom("report")
    .select(["id", "number", "content_sha256"])
    .where("handed_by", "=", incoming.handedBy)
    .where("handed_reference", "=", incoming.handedReference)
    .executeTakeFirstOrThrow();
  return { id: row.id, number: row.number, contentSha256: row.content_sha256.toString("hex") };
}

/** SHA-256 over the canonical form of a report: what its leaf commits to. */
export function contentDigest(report: Report): Buffer {
  return digest(canonicalJson(report));
}

function digest(content: string): Buffer {
  return createHash("sha256").update(content).digest();
}

/**
 * Evidence, the objects it lies in, claims and the jobs that all of it needs, in one statement. Each column is one array: a value for each cell would be more
 * than the 65535 that a statement can have, for the most evidence that a report may describe.
 */
async function insertContents(tx: Transaction<Tables>, reportId: string, incoming: Incoming): Promise<void> {
  const jobs = [jobCall("work-up", { reportId }, reportId).as<string>("job")];
  if (incoming.report.evidence.some((item) => incoming.objects.has(item.id) && isAttestation(item)))
    jobs.push(jobCall("check-proofs", { reportId }, reportId).as<string>("proof_job"));
  await tx
    .with("object", (db) => recordObjects(db, incoming.newObjects, incoming.at))
    .with("stated", (db) => insertClaims(db, reportId, incoming.claims, incoming))
    .with("described", (db) => insertEvidence(db, reportId, incoming))
    .selectNoFrom(jobs)
    .execute();
}

function insertEvidence(
  db: QueryCreator<Tables>,
  reportId: string,
  { report: { evidence }, objects }: Incoming,
) {
  return db
    .insertInto("evidence")
    .columns([
      "report_id",
      "position",
      "id",
      "kind",
      "object_name",
      "size",
      "sha256",
      "md5",
      "media_type",
      "name",
    ])
    .expression(
      sql`select ${reportId}::uuid, item.position - 1, item.id, item.kind, item.object_name, item.size, item.sha256, item.md5,
          item.media_type, item.name
        from unnest(
          ${evidence.map((item) => item.id)}::uuid[],
          ${evidence.map((item) => item.kind)}::text[],
          ${evidence.map((item) => objects.get(item.id)?.name ?? null)}::text[],
          ${evidence.map((item) => item.received?.size ?? null)}::bigint[],
          ${evidence.map((item) => bytes(item.received?.sha256))}::bytea[],
          ${evidence.map((item) => bytes(item.received?.md5))}::bytea[],
          ${evidence.map((item) => item.mediaType ?? null)}::text[],
          ${evidence.map((item) => item.name ?? null)}::text[]
        ) with ordinality as item (id, kind, object_name, size, sha256, md5, media_type, name, position)`,
    );
}

function bytes(hex: string | undefined): Buffer | null {
  return hex === undefined ? null : Buffer.from(hex, "hex");
}
