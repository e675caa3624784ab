import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";
import { decodeBase64Url, encodeBase64Url } from "../bytes/base64.ts";
import { SealingError } from "../errors.ts";

const TEXT_PREFIX = "fairlead-ed25519";
const KEY_LENGTH = 32;
// RFC 8410: the fixed DER in front of a raw Ed25519 public key.
const SPKI_HEAD = Buffer.from("302a300506032b6570032100", "hex");
const KEY_ID_BYTES = 16;

/**
 * Names a signing key: the first 32 hexadecimal digits of the SHA-256 of its public key's DER form, as
 * `openssl pkey -in KEY -pubout -outform DER | sha256sum` prints it.
 */
export type KeyId = string & { readonly __brand: "KeyId" };

/** A public key that signatures are checked with. */
export interface VerifyingKey {
  readonly keyId: KeyId;
  readonly key: KeyObject;
}

/** Signs, wherever the private key is kept: in a file, a hardware module or a key service. */
export interface Signer {
  readonly keyId: KeyId;
  /** The Ed25519 signature (64 bytes, RFC 8032) of exactly these bytes. */
  sign(message: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** A signer whose private key is in this process. */
export interface SigningKey extends Signer {
  readonly verifyingKey: VerifyingKey;
  /** The private key as PKCS #8 PEM: secret, for a file only its owner may read. */
  toPem(): string;
}

/** Makes a new Ed25519 signing key from the system's random source. */
export function generateSigningKey(): SigningKey {
  return signingKeyOf(generateKeyPairSync("ed25519").privateKey);
}

/** Reads a signing key from PKCS #8 PEM. Throws `key-invalid`, never quoting the text. */
export function signingKeyFromPem(pem: string): SigningKey {
  const key = readPrivateKey(pem);
  if (key.asymmetricKeyType === "ed25519") return signingKeyOf(key);
  throw new SealingError(
    "key-invalid",
    `The signing key is of type ${key.asymmetricKeyType}; it must be Ed25519.`,
  );
}

/**
 * The public key as one word to pin at a peer, to print or to read out: `fairlead-ed25519:KEYID:KEY`, KEYID as
 * {@link KeyId}, KEY the 32 raw bytes in base64url without padding.
 */
export function formatVerifyingKey(key: VerifyingKey): string {
  const raw = key.key.export({ format: "der", type: "spki" }).subarray(SPKI_HEAD.length);
  return `${TEXT_PREFIX}:${key.keyId}:${encodeBase64Url(raw)}`;
}

/** Reads {@link formatVerifyingKey}'s form. Throws `key-invalid` also if KEYID is not this key's, as after a slip in copying. */
export function parseVerifyingKey(text: string): VerifyingKey {
  const [prefix, keyId, encoded, ...more] = text.split(":");
  const raw = decodeBase64Url(encoded ?? "");
  if (prefix !== TEXT_PREFIX || more.length > 0 || raw?.length !== KEY_LENGTH) {
    throw new SealingError(
      "key-invalid",
      `"${text.slice(0, 120)}" is not a verifying key. It must read ${TEXT_PREFIX}:KEYID:KEY with KEY of 43 characters; ` +
        "ask the peer for its card again.",
    );
  }
  const key = verifyingKeyOf(
    createPublicKey({ key: Buffer.concat([SPKI_HEAD, raw]), format: "der", type: "spki" }),
  );
  if (key.keyId === keyId) return key;
  throw new SealingError(
    "key-invalid",
    `The verifying key ${keyId} was miscopied: the key after it is ${key.keyId}. Ask the peer for its card again.`,
  );
}

function signingKeyOf(privateKey: KeyObject): SigningKey {
  const verifyingKey = verifyingKeyOf(createPublicKey(privateKey));
  return {
    keyId: verifyingKey.keyId,
    verifyingKey,
    sign: (message) => sign(null, message, privateKey),
    toPem: () => privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
  };
}

function verifyingKeyOf(key: KeyObject): VerifyingKey {
  const der = key.export({ format: "der", type: "spki" });
  const keyId = createHash("sha256").update(der).digest().subarray(0, KEY_ID_BYTES).toString("hex") as KeyId;
  return { keyId, key };
}

function readPrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey({ key: pem, format: "pem" });
  } catch (cause) {
    throw new SealingError(
      "key-invalid",
      "The signing key cannot be read: it is not an unencrypted PKCS #8 PEM file.",
      {
        cause,
      },
    );
  }
}
