import {
  type ChainLink,
  equalBytes,
  type FrankExt,
  type FrankingCrypto,
  linkHeads,
  nextHead,
  type SignedHead,
} from "@fairlead/franking";
import type { Inbox, MessageEvent } from "../hub/api.ts";

/** The messages of one room in one answer of the inbox, held against the heads that the hub signed for them. */
export interface RoomBatch {
  /** null if a signed head of the hub covers this message, otherwise the code of what is wrong. */
  covered(seq: bigint): string | null;
  /** The head, if it is the hub's and this is the message that it is about. */
  headAt(seq: bigint): SignedHead | null;
}

/**
 * One signature covers all messages that lead up to it without a break; whoever left and came back has several runs of them in one
 * answer. Whatever no signature reaches was not promised by the hub and is not shown.
 *
 * @param hubPublicKey the franking agent's, from the group itself
 */
export async function checkBatch(
  crypto: FrankingCrypto,
  inbox: Inbox,
  { roomUri, roomId, hubPublicKey }: { roomUri: string; roomId: string; hubPublicKey: Uint8Array | null },
): Promise<RoomBatch> {
  const exts = inbox.events
    .filter(
      (event): event is MessageEvent & { cursor: string } =>
        event.kind === "message" && event.roomId === roomId,
    )
    .map(({ delivered }) => delivered.ext);
  if (hubPublicKey === null) return { covered: () => "chain.head-missing", headAt: () => null };
  const heads = inbox.heads.filter((one) => one.roomUri === roomUri);
  const links: ChainLink[] = [];
  if (heads.length > 0)
    for (const { roomSeq, prevHead, recHash } of exts)
      links.push({ roomSeq, head: await nextHead(crypto, prevHead, recHash) });

  const good = new Map<bigint, SignedHead>();
  const covered = new Set<bigint>();
  let refusal = "chain.head-missing";
  for (const head of heads) {
    const verdict = await linkHeads(crypto, { hubPublicKey, roomUri, head, links });
    if (verdict.ok) {
      good.set(head.roomSeq, head);
      for (const seq of leadingTo(head.roomSeq, exts, links)) covered.add(seq);
    } else refusal = verdict.code;
  }
  return {
    covered: (seq) => (covered.has(seq) ? null : refusal),
    headAt: (seq) => good.get(seq) ?? null,
  };
}

/** The message that a head is about and all before it that lead up to it without a break. */
function leadingTo(
  headSeq: bigint,
  exts: readonly FrankExt[],
  links: readonly ChainLink[],
): readonly bigint[] {
  const seqs = [headSeq];
  for (let at = links.findIndex(({ roomSeq }) => roomSeq === headSeq) - 1; at >= 0; at--) {
    const [link, next] = [links[at], exts[at + 1]];
    if (link === undefined || next === undefined) break;
    if (link.roomSeq + 1n !== next.roomSeq || !equalBytes(link.head, next.prevHead)) break;
    seqs.push(link.roomSeq);
  }
  return seqs;
}
