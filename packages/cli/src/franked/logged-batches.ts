import { createHash, createHmac } from "node:crypto";
import { FrankingError, hexOf, type LogInclusion, type ProviderRecords } from "@fairlead/franking";
import { type ProviderCard, trustFromCard, verifyTimestamp } from "@fairlead/franking/verify";
import { canonicalJson } from "@fairlead/report";
import { openLogProof } from "@fairlead/station";
import { z } from "zod";

/** A batch of records in the provider's log, as its records state it and the card lets it be checked. */
export interface LoggedBatch {
  root: string;
  size: string;
  /** The log's signed head that covers it, its lines joined; `undefined` where no key of the log is known, or the proof fails. */
  checkpoint: string | undefined;
  /** Each outside timestamp over that head; `null` for one that does not verify. */
  tokens: Array<{ at: string; authority: string } | null>;
}

const factsSchema = z.looseObject({ at: z.string(), id: z.string(), kind: z.string() });

/** The distinct batches that the records name. */
export function loggedBatches(records: ProviderRecords, card: ProviderCard, now: number): LoggedBatch[] {
  const batches = new Map<string, LoggedBatch>();
  for (const { inclusion } of records.items) {
    if (inclusion === null) continue;
    const root = hexOf(inclusion.batchRoot);
    if (!batches.has(root)) batches.set(root, batchOf(root, inclusion, card, now));
  }
  return [...batches.values()];
}

function batchOf(root: string, inclusion: LogInclusion, card: ProviderCard, now: number): LoggedBatch {
  const leaf = leafOf(inclusion);
  const note = leaf === undefined ? null : openLogProof(card.logKey, leaf, inclusion.proof);
  return {
    root,
    size: String(inclusion.batchSize),
    checkpoint: note === null ? undefined : note.trim().split("\n").join(" / "),
    tokens: note === null ? [] : inclusion.tokens.map((token) => stamped(token, note, card, now)),
  };
}

/** The log's leaf: public facts and a commitment to the rest, as station/src/audit/leaf.ts writes it. */
function leafOf({ leafBody, leafSalt }: LogInclusion): Uint8Array | undefined {
  const facts = factsSchema.safeParse(parseJson(leafBody)).data;
  if (facts === undefined) return undefined;
  const commitment = createHmac("sha256", leafSalt).update(leafBody).digest("base64");
  const { at, id, kind } = facts;
  return new TextEncoder().encode(canonicalJson({ at, commitment, id, kind, v: 1 }));
}

function stamped(
  token: Uint8Array,
  note: string,
  card: ProviderCard,
  now: number,
): LoggedBatch["tokens"][number] {
  try {
    const digest = createHash("sha256").update(note).digest();
    const { at, authority } = verifyTimestamp(token, digest, trustFromCard(card).timestampRoots, now);
    return { at: new Date(at).toISOString(), authority };
  } catch (error) {
    if (error instanceof FrankingError) return null;
    throw error;
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
