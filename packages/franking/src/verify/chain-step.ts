import { equalBytes } from "../crypto/bytes.ts";
import { GENESIS, verifyHead } from "../hub/chain.ts";
import type { OpenedBundle } from "./item.ts";
import { keysAt } from "./keys.ts";
import { linksOf } from "./open-bundle.ts";
import { check, failed } from "./step.ts";
import type { StepResult } from "./types.ts";

/**
 * Step V7, for the window: every place in it is shown or named as withheld, and each record follows the one before. Where the
 * window reaches the newest head that the device held, it must end in it.
 */
export function checkChain({ bundle, heads }: OpenedBundle): StepResult {
  const links = linksOf(bundle);
  const { from, to, headAtReport } = bundle.window;
  if (BigInt(links.length) !== to - from + 1n) return failed("V7", "chain.gap");
  let before: Uint8Array | null = from === 1n ? GENESIS.head : null;
  for (const [index, { roomSeq, prevHead }] of links.entries()) {
    if (roomSeq !== from + BigInt(index)) return failed("V7", "chain.gap");
    if (before !== null && !equalBytes(before, prevHead)) return failed("V7", "chain.broken");
    before = heads.get(roomSeq) ?? null;
  }
  const endsInHead =
    headAtReport.roomSeq !== to || (before !== null && equalBytes(before, headAtReport.head));
  return check("V7", endsInHead ? null : "chain.head");
}

/** Step V8, for the window: the newest head is signed by a pinned key of the hub. */
export async function checkHead({ input, bundle }: OpenedBundle): Promise<StepResult> {
  const { headAtReport } = bundle.window;
  if (headAtReport.roomUri !== bundle.roomUri) return failed("V8", "head.other-room");
  for (const { publicKey } of keysAt(input.trust.frankingKeys, headAtReport.at))
    if (await verifyHead(input.crypto, publicKey, headAtReport)) return check("V8", null);
  return failed("V8", "head.signature");
}
