import { canonicalJson } from "@fairlead/report";
import { z } from "zod";
import type { LogInclusion } from "../bundle/types.ts";
import { base64Of } from "../crypto/base64.ts";
import { hexOf } from "../crypto/bytes.ts";
import type { Awaitable } from "../crypto/crypto.ts";
import { FrankingError } from "../error.ts";
import { verifyMerklePath } from "../merkle/tree.ts";
import { verifyTimestamp } from "../timestamp/verify.ts";
import type { DetailCode } from "./details.ts";
import type { OpenedBundle, OpenedItem } from "./item.ts";
import { failed, notChecked, passed } from "./step.ts";
import type { StepResult, VerifyInput } from "./types.ts";

/** The facts of a `chat.batch` leaf, as far as this step reads them. */
const batchFacts = z.object({
  id: z.string(),
  at: z.string(),
  kind: z.literal("chat.batch"),
  body: z.object({ root: z.string().regex(/^[0-9a-f]{64}$/), size: z.int().positive() }),
});

/** Whether a leaf that names the batch is in the hub's log, and the earliest time that an authority saw it there, if any did. */
type BatchFinding =
  | { readonly wrong: DetailCode }
  | { readonly wrong: null; readonly existedBy: number | null };

/** What was found out about a batch; the messages of a report often stand in the same one. */
export type LoggedBatches = Map<string, Awaitable<BatchFinding>>;

/**
 * Step V8, for one message: its record is in a batch, the batch in a leaf, the leaf under a checkpoint of the hub's log, and an
 * outside authority saw that checkpoint at a time.
 * @param known of this run and of nothing else; what is found out is added
 * @returns also the earliest such time (milliseconds since 1970): the record existed by then, whatever the hub's clock says
 */
export async function checkLog(
  { input }: OpenedBundle,
  { item, provider }: OpenedItem,
  known: LoggedBatches,
): Promise<{ step: StepResult; existedBy: number | null }> {
  const none = (step: StepResult) => ({ step, existedBy: null });
  const inclusion = provider?.inclusion ?? null;
  if (inclusion === null) return none(notChecked("V8", "log.not-yet"));
  const { openLogProof } = input.trust;
  if (openLogProof === undefined) return none(notChecked("V8", "log.no-key"));
  if (!(await isInBatch(input, inclusion, item.ext.recHash))) return none(failed("V8", "log.broken"));
  const name = nameOf(inclusion);
  const finding = known.get(name) ?? findBatch(input, inclusion, openLogProof);
  known.set(name, finding);
  const found = await finding;
  if (found.wrong !== null) return none(failed("V8", found.wrong));
  return { step: passed("V8"), existedBy: found.existedBy };
}

/** Everything that `findBatch` looks at, none of it in two ways. */
function nameOf({ batchRoot, batchSize, leafBody, leafSalt, proof, tokens }: LogInclusion): string {
  return JSON.stringify([
    hexOf(batchRoot),
    String(batchSize),
    hexOf(leafBody),
    hexOf(leafSalt),
    proof,
    tokens.map(hexOf),
  ]);
}

async function findBatch(
  input: VerifyInput,
  inclusion: LogInclusion,
  openLogProof: NonNullable<VerifyInput["trust"]["openLogProof"]>,
): Promise<BatchFinding> {
  const leaf = await leafOf(input, inclusion);
  const note = leaf === null ? null : await openLogProof(leaf, inclusion.proof);
  if (note === null) return { wrong: "log.broken" };
  const digest = await input.crypto.sha256(new TextEncoder().encode(note));
  const times: number[] = [];
  for (const token of inclusion.tokens) {
    const by = stampedBy(token, digest, input);
    if (by === null) return { wrong: "log.timestamp" };
    times.push(by);
  }
  return { wrong: null, existedBy: times.length === 0 ? null : Math.min(...times) };
}

/** The latest moment at which the token can have been made; null if it does not hold. */
function stampedBy(token: Uint8Array, digest: Uint8Array, { trust, now }: VerifyInput): number | null {
  try {
    const { at, accuracyMs } = verifyTimestamp(token, digest, trust.timestampRoots, now);
    return at + (accuracyMs ?? 0);
  } catch (error) {
    if (error instanceof FrankingError) return null;
    throw error;
  }
}

async function isInBatch(
  { crypto }: VerifyInput,
  inclusion: LogInclusion,
  recHash: Uint8Array,
): Promise<boolean> {
  return await verifyMerklePath(crypto, {
    index: inclusion.batchIndex,
    size: inclusion.batchSize,
    entry: recHash,
    path: inclusion.batchPath,
    root: inclusion.batchRoot,
  });
}

/** The leaf's bytes in the tree, if its facts name this batch and have no other spelling. */
async function leafOf({ crypto }: VerifyInput, inclusion: LogInclusion): Promise<Uint8Array | null> {
  const json = canonicalOf(inclusion.leafBody);
  const facts = batchFacts.safeParse(json);
  if (!facts.success) return null;
  const { id, at, kind, body } = facts.data;
  if (body.root !== hexOf(inclusion.batchRoot) || BigInt(body.size) !== inclusion.batchSize) return null;
  const commitment = base64Of(await crypto.hmac(inclusion.leafSalt, inclusion.leafBody));
  return new TextEncoder().encode(canonicalJson({ at, commitment, id, kind, v: 1 }));
}

/** What canonical JSON (RFC 8785) says; undefined for any other spelling, which another reader could read as something else. */
function canonicalOf(bytes: Uint8Array): unknown {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const json: unknown = JSON.parse(text);
    return canonicalJson(json) === text ? json : undefined;
  } catch {
    return undefined;
  }
}
