import { createHmac, randomBytes } from "node:crypto";
import { canonicalJson } from "@fairlead/report";
import type { Transaction } from "kysely";
import { newId } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";

/** What the audit log records; each is written in the transaction of its event. */
export type LeafKind =
  | "report.accepted"
  | "report.assessed-first"
  | "claim.added"
  | "urgency.lowered"
  | "evidence.grant"
  | "evidence.opening"
  | "referral.decided"
  | "referral.delivered"
  | "package.accepted"
  | "outcome.recorded"
  | "outcome.received"
  | "outcome.returned"
  | "sign-in"
  | "station.started";

export interface LeafEvent {
  kind: LeafKind;
  at: number;
  /** `person:<id>`, `peer:<id>`, `sender:<username>` or `station`. */
  actor: string;
  reportId?: string | undefined;
  /** What happened, by reference and digest; never the text of a report. */
  body: Record<string, unknown>;
}

/**
 * Writes the leaf's intent in the caller's transaction; the sequencer gives it its place in the tree afterwards.
 * The tree gets only HMAC-SHA-256(salt, body): destroying salt and body leaves an unlinkable value and a tree that verifies.
 * @returns the leaf's id
 */
export async function recordLeaf(tx: Transaction<Tables>, event: LeafEvent): Promise<string> {
  const id = newId(event.at);
  const salt = randomBytes(32);
  const at = new Date(event.at).toISOString();
  const reportId = event.reportId ?? null;
  const commitment = commitTo(salt, {
    id,
    kind: event.kind,
    at,
    actor: event.actor,
    reportId,
    body: event.body,
  });
  await tx
    .insertInto("leaf")
    .values({
      id,
      kind: event.kind,
      at,
      actor: event.actor,
      report_id: reportId,
      body: JSON.stringify(event.body),
      salt,
      commitment,
      index: null,
    })
    .execute();
  return id;
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
  return createHmac("sha256", salt).update(canonicalJson(facts)).digest();
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
