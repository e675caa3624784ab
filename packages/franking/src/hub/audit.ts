import { concatBytes } from "../crypto/bytes.ts";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import { encodeIntegrityTbs } from "../wire/frank.ts";
import { LABELS, signWithLabel, verifyWithLabel } from "../wire/sign-with-label.ts";
import type { Frank, ServerContext } from "../wire/types.ts";
import { tlsWriter } from "../wire/writer.ts";
import { checkIntegrity, checkServerFrank, kidWithin } from "./frank.ts";
import type { HubKeys } from "./keys.ts";

/** What a receiver asks the hub, now and then, about a message that nobody reports: would this frank hold? No text is in it. */
export interface FrankAudit {
  readonly tag: Uint8Array;
  readonly frank: Frank;
  readonly context: ServerContext;
}

export interface FrankAuditAnswer {
  readonly valid: boolean;
  /** Label `CSFFrankAudit`: it was the hub that answered, and so it did about this frank. The tag is not under it. */
  readonly signature: Uint8Array;
}

/**
 * Answers an audit. A hub that hands out junk for franks must either say so now or sign a lie.
 * @throws FrankingError `wire.value` if a field has no form on the wire
 */
export async function answerFrankAudit(
  crypto: FrankingCrypto,
  keys: HubKeys,
  audit: FrankAudit,
): Promise<FrankAuditAnswer> {
  const { tag, frank, context } = audit;
  const publicKey = await crypto.publicKeyOf(keys.signatureKey);
  const hubKid = kidWithin(context) ?? 0;
  const question = { frankingTag: tag, context, serverFrank: frank.serverFrank, hubKid };
  const valid =
    (await checkServerFrank(crypto, keys, question)) &&
    (await checkIntegrity(crypto, publicKey, frank, context));
  const signature = await signWithLabel(crypto, keys.signatureKey, LABELS.audit, auditTbs(audit, valid));
  return { valid, signature };
}

/** Whether the hub signed this answer to this audit; the answer itself may be no. */
export async function verifyFrankAudit(
  crypto: FrankingCrypto,
  publicKey: Uint8Array,
  audit: FrankAudit,
  answer: FrankAuditAnswer,
): Promise<boolean> {
  return verifyWithLabel(crypto, publicKey, LABELS.audit, auditTbs(audit, answer.valid), answer.signature);
}

/**
 * FrankingIntegrityTBS, its signature, and 1 or 0. Not the tag: whoever has an opening could otherwise make the hub sign that this
 * was said, and show it to anybody without a report (e2ee.md 7.6, "no hub signature over tag").
 */
function auditTbs({ frank, context }: FrankAudit, valid: boolean): Uint8Array {
  const asked = tlsWriter().vector(encodeIntegrityTbs(frank, context)).vector(frank.signature);
  return concatBytes(asked.bytes(), Uint8Array.of(valid ? 1 : 0));
}
