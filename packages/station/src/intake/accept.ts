import { createHash } from "node:crypto";
import type { AnswerRecord } from "@fairlead/assessment";
import { canonicalJson, type Claim, type Report } from "@fairlead/report";
import { type QueryCreator, type RawBuilder, sql, type Transaction } from "kysely";
import { type LeafEvent, recordLeaves } from "../audit/index.ts";
import { jobCalls } from "../jobs.ts";
import { isAttestation } from "../proof/index.ts";
import { insertCarriedAnswers, insertClaimsOf, newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { recordObjectsOf, type VaultObject } from "../vault/index.ts";

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
  /** Answers to requests of earlier stations, that the peer passed on. */
  answers?: readonly AnswerRecord[];
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
  const [entry] = await acceptAll(tx, [incoming]);
  if (entry === undefined) throw new Error("a report that is taken in has an entry");
  return entry;
}

/** `accept` for reports that come together, each whole or not at all with the others. */
export async function acceptAll(tx: Transaction<Tables>, incoming: readonly Incoming[]): Promise<Entry[]> {
  const entries = await enterAll(tx, incoming);
  await recordLeaves(
    tx,
    entries.flatMap((entry) => (entry.repeated ? [] : [entry.leaf])),
  );
  return entries;
}

/** `acceptAll` without the leaves: whoever calls this records them in the same transaction. Entries in the order of the reports. */
export async function enterAll(tx: Transaction<Tables>, all: readonly Incoming[]): Promise<Entry[]> {
  const made = all.map((incoming) => {
    const content = canonicalJson(incoming.report);
    return { incoming, id: newId(incoming.at), content, contentSha256: digest(content) };
  });
  const numbers = await insertReports(tx, made);
  await insertContents(
    tx,
    made.filter(({ id }) => numbers.has(id)),
  );
  return await Promise.all(
    made.map(async ({ incoming, id, contentSha256 }): Promise<Entry> => {
      const number = numbers.get(id);
      if (number === undefined) return { repeated: true, accepted: await acceptedBefore(tx, incoming) };
      const accepted = { id, number, contentSha256: contentSha256.toString("hex") };
      return { repeated: false, accepted, leaf: leafOf(accepted, incoming) };
    }),
  );
}

/** A report with what is stored of it. */
interface Made {
  incoming: Incoming;
  id: string;
  content: string;
  contentSha256: Buffer;
}

/** @returns the numbers of those that were not here before, by their id */
async function insertReports(tx: Transaction<Tables>, made: readonly Made[]): Promise<Map<string, string>> {
  // Of two that come at once the second waits here until the first has committed, and then finds it.
  const { rows } = await sql<{ id: string; number: string }>`insert into report
      (id, door, handed_by, handed_reference, return_to, inbound_package, tip_number, content, content_sha256, received_at, status)
    select item.*, 'new' from unnest(
      ${made.map(({ id }) => id)}::uuid[],
      ${made.map(({ incoming }) => incoming.door)}::text[],
      ${made.map(({ incoming }) => incoming.handedBy)}::text[],
      ${made.map(({ incoming }) => incoming.handedReference)}::text[],
      ${made.map(({ incoming }) => incoming.returnTo ?? null)}::text[],
      ${made.map(({ incoming }) => incoming.inboundPackage ?? null)}::uuid[],
      ${made.map(({ incoming }) => incoming.tipNumber ?? null)}::bigint[],
      ${made.map(({ content }) => content)}::jsonb[],
      ${made.map(({ contentSha256 }) => contentSha256)}::bytea[],
      ${made.map(({ incoming }) => new Date(incoming.at).toISOString())}::timestamptz[]
    ) as item
    on conflict (handed_by, handed_reference) do nothing returning id, number`.execute(tx);
  return new Map(rows.map(({ id, number }) => [id, number]));
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
async function insertContents(tx: Transaction<Tables>, made: readonly Made[]): Promise<void> {
  if (made.length === 0) return;
  const jobs = made.flatMap(({ id: reportId, incoming }) => [
    { name: "work-up" as const, payload: { reportId }, key: reportId },
    ...(incoming.report.evidence.some((item) => incoming.objects.has(item.id) && isAttestation(item))
      ? [{ name: "check-proofs" as const, payload: { reportId }, key: reportId }]
      : []),
  ]);
  const claims = made.flatMap(({ id: reportId, incoming: { claims, at, fromPeer } }) =>
    claims.map((claim) => ({ reportId, claim, at, fromPeer })),
  );
  const answers = made.flatMap(({ id: reportId, incoming: { answers: list = [], fromPeer } }) =>
    fromPeer === undefined ? [] : list.map((record, position) => ({ reportId, fromPeer, position, record })),
  );
  await tx
    .with("object", (db) =>
      recordObjectsOf(
        db,
        made.flatMap(({ incoming: { newObjects, at } }) => newObjects.map((object) => ({ object, at }))),
      ),
    )
    .with("stated", (db) => insertClaimsOf(db, claims))
    .with("answered", (db) => insertCarriedAnswers(db, answers))
    .with("described", (db) => insertEvidence(db, made))
    .with("job", () => jobCalls(jobs) as RawBuilder<{ add_job: unknown }>)
    .selectFrom("job")
    .select(sql<string>`count(*)`.as("jobs"))
    .execute();
}

function insertEvidence(db: QueryCreator<Tables>, made: readonly Made[]) {
  const all = made.flatMap(({ id: reportId, incoming: { report, objects } }) =>
    report.evidence.map((item, position) => ({ reportId, item, position, object: objects.get(item.id) })),
  );
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
      sql`select item.*
        from unnest(
          ${all.map(({ reportId }) => reportId)}::uuid[],
          ${all.map(({ position }) => position)}::integer[],
          ${all.map(({ item }) => item.id)}::uuid[],
          ${all.map(({ item }) => item.kind)}::text[],
          ${all.map(({ object }) => object?.name ?? null)}::text[],
          ${all.map(({ item }) => item.received?.size ?? null)}::bigint[],
          ${all.map(({ item }) => bytes(item.received?.sha256))}::bytea[],
          ${all.map(({ item }) => bytes(item.received?.md5))}::bytea[],
          ${all.map(({ item }) => item.mediaType ?? null)}::text[],
          ${all.map(({ item }) => item.name ?? null)}::text[]
        ) as item`,
    );
}

function bytes(hex: string | undefined): Buffer | null {
  return hex === undefined ? null : Buffer.from(hex, "hex");
}
