import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from "node:crypto";
import { fromBase64, toBase64 } from "../bytes.ts";
import { LedgerError } from "../error.ts";
import { isKeyName } from "./note.ts";

/** What a key signs: the text itself, or the text behind a witness's time stamp (C2SP tlog-cosignature). */
export type SignatureType = "ed25519" | "cosignature/v1";

/** A public key that is trusted for a name. */
export interface Verifier {
  readonly name: string;
  readonly keyId: number;
  readonly type: SignatureType;
  readonly publicKey: KeyObject;
  /** The text form, `NAME+HASH+BASE64`: what to publish and to pin. */
  readonly vkey: string;
}

/** A private Ed25519 key that signs notes under a name. */
export interface Signer {
  readonly name: string;
  readonly keyId: number;
  readonly verifier: Verifier;
  sign(text: string): Uint8Array;
}

const TYPE_BYTES = { ed25519: 0x01, "cosignature/v1": 0x04 } as const;
const PRIVATE_PREFIX = "PRIVATE+KEY+";

// DER wrappings of a raw 32-byte Ed25519 key, RFC 8410 sections 4 and 7.
const SPKI_PREFIX = Buffer.from("302a300506032b6570032100", "hex");
const PKCS8_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const RAW_KEY_BYTES = 32;

/**
 * Makes a new Ed25519 key pair in text form. `skey` is the secret that owns the log: whoever holds it can sign another
 * history.
 */
export function generateKey(name: string): { skey: string; vkey: string } {
  assertName(name);
  const { privateKey } = generateKeyPairSync("ed25519");
  const seed = privateKey.export({ format: "der", type: "pkcs8" }).subarray(PKCS8_PREFIX.length);
  const { vkey, keyId } = verifierOf(name, "ed25519", rawPublicKey(privateKey));
  return { vkey, skey: `${PRIVATE_PREFIX}${keyText(name, keyId, TYPE_BYTES.ed25519, seed)}` };
}

/**
 * Reads a private key: `PRIVATE+KEY+NAME+HASH+BASE64(0x01 || seed)`, the encoding of Go's sumdb/note.
 *
 * @throws LedgerError `malformed`; the message never contains any part of the key
 */
export function newSigner(skey: string): Signer {
  if (!skey.startsWith(PRIVATE_PREFIX)) throw malformedKey("private", "it does not begin with PRIVATE+KEY+");
  const { name, keyId, typeByte, raw } = splitKey(skey.slice(PRIVATE_PREFIX.length), "private");
  if (typeByte !== TYPE_BYTES.ed25519) throw malformedKey("private", "it is not an Ed25519 key");
  const privateKey = createPrivateKey({
    key: Buffer.concat([PKCS8_PREFIX, raw]),
    format: "der",
    type: "pkcs8",
  });
  const verifier = verifierOf(name, "ed25519", rawPublicKey(privateKey));
  if (verifier.keyId !== keyId) throw malformedKey("private", "its hash is not that of its name and key");
  return {
    name,
    keyId,
    verifier,
    sign: (text) => new Uint8Array(sign(null, Buffer.from(text, "utf8"), privateKey)),
  };
}

/**
 * Reads a public key: `NAME+HASH+BASE64(type || key)`, with type 0x01 (Ed25519, for logs) or 0x04 (Ed25519
 * cosignature/v1, for witnesses).
 *
 * @throws LedgerError `malformed`
 */
export function newVerifier(vkey: string): Verifier {
  const { name, keyId, typeByte, raw } = splitKey(vkey, "public");
  const type = typeByte === 0x01 ? "ed25519" : typeByte === 0x04 ? "cosignature/v1" : undefined;
  if (type === undefined) throw malformedKey("public", "its type is neither Ed25519 nor cosignature/v1");
  const verifier = verifierOf(name, type, raw);
  if (verifier.keyId !== keyId) throw malformedKey("public", "its hash is not that of its name and key");
  return verifier;
}

function verifierOf(name: string, type: SignatureType, raw: Uint8Array): Verifier {
  const typeByte = TYPE_BYTES[type];
  const keyId = keyIdOf(name, typeByte, raw);
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI_PREFIX, raw]), format: "der", type: "spki" });
  return { name, keyId, type, publicKey, vkey: keyText(name, keyId, typeByte, raw) };
}

/** "key ID = SHA-256(key name || 0x0A || signature type || public key)[:4]", C2SP signed-note. */
function keyIdOf(name: string, typeByte: number, raw: Uint8Array): number {
  return createHash("sha256")
    .update(`${name}\n`)
    .update(Uint8Array.of(typeByte))
    .update(raw)
    .digest()
    .readUInt32BE(0);
}

function keyText(name: string, keyId: number, typeByte: number, raw: Uint8Array): string {
  return `${name}+${keyId.toString(16).padStart(8, "0")}+${toBase64(Uint8Array.of(typeByte, ...raw))}`;
}

function splitKey(text: string, kind: "private" | "public") {
  // Base64 may hold a plus sign, name and hash may not: the first two separate.
  const [, name, hash, base64] = /^([^+]*)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  if (name === undefined || hash === undefined || base64 === undefined) {
    throw malformedKey(kind, "it does not have the form NAME+HASH+BASE64");
  }
  assertName(name);
  const bytes = fromBase64(base64);
  if (bytes?.length !== 1 + RAW_KEY_BYTES)
    throw malformedKey(kind, "its base64 is not a type byte and 32 key bytes");
  return { name, keyId: Number.parseInt(hash, 16), typeByte: bytes[0], raw: bytes.subarray(1) };
}

function rawPublicKey(privateKey: KeyObject): Uint8Array {
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return new Uint8Array(spki.subarray(SPKI_PREFIX.length));
}

function assertName(name: string): void {
  if (!isKeyName(name)) {
    throw new LedgerError(
      "malformed",
      "A key name must not be empty or hold a space, a control character or a plus sign. Use one like example.com/log1.",
    );
  }
}

function malformedKey(kind: "private" | "public", why: string): LedgerError {
  return new LedgerError("malformed", `The ${kind} key is malformed: ${why}.`);
}
