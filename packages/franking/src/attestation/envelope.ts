import { canonicalJson } from "@fairlead/report";
import { z } from "zod";
import { base64Of, bytesOfBase64 } from "../crypto/base64.ts";
import { concatBytes, hexOf } from "../crypto/bytes.ts";
import type { Awaitable, FrankingCrypto } from "../crypto/crypto.ts";
import { FrankingError } from "../error.ts";
import { parseAttestation } from "./schema.ts";
import { type Attestation, ATTESTATION_PAYLOAD_TYPE } from "./types.ts";

/** An Ed25519 SubjectPublicKeyInfo begins with these bytes (RFC 8410). */
const SPKI_HEAD = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00);
const MOST_BYTES = 16 * 1024 * 1024;

/** Signs attestations, wherever its private key is kept. Several may sign one, such as one that stands against quantum computers. */
export interface AttestationSigner {
  readonly keyId: string;
  sign(message: Uint8Array): Awaitable<Uint8Array>;
}

/** A key that whoever reads an attestation trusts for it. */
export interface AttestationKey {
  readonly keyId: string;
  verify(message: Uint8Array, signature: Uint8Array): Awaitable<boolean>;
}

/** The attestation as `attestation.json`: a DSSE v1 envelope (secure-systems-lab/dsse) in JSON. */
export interface AttestationEnvelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: ReadonlyArray<{ readonly keyid: string; readonly sig: string }>;
}

const envelopeSchema = z.object({
  payload: z.string().max(MOST_BYTES),
  payloadType: z.literal(ATTESTATION_PAYLOAD_TYPE),
  // An ML-DSA-65 signature (FIPS 204) has 3,309 bytes.
  signatures: z
    .array(z.object({ keyid: z.string().max(256), sig: z.string().max(8192) }))
    .min(1)
    .max(16),
});

/** A signer with an Ed25519 seed that is in this process. */
export async function ed25519Signer(
  crypto: FrankingCrypto,
  privateKey: Uint8Array,
): Promise<AttestationSigner> {
  const keyId = await ed25519KeyId(crypto, await crypto.publicKeyOf(privateKey));
  return { keyId, sign: (message) => crypto.sign(privateKey, message) };
}

/** A raw Ed25519 public key, pinned. */
export async function ed25519Key(crypto: FrankingCrypto, publicKey: Uint8Array): Promise<AttestationKey> {
  const keyId = await ed25519KeyId(crypto, publicKey);
  return { keyId, verify: (message, signature) => crypto.verify(publicKey, message, signature) };
}

async function ed25519KeyId(crypto: FrankingCrypto, publicKey: Uint8Array): Promise<string> {
  return hexOf(await crypto.sha256(concatBytes(SPKI_HEAD, publicKey))).slice(0, 32);
}

/** Signs an attestation with every signer given. @throws FrankingError `attestation.malformed` before anything is signed */
export async function signAttestation(
  attestation: Attestation,
  signers: readonly AttestationSigner[],
): Promise<AttestationEnvelope> {
  const payload = new TextEncoder().encode(canonicalJson(parseAttestation(attestation)));
  const message = preAuthenticationEncoding(payload);
  const signatures = [];
  for (const signer of signers)
    signatures.push({ keyid: signer.keyId, sig: base64Of(await signer.sign(message)) });
  return { payload: base64Of(payload), payloadType: ATTESTATION_PAYLOAD_TYPE, signatures };
}

/** What an attestation says and which of the trusted keys say it. */
export interface VerifiedAttestation {
  readonly attestation: Attestation;
  /** Distinct trusted keys that signed it; never empty. */
  readonly signers: readonly string[];
}

/**
 * Verifies an attestation and returns its body.
 * @param envelope any JSON value, such as `attestation.json` parsed
 * @throws FrankingError `attestation.malformed`, or `attestation.untrusted` if no trusted key signed it
 */
export async function verifyAttestation(
  envelope: unknown,
  keys: readonly AttestationKey[],
): Promise<VerifiedAttestation> {
  const parsed = envelopeSchema.safeParse(envelope);
  const payload = parsed.success ? bytesOfBase64(parsed.data.payload) : null;
  if (!parsed.success || payload === null) throw malformed("it is no DSSE envelope of an attestation");
  const message = preAuthenticationEncoding(payload);
  const signers = new Set<string>();
  for (const { keyid, sig } of parsed.data.signatures) {
    const signature = bytesOfBase64(sig);
    const key = keys.find(({ keyId }) => keyId === keyid);
    if (signature !== null && key !== undefined && (await key.verify(message, signature))) signers.add(keyid);
  }
  if (signers.size === 0)
    throw new FrankingError(
      "attestation.untrusted",
      `None of the ${keys.length} key(s) trusted here signed this attestation; it names the key(s) ` +
        `${parsed.data.signatures.map(({ keyid }) => keyid.slice(0, 64)).join(", ")}. Pin the provider's card if you trust it.`,
    );
  return { attestation: readPayload(payload), signers: [...signers] };
}

/** Reads an attestation without asking who signed it. @throws FrankingError `attestation.malformed` */
export function readAttestation(envelope: unknown): Attestation {
  const parsed = envelopeSchema.safeParse(envelope);
  const payload = parsed.success ? bytesOfBase64(parsed.data.payload) : null;
  if (payload === null) throw malformed("it is no DSSE envelope of an attestation");
  return readPayload(payload);
}

function readPayload(payload: Uint8Array): Attestation {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload));
  } catch {
    throw malformed("its payload is not JSON in UTF-8");
  }
  const attestation = parseAttestation(value);
  // Two spellings of one body would be two attestations under one signature's sense.
  if (canonicalJson(attestation) !== new TextDecoder().decode(payload))
    throw malformed("its payload is not canonical JSON (RFC 8785)");
  return attestation;
}

/** `PAE(type, body) = "DSSEv1" SP LEN(type) SP type SP LEN(body) SP body` */
function preAuthenticationEncoding(body: Uint8Array): Uint8Array {
  const encode = new TextEncoder();
  const type = encode.encode(ATTESTATION_PAYLOAD_TYPE);
  return concatBytes(encode.encode(`DSSEv1 ${type.length} `), type, encode.encode(` ${body.length} `), body);
}

function malformed(why: string): FrankingError {
  return new FrankingError(
    "attestation.malformed",
    `The attestation cannot be read: ${why}. Ask its maker for it again.`,
  );
}
