import { concatBytes, equalBytes } from "../crypto/bytes.ts";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import { formOf } from "../wire/form.ts";
import { encodeContext, encodeIntegrityTbs } from "../wire/frank.ts";
import { LABELS, signWithLabel, verifyWithLabel } from "../wire/sign-with-label.ts";
import type { Frank, FrankExt, FrankRecord, ServerContext } from "../wire/types.ts";
import { assertLink, nextHead, recordHash } from "./chain.ts";
import { type HubKeys, kidOf } from "./keys.ts";

/** MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519 (RFC 9420, section 17.1), whose signature scheme is Ed25519. */
export const SUITE = 1;
const BLIND_BYTES = 32;

/** A message that the hub has decided to accept. */
export interface Accepted {
  readonly tag: Uint8Array;
  readonly context: ServerContext;
  /** SHA-256 of the MLSMessage as submitted. */
  readonly ctHash: Uint8Array;
  /** The sending device's, over `SubmitTbs`. */
  readonly submitSignature: Uint8Array;
  readonly epoch: bigint;
  /** One more than the room's last; the first is 1. */
  readonly roomSeq: bigint;
  /** The room's head so far; `GENESIS` before the first message. */
  readonly prevHead: Uint8Array;
}

export interface Franked {
  readonly frank: Frank;
  /** The hub keeps it; `recHash` is its hash. */
  readonly record: FrankRecord;
  readonly recHash: Uint8Array;
  /** The chain's head after this record. */
  readonly head: Uint8Array;
  readonly ext: FrankExt;
  /** The hub keeps it to itself until a report: without it the record says nothing of sender, room and time. */
  readonly contextBlind: Uint8Array;
}

/**
 * Marks an accepted message and links it into its room's chain.
 * @throws FrankingError `chain.*` if the place in the chain makes no sense, `frank.time`, `wire.value`
 */
export async function frankMessage(
  crypto: FrankingCrypto,
  keys: HubKeys,
  accepted: Accepted,
): Promise<Franked> {
  const { tag, context, roomSeq, prevHead } = accepted;
  assertLink(roomSeq, prevHead);
  const hubKid = kidOf(context.acceptedAt);
  const contextBlind = crypto.random(BLIND_BYTES);
  const contextBytes = encodeContext(context);
  const serverFrank = await crypto.hmac(await keys.hubKey(hubKid), concatBytes(tag, contextBytes));
  const record = {
    roomSeq,
    frankingTag: tag,
    serverFrank,
    ctxCommit: await crypto.sha256(concatBytes(contextBytes, contextBlind)),
    ctHash: accepted.ctHash,
    submitSigHash: await crypto.sha256(accepted.submitSignature),
    epoch: accepted.epoch,
  };
  const recHash = await recordHash(crypto, record);
  const tbs = encodeIntegrityTbs({ serverFrank, suite: SUITE }, context);
  const signature = await signWithLabel(crypto, keys.signatureKey, LABELS.integrity, tbs);
  return {
    frank: { serverFrank, suite: SUITE, signature },
    record,
    recHash,
    head: await nextHead(crypto, prevHead, recHash),
    ext: { version: 1, roomSeq, prevHead, recHash, hubKid },
    contextBlind,
  };
}

/** SHA-256 of the context's bytes and the blind. A record shown to somebody shows no sender and no room. */
export async function contextCommitment(
  crypto: FrankingCrypto,
  context: ServerContext,
  blind: Uint8Array,
): Promise<Uint8Array> {
  return crypto.sha256(concatBytes(encodeContext(context), blind));
}

/** Only the hub can answer this, and it never throws for what came from outside: whether a server frank is its own, made over this tag, sender, room and time. */
export async function checkServerFrank(
  crypto: FrankingCrypto,
  keys: Pick<HubKeys, "hubKey">,
  question: {
    readonly frankingTag: Uint8Array;
    readonly context: ServerContext;
    readonly serverFrank: Uint8Array;
    readonly hubKid: number;
  },
): Promise<boolean> {
  const { frankingTag, context, serverFrank, hubKid } = question;
  const bytes = formOf(() => encodeContext(context));
  if (bytes === null || hubKid !== kidWithin(context) || frankingTag.length !== 32) return false;
  const own = await crypto.hmac(await keys.hubKey(hubKid), concatBytes(frankingTag, bytes));
  return equalBytes(own, serverFrank);
}

/** Anybody can check this: that the hub signed its frank for this sender, room and time. It says nothing of the tag. */
export async function checkIntegrity(
  crypto: FrankingCrypto,
  publicKey: Uint8Array,
  frank: Frank,
  context: ServerContext,
): Promise<boolean> {
  const tbs = formOf(() => encodeIntegrityTbs(frank, context));
  if (tbs === null || frank.suite !== SUITE) return false;
  return verifyWithLabel(crypto, publicKey, LABELS.integrity, tbs, frank.signature);
}

/** null for a time that no month has. */
export function kidWithin(context: ServerContext): number | null {
  try {
    return kidOf(context.acceptedAt);
  } catch {
    return null;
  }
}
