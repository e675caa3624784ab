import { createPrivateKey, createPublicKey, type KeyObject, randomBytes } from "node:crypto";
import { SealingError } from "../errors.ts";
import { decodeBech32, encodeBech32 } from "./bech32.ts";

const IDENTITY_PREFIX = "AGE-SECRET-KEY-";
const RECIPIENT_PREFIX = "age";
const KEY_LENGTH = 32;
// RFC 8410: the fixed DER in front of a raw X25519 key, for PKCS #8 and for SubjectPublicKeyInfo.
const PKCS8_HEAD = Buffer.from("302e020100300506032b656e04220420", "hex");
const SPKI_HEAD = Buffer.from("302a300506032b656e032100", "hex");

/** An identity as its text `AGE-SECRET-KEY-1…`, or as {@link parseIdentity} read it once for all the files that it is to open. */
export type AgeIdentity = string | IdentityKey;

/** A recipient as its text `age1…`, or as {@link parseRecipient} read it once for all the files that are sealed to it. */
export type AgeRecipient = string | RecipientKey;

/** A freshly made X25519 key pair in age's text form. */
export interface AgeKeyPair {
  /** Secret: `AGE-SECRET-KEY-1…`, upper case. Opens what was sealed to `recipient`. */
  readonly identity: string;
  /** Public: `age1…`, lower case. */
  readonly recipient: string;
}

/** A recipient, parsed. */
export interface RecipientKey {
  readonly key: KeyObject;
  readonly raw: Uint8Array;
}

/** An identity, parsed, with the recipient it answers to. */
export interface IdentityKey {
  readonly key: KeyObject;
  readonly recipient: RecipientKey;
}

/** Makes a new identity from the system's random source. */
export function generateIdentity(): AgeKeyPair {
  const identity = encodeBech32(IDENTITY_PREFIX, randomBytes(KEY_LENGTH)).toUpperCase();
  return { identity, recipient: identityToRecipient(identity) };
}

/** The recipient `age1…` that an identity opens. Throws `key-invalid`. */
export function identityToRecipient(identity: AgeIdentity): string {
  return encodeBech32(RECIPIENT_PREFIX, identityKeyOf(identity).recipient.raw);
}

/** The identity, parsed unless it is already. Throws `key-invalid`. */
export function identityKeyOf(identity: AgeIdentity): IdentityKey {
  return typeof identity === "string" ? parseIdentity(identity) : identity;
}

/** The recipient, parsed unless it is already. Throws `key-invalid`. */
export function recipientKeyOf(recipient: AgeRecipient): RecipientKey {
  return typeof recipient === "string" ? parseRecipient(recipient) : recipient;
}

/** True if the text is an X25519 recipient in its one canonical form. */
export function isRecipient(text: string): boolean {
  return decodeKey(text, RECIPIENT_PREFIX) !== null;
}

/** Parses `age1…`. Throws `key-invalid`; the text is public, so the message quotes it. */
export function parseRecipient(text: string): RecipientKey {
  const raw = decodeKey(text, RECIPIENT_PREFIX);
  if (raw !== null) return { raw, key: publicKeyOf(raw) };
  throw new SealingError(
    "key-invalid",
    `"${text.slice(0, 80)}" is not an age X25519 recipient. It must be "age1" and 58 lower-case characters with a ` +
      "right checksum; plugin, post-quantum and SSH recipients are not taken, so that any age tool can open the file.",
  );
}

/** Parses `AGE-SECRET-KEY-1…`. Throws `key-invalid`; the message never quotes the text. */
export function parseIdentity(text: string): IdentityKey {
  const raw = decodeKey(text, IDENTITY_PREFIX);
  if (raw !== null) {
    const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, raw]), format: "der", type: "pkcs8" });
    const publicKey = createPublicKey(key);
    return { key, recipient: { key: publicKey, raw: rawPublicKey(publicKey) } };
  }
  throw new SealingError(
    "key-invalid",
    'An age identity is not readable. It must be "AGE-SECRET-KEY-1" and 58 upper-case characters with a right checksum.',
  );
}

/** The key object of 32 raw X25519 bytes. */
export function publicKeyOf(raw: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: "der", type: "spki" });
}

/** The 32 raw bytes of an X25519 public key. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  // As JWK and not as DER, of which OpenSSL takes twenty times as long to make one. RFC 8037: `x` is the raw key.
  return Buffer.from(key.export({ format: "jwk" }).x ?? "", "base64url");
}

function decodeKey(text: string, prefix: string): Uint8Array | null {
  const decoded = decodeBech32(text);
  return decoded?.prefix === prefix && decoded.bytes.length === KEY_LENGTH ? decoded.bytes : null;
}
