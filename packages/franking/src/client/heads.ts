import { equalBytes } from "../crypto/bytes.ts";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import { type ChainLink, verifyHead } from "../hub/chain.ts";
import type { SignedHead } from "../wire/types.ts";

export type HeadVerdict =
  /** The hub has signed for everything up to this link. */
  { readonly ok: true; readonly link: ChainLink } | { readonly ok: false; readonly code: HeadCode };

export type HeadCode =
  /** Not this hub's signature. */
  | "chain.head-signature"
  | "chain.head-room"
  /** For a message that has not come yet: ask again when it has. */
  | "chain.head-ahead"
  /** For a message of which this device keeps no link any more, or that was before it joined. */
  | "chain.head-unknown"
  /** The hub tells this device another story than it signed: keep both and report the hub. */
  | "chain.fork";

/**
 * Checks that a signed head covers the chain that this device has built. `links` are the places that the device remembers, in any
 * order; the last ones are enough.
 */
export async function linkHeads(
  crypto: FrankingCrypto,
  check: {
    readonly hubPublicKey: Uint8Array;
    readonly roomUri: string;
    readonly head: SignedHead;
    readonly links: readonly ChainLink[];
  },
): Promise<HeadVerdict> {
  const { hubPublicKey, roomUri, head, links } = check;
  if (head.roomUri !== roomUri) return { ok: false, code: "chain.head-room" };
  if (!(await verifyHead(crypto, hubPublicKey, head))) return { ok: false, code: "chain.head-signature" };
  const link = links.find(({ roomSeq }) => roomSeq === head.roomSeq);
  if (link === undefined) {
    const newest = links.reduce((most, { roomSeq }) => (roomSeq > most ? roomSeq : most), 0n);
    return { ok: false, code: head.roomSeq > newest ? "chain.head-ahead" : "chain.head-unknown" };
  }
  return equalBytes(link.head, head.head) ? { ok: true, link } : { ok: false, code: "chain.fork" };
}

/** Two heads of one room and number that differ, both signed by the hub: nobody needs anything else to see the lie. */
export interface Equivocation {
  readonly roomUri: string;
  readonly roomSeq: bigint;
  readonly heads: readonly [SignedHead, SignedHead];
}

/** The proof if these heads are one, otherwise null. */
export async function equivocation(
  crypto: FrankingCrypto,
  hubPublicKey: Uint8Array,
  a: SignedHead,
  b: SignedHead,
): Promise<Equivocation | null> {
  if (a.roomUri !== b.roomUri || a.roomSeq !== b.roomSeq || equalBytes(a.head, b.head)) return null;
  for (const head of [a, b]) if (!(await verifyHead(crypto, hubPublicKey, head))) return null;
  return { roomUri: a.roomUri, roomSeq: a.roomSeq, heads: [a, b] };
}
