import { canonicalJson } from "@fairlead/report";
import { z } from "zod";
import type { LogInclusion } from "../bundle/types.ts";
import { base64Of } from "../crypto/base64.ts";
import { hexOf } from "../crypto/bytes.ts";
import { FrankingError } from "../error.ts";
import { verifyMerklePath } from "../merkle/tree.ts";
import { verifyTimestamp } from "../timestamp/verify.ts";
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

/**
 * Step V8, for one message: its record is in a batch, the batch in a leaf, the leaf under a checkpoint of the hub's log, and an
 * outside authority saw that checkpoint at a time.
 * @returns also the earliest such time (milliseconds since 1970): the record existed by then, whatever the hub's clock says
 */
export async function checkLog(
  { input }: OpenedBundle,
  { item, provider }: OpenedItem,
): Promise<{ step: StepResult; existedBy: number | null }> {
  const none = (step: StepResult) => ({ step, existedBy: null });
  const inclusion = provider?.inclusion ?? null;
  if (inclusion === null) return none(notChecked("V8", "log.not-yet"));
  if (input.trust.openLogProof === undefined) return none(notChecked("V8", "log.no-key"));
  if (!(await isInBatch(input, inclusion, item.ext.recHash))) return none(failed("V8", "log.broken"));
  const leaf = await leafOf(input, inclusion);
  const note = leaf === null ? null : await input.trust.openLogProof(leaf, inclusion.proof);
  if (note === null) return none(failed("V8", "log.broken"));
  const digest = await input.crypto.sha256(new TextEncoder().encode(note));
  const times: number[] = [];
  for (const token of inclusion.tokens) {
    const by = stampedBy(token, digest, input);
    if (by === null) return none(failed("V8", "log.timestamp"));
    times.push(by);
  }
  return { step: passed("V8"), existedBy: times.length === 0 ? null : Math.min(...times) };
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

/** The leaf's bytes in the tree, if its facts name this batch. */
async function leafOf({ crypto }: VerifyInput, inclusion: LogInclusion): Promise<Uint8Array | null> {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(inclusion.leafBody));
  } catch {
    return null;
  }
  const facts = batchFacts.safeParse(json);
  if (!facts.success) return null;
  const { id, at, kind, body } = facts.data;
  if (body.root !== hexOf(inclusion.batchRoot) || BigInt(body.size) !== inclusion.batchSize) return null;
  const commitment = base64Of(await crypto.hmac(inclusion.leafSalt, inclusion.leafBody));
  return new TextEncoder().encode(canonicalJson({ at, commitment, id, kind, v: 1 }));
}
