import { equalBytes } from "../crypto/bytes.ts";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import { type ChainLink, GENESIS, nextHead } from "../hub/chain.ts";
import type { FrankExt } from "../wire/types.ts";

export type ChainCode =
  /** Messages between the last one and this one did not come. */
  | "chain.gap"
  /** A message with this number came before. */
  | "chain.replay"
  /** The number is right, and what went before is not what this device has. */
  | "chain.broken"
  /** The first message of a room follows something, or a later one follows nothing. */
  | "chain.start";

export type Linked =
  | { readonly ok: true; readonly link: ChainLink }
  | { readonly ok: false; readonly code: ChainCode };

/**
 * Links a message behind the last one that this device has of the room. `last` is `GENESIS` for who was there from the beginning,
 * and null for who joined later and takes the first message as it comes.
 */
export async function linkMessage(
  crypto: FrankingCrypto,
  last: ChainLink | null,
  ext: FrankExt,
): Promise<Linked> {
  const code = wrongIn(last, ext);
  if (code !== null) return { ok: false, code };
  return {
    ok: true,
    link: { roomSeq: ext.roomSeq, head: await nextHead(crypto, ext.prevHead, ext.recHash) },
  };
}

function wrongIn(last: ChainLink | null, ext: FrankExt): ChainCode | null {
  const { roomSeq, prevHead, recHash } = ext;
  if (roomSeq < 1n || prevHead.length !== 32 || recHash.length !== 32) return "chain.start";
  if ((roomSeq === 1n) !== equalBytes(prevHead, GENESIS.head)) return "chain.start";
  if (last === null) return null;
  if (roomSeq <= last.roomSeq) return "chain.replay";
  if (roomSeq > last.roomSeq + 1n) return "chain.gap";
  return equalBytes(prevHead, last.head) ? null : "chain.broken";
}
