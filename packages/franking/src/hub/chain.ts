import { concatBytes, equalBytes } from "../crypto/bytes.ts";
import type { Awaitable, FrankingCrypto } from "../crypto/crypto.ts";
import { FrankingError } from "../error.ts";
import { encodeFrankRecord } from "../wire/frank.ts";
import { formOf } from "../wire/form.ts";
import { LABELS, signWithLabel, verifyWithLabel } from "../wire/sign-with-label.ts";
import { encodeSignedHeadTbs, type SignedHeadTbs } from "../wire/signed.ts";
import type { FrankRecord, SignedHead } from "../wire/types.ts";

/** A place in a room's chain: the head after the record with this number. */
export interface ChainLink {
  readonly roomSeq: bigint;
  readonly head: Uint8Array;
}

/** Before the first message. */
export const GENESIS: ChainLink = { roomSeq: 0n, head: new Uint8Array(32) };

/** SHA-256 of the record's TLS form. */
export function recordHash(crypto: FrankingCrypto, record: FrankRecord): Awaitable<Uint8Array> {
  return crypto.sha256(encodeFrankRecord(record));
}

/** head_i = SHA-256(head_{i-1} || rec_i), both 32 bytes. */
export function nextHead(
  crypto: FrankingCrypto,
  prevHead: Uint8Array,
  recHash: Uint8Array,
): Awaitable<Uint8Array> {
  if (prevHead.length !== 32 || recHash.length !== 32)
    throw new FrankingError("chain.link", "heads and record hashes have 32 bytes");
  return crypto.sha256(concatBytes(prevHead, recHash));
}

/** Label `CSFHead`, with the franking signature key. @param at milliseconds since 1970 */
export async function signHead(
  crypto: FrankingCrypto,
  signatureKey: Uint8Array,
  head: SignedHeadTbs,
): Promise<SignedHead> {
  const { roomUri, roomSeq, head: bytes, at } = head;
  const tbs = encodeSignedHeadTbs({ roomUri, roomSeq, head: bytes, at });
  return {
    roomUri,
    roomSeq,
    head: bytes,
    at,
    signature: await signWithLabel(crypto, signatureKey, LABELS.head, tbs),
  };
}

/** False for a head that this key did not sign; never throws for what came from outside. */
export async function verifyHead(
  crypto: FrankingCrypto,
  publicKey: Uint8Array,
  head: SignedHead,
): Promise<boolean> {
  const tbs = formOf(() => encodeSignedHeadTbs(head));
  return tbs !== null && verifyWithLabel(crypto, publicKey, LABELS.head, tbs, head.signature);
}

/** @throws FrankingError `chain.link` */
export function assertLink(roomSeq: bigint, prevHead: Uint8Array): void {
  if (roomSeq < 1n || prevHead.length !== 32)
    throw new FrankingError("chain.link", "records are counted from 1 and follow a head of 32 bytes");
  if ((roomSeq === 1n) !== equalBytes(prevHead, GENESIS.head))
    throw new FrankingError("chain.link", "the first record, and no other, follows 32 zero bytes");
}
