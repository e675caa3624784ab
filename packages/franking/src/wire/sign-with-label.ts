import type { Awaitable, FrankingCrypto } from "../crypto/crypto.ts";
import { tlsWriter } from "./writer.ts";

/**
 * Every label that is signed under here. Prefixed labels keep a signature for one purpose from passing as one for another.
 * `FrankingIntegrityTBS` is draft-ietf-mimi-protocol-06's, the others are ours.
 */
export const LABELS = {
  integrity: "FrankingIntegrityTBS",
  submit: "CSFSubmit",
  head: "CSFHead",
  audit: "CSFFrankAudit",
  report: "CSFReport",
  device: "CSFDevice",
} as const;

/** RFC 9420, section 5.1.2: SignContent, with `"MLS 1.0 " + label`. */
export function signContent(label: string, content: Uint8Array): Uint8Array {
  return tlsWriter().text(`MLS 1.0 ${label}`).vector(content).bytes();
}

/** RFC 9420, section 5.1.2: SignWithLabel. */
export function signWithLabel(
  crypto: FrankingCrypto,
  privateKey: Uint8Array,
  label: string,
  content: Uint8Array,
): Awaitable<Uint8Array> {
  return crypto.sign(privateKey, signContent(label, content));
}

/** RFC 9420, section 5.1.2: VerifyWithLabel. The signature comes last. */
export function verifyWithLabel(
  crypto: FrankingCrypto,
  publicKey: Uint8Array,
  label: string,
  content: Uint8Array,
  signature: Uint8Array,
): Awaitable<boolean> {
  return crypto.verify(publicKey, signContent(label, content), signature);
}
