import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from "node:crypto";
import { decodeRawBase64, encodeRawBase64 } from "../bytes/base64.ts";
import { SealingError } from "../errors.ts";
import type { Stanza } from "./header.ts";
import { type IdentityKey, publicKeyOf, rawPublicKey, type RecipientKey } from "./identity.ts";

// c2sp.org/age, "The X25519 recipient type".

export const FILE_KEY_LENGTH = 16;
const TYPE = "X25519";
const LABEL = "age-encryption.org/v1/X25519";
const SHARE_LENGTH = 32;
const TAG_LENGTH = 16;
const CIPHER = "chacha20-poly1305";
/** The wrap key is used for one message only, so the specification fixes its nonce at zero. */
const ZERO_NONCE = new Uint8Array(12);

/** True for a stanza of this recipient type. */
export function isX25519Stanza(stanza: Stanza): boolean {
  return stanza.args[0] === TYPE;
}

/** Wraps a file key for one recipient. */
export function wrapFileKey(fileKey: Uint8Array, recipient: RecipientKey): Stanza {
  // "A new ephemeral secret MUST be generated for each stanza and each file."
  const ephemeral = generateKeyPairSync("x25519");
  const share = rawPublicKey(ephemeral.publicKey);
  const secret = sharedSecret(ephemeral.privateKey, recipient.key);
  if (secret === null) {
    throw new SealingError(
      "key-invalid",
      "The recipient's key is of low order: everybody could open what it seals.",
    );
  }
  const key = wrapKey(secret, share, recipient.raw);
  const cipher = createCipheriv(CIPHER, key, ZERO_NONCE, { authTagLength: TAG_LENGTH });
  const body = Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()]);
  return { args: [TYPE, encodeRawBase64(share)], body };
}

/**
 * Unwraps the file key with the first stanza that answers to the identity; null if none does.
 * Throws `age-header` if a stanza of this type is malformed.
 */
export function unwrapFileKey(stanzas: readonly Stanza[], identity: IdentityKey): Uint8Array | null {
  for (const stanza of stanzas.filter(isX25519Stanza)) {
    const fileKey = unwrapStanza(stanza, identity);
    if (fileKey !== null) return fileKey;
  }
  return null;
}

function unwrapStanza({ args, body }: Stanza, identity: IdentityKey): Uint8Array | null {
  // "MUST otherwise reject any stanza that has more or less than two arguments, or where the second argument is
  // not a canonical base64 encoding of a 32-byte value."
  const share = args.length === 2 ? decodeRawBase64(args[1] ?? "") : null;
  if (share?.length !== SHARE_LENGTH) throw malformed("its share is not one value of 32 bytes");
  // "It MUST check that the body length is exactly 32 bytes before attempting to decrypt it."
  if (body.length !== FILE_KEY_LENGTH + TAG_LENGTH) throw malformed("its body is not 32 bytes long");
  // "If the shared secret is all 0x00 bytes, the identity implementation MUST abort."
  const secret = sharedSecret(identity.key, publicKeyOf(share));
  if (secret === null) throw malformed("its share is of low order");
  const key = wrapKey(secret, share, identity.recipient.raw);
  const decipher = createDecipheriv(CIPHER, key, ZERO_NONCE, { authTagLength: TAG_LENGTH });
  decipher.setAuthTag(body.subarray(FILE_KEY_LENGTH));
  const fileKey = decipher.update(body.subarray(0, FILE_KEY_LENGTH));
  try {
    decipher.final();
    return fileKey;
  } catch {
    return null;
  }
}

function wrapKey(secret: Uint8Array, share: Uint8Array, recipient: Uint8Array): KeyObject {
  const salt = Buffer.concat([share, recipient]);
  return createSecretKey(new Uint8Array(hkdfSync("sha256", createSecretKey(secret), salt, LABEL, 32)));
}

/** Null for an all-zero secret, on which OpenSSL's derivation fails. */
function sharedSecret(privateKey: KeyObject, publicKey: KeyObject): Uint8Array | null {
  try {
    return diffieHellman({ privateKey, publicKey });
  } catch {
    return null;
  }
}

function malformed(why: string): SealingError {
  return new SealingError("age-header", `An X25519 recipient stanza of the age header is malformed: ${why}.`);
}
