import { equalBytes } from "../crypto/bytes.ts";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import type { ChainLink } from "../hub/chain.ts";
import type { Delivered } from "../wire/types.ts";
import { type ChainCode, linkMessage } from "./chain.ts";
import { beginFrankCheck, type FrankCode, type FrankedRoom } from "./check-frank.ts";

export type OwnVerdict =
  | { readonly ok: true; readonly link: ChainLink }
  | { readonly ok: false; readonly code: ChainCode | FrankCode; readonly link: ChainLink | null };

/**
 * What a device checks about its own message when the hub hands it back: it cannot decrypt it, but it remembers what it sent. Its
 * own messages are links of the chain like all others.
 */
export async function checkOwn(
  crypto: FrankingCrypto,
  check: {
    readonly delivered: Delivered;
    readonly sent: {
      readonly senderUri: string;
      readonly deviceId: Uint8Array;
      readonly epoch: bigint;
      readonly tag: Uint8Array;
      /** MLSMessage as it was submitted. */
      readonly message: Uint8Array;
    };
    readonly room: FrankedRoom;
    readonly last: ChainLink | null;
  },
): Promise<OwnVerdict> {
  const { delivered, sent, room, last } = check;
  const linked = await linkMessage(crypto, last, delivered.ext);
  if (!linked.ok) return { ok: false, code: linked.code, link: null };
  const { link } = linked;
  if (!equalBytes(delivered.message, sent.message)) return { ok: false, code: "frank.message", link };
  const sender = { uri: sent.senderUri, deviceId: sent.deviceId, epoch: sent.epoch };
  const franked = await beginFrankCheck(crypto, room, delivered)(sender);
  if (!franked.ok) return { ok: false, code: franked.code, link };
  if (!equalBytes(franked.tag, sent.tag)) return { ok: false, code: "frank.tag", link };
  return { ok: true, link };
}
