import { type ChainLink, equalBytes, linkHeads, nextHead, type SignedHead } from "@fairlead/franking";
import type { FrankingCrypto } from "@fairlead/franking";
import type { Inbox, MessageEvent } from "../hub/api.ts";

/** The messages of one room in one answer of the inbox, held against the one head that the hub signed for them. */
export interface RoomBatch {
  /** null if the hub's signed head covers this message, otherwise the code of what is wrong. */
  covered(seq: bigint): string | null;
  /** The head, if it is the hub's and this is the message that it is about. */
  headAt(seq: bigint): SignedHead | null;
}

/**
 * One signature covers all messages that lead up to it without a break. Whatever it does not reach was not promised by the hub and
 * is not shown.
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
  const head = inbox.heads.find((one) => one.roomUri === roomUri);
  if (head === undefined || hubPublicKey === null) return nothingCovered("chain.head-missing");

  const links: ChainLink[] = [];
  for (const { roomSeq, prevHead, recHash } of exts)
    links.push({ roomSeq, head: await nextHead(crypto, prevHead, recHash) });
  const verdict = await linkHeads(crypto, { hubPublicKey, roomUri, head, links });
  if (!verdict.ok) return nothingCovered(verdict.code);

  const covered = new Set<bigint>([head.roomSeq]);
  for (let at = links.findIndex(({ roomSeq }) => roomSeq === head.roomSeq) - 1; at >= 0; at--) {
    const [link, next] = [links[at], exts[at + 1]];
    if (link === undefined || next === undefined) break;
    if (link.roomSeq + 1n !== next.roomSeq || !equalBytes(link.head, next.prevHead)) break;
    covered.add(link.roomSeq);
  }
  return {
    covered: (seq) => (covered.has(seq) ? null : "chain.head-missing"),
    headAt: (seq) => (seq === head.roomSeq ? head : null),
  };
}

function nothingCovered(code: string): RoomBatch {
  return { covered: () => code, headAt: () => null };
}
