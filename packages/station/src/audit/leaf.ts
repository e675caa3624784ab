import { createHmac, createSecretKey, randomBytes } from "node:crypto";
import { canonicalJson } from "@fairlead/report";
import { type QueryCreator, type RawBuilder, sql, type Transaction } from "kysely";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";

/** What the audit log records; each is written in the transaction of its event. */
export type LeafKind =
  | "report.accepted"
  | "report.assessed-first"
  | "claim.added"
  | "urgency.lowered"
  | "proof.checked"
  | "arrival.joined"
  | "arrival.decided"
  | "arrival.undone"
  | "link.decided"
  | "link.undone"
  | "subject.looked-at"
  | "subject.assigned"
  | "campaign.sample-drawn"
  | "campaign.sample-seen"
  | "campaign.copy-closed"
  | "report.reopened"
  | "evidence.grant"
  | "evidence.opening"
  | "referral.decided"
  | "referral.delivered"
  | "referral.stopped"
  | "package.accepted"
  | "deconfliction.asked"
  | "deconfliction.answered"
  | "deconfliction.hit"
  | "deconfliction.step"
  | "outcome.recorded"
  | "outcome.received"
  | "outcome.returned"
  | "request.drafted"
  | "request.edited"
  | "request.sent"
  | "request.answered-in-part"
  | "request.answered"
  | "request.refused"
  | "request.lapsed"
  | "request.withdrawn"
  | "safeguarding.decided"
  | "safeguarding.told"
  | "safeguarding.acknowledged"
  | "safeguarding.withdrawn"
  | "safeguarding.declined"
  | "page.raised"
  | "page.escalated"
  | "page.acknowledged"
  | "page.taken-over"
  | "task.opened"
  | "task.sounded"
  | "task.taken-over"
  | "task.handed-on"
  | "task.retried"
  | "task.corrected"
  | "task.done-elsewhere"
  | "task.closed"
  | "hold.placed"
  | "hold.extended"
  | "hold.released"
  | "keeping.longer"
  | "keeping.let-go"
  | "erasure.confirmed"
  | "erasure.stopped"
  | "erasure.began"
  | "report.erased"
  | "format-burst.opened"
  | "format-burst.recovered"
  | "format-burst.accepted"
  | "format-burst.seen-to"
  | "bank.made"
  | "bank.changed"
  | "bank.imported"
  | "bank.looked-at"
  | "bank.feedback-decided"
  | "bank.feedback-sent"
  | "media.matched"
  | "media.decided"
  | "media.handed-on"
  | "media.reported"
  | "media.policy"
  | "chat.device-added"
  | "chat.device-revoked"
  | "chat.batch"
  | "chat.report-received"
  | "chat.records-given"
  | "chat.report-result"
  | "safety.began"
  | "safety.longer"
  | "safety.ended"
  | "safety.appealed"
  | "safety.looked-at"
  | "safety.decided"
  | "sign-in"
  | "station.started";

export interface LeafEvent {
  kind: LeafKind;
  at: number;
  /** `person:<id>`, `peer:<id>`, `sender:<username>`, `account:<handle>` or `station`. */
  actor: string;
  reportId?: string | undefined;
  /** What happened, by reference and digest; never the text of a report. */
  body: Record<string, unknown>;
}

/** A leaf that is ready to be written. */
export interface NewLeaf {
  facts: LeafFacts;
  salt: Buffer;
}

/** Makes the leaf of an event. */
export function newLeaf(event: LeafEvent): NewLeaf {
  const { kind, actor, body } = event;
  const at = new Date(event.at).toISOString();
  const facts = { id: newId(event.at), kind, at, actor, reportId: event.reportId ?? null, body };
  return { facts, salt: randomBytes(32) };
}

/**
 * Writes leaves' intents, in their order; the sequencer gives them their places in the tree afterwards. A statement to be executed,
 * or a part of the one that writes the events. Columns as arrays: it reads the same for any number of leaves, so a session prepares
 * it once.
 * The tree gets only HMAC-SHA-256(salt, body): destroying salt and body leaves an unlinkable value and a tree that verifies.
 * @param when SQL that decides whether they are written at all, such as whether an earlier part did anything
 */
export function insertLeaves(
  db: QueryCreator<Tables>,
  leaves: readonly NewLeaf[],
  when: RawBuilder<unknown> = sql`true`,
) {
  const facts = leaves.map((leaf) => leaf.facts);
  return db
    .insertInto("leaf")
    .columns(["id", "kind", "at", "actor", "report_id", "body", "salt", "commitment"])
    .expression(
      sql`select * from unnest(
        ${facts.map(({ id }) => id)}::uuid[],
        ${facts.map(({ kind }) => kind)}::text[],
        ${facts.map(({ at }) => at)}::timestamptz[],
        ${facts.map(({ actor }) => actor)}::text[],
        ${facts.map(({ reportId }) => reportId)}::uuid[],
        ${facts.map(({ body }) => JSON.stringify(body))}::jsonb[],
        ${leaves.map(({ salt }) => salt)}::bytea[],
        ${leaves.map((leaf) => commitTo(leaf.salt, leaf.facts))}::bytea[]) where ${when}`,
    );
}

/**
 * Writes the leaf of an event in the transaction of the event.
 * @returns the leaf's id
 */
export async function recordLeaf(tx: Transaction<Tables>, event: LeafEvent): Promise<string> {
  const leaf = newLeaf(event);
  await insertLeaves(tx, [leaf]).execute();
  return leaf.facts.id;
}

/** Writes the leaves of events that happen together, in their order. */
export async function recordLeaves(tx: Transaction<Tables>, events: readonly LeafEvent[]): Promise<void> {
  if (events.length > 0) await insertLeaves(tx, events.map(newLeaf)).execute();
}

export interface LeafFacts {
  id: string;
  kind: string;
  at: string;
  actor: string;
  reportId: string | null;
  body: object;
}

/** The commitment that the tree holds for these facts. */
export function commitTo(salt: Uint8Array, facts: LeafFacts): Buffer {
  return createHmac("sha256", createSecretKey(salt)).update(canonicalJson(facts)).digest();
}

/** The bytes of a leaf in the tree: public, and nothing in them says about whom. */
export function leafBytes(leaf: {
  id: string;
  kind: string;
  at: string;
  commitment: Uint8Array;
}): Uint8Array {
  return Buffer.from(
    canonicalJson({
      at: leaf.at,
      commitment: Buffer.from(leaf.commitment).toString("base64"),
      id: leaf.id,
      kind: leaf.kind,
      v: 1,
    }),
  );
}
