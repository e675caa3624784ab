import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from "@hpke/core";
import { concatBytes } from "../crypto/bytes.ts";
import { FrankingError } from "../error.ts";

/**
 * The first byte of everything sealed, which says how: 1 is DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. What was sealed
 * so can be kept by somebody until a quantum computer opens it. X-Wing (a hybrid of X25519 and ML-KEM-768), for which HPKE has a
 * library of its own, is not installed; it gets the next number here, and a verifier then opens both until its old keys expire.
 */
const SUITE_1 = 1;
const ENC_BYTES = 32;
const INFO = new TextEncoder().encode("fairlead report to verifier v1");

function suite(): CipherSuite {
  return new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
}

/** A verifier's key pair, raw X25519 keys of 32 bytes. */
export async function generateVerifierKey(): Promise<{ privateKey: Uint8Array; publicKey: Uint8Array }> {
  const { kem } = suite();
  const pair = await kem.generateKeyPair();
  return {
    privateKey: new Uint8Array(await kem.serializePrivateKey(pair.privateKey)),
    publicKey: new Uint8Array(await kem.serializePublicKey(pair.publicKey)),
  };
}

/**
 * Seals a report so that only the verifier can open it (RFC 9180, base mode): one byte for the suite, the encapsulated key, the
 * ciphertext. Not the platform's web servers, not its hub.
 * @param aad the report's id in UTF-8: a sealed report is not another's
 * @throws FrankingError `seal.key`
 */
export async function sealForVerifier(
  recipientPublicKey: Uint8Array,
  plaintext: Uint8Array,
  aad: Uint8Array,
): Promise<Uint8Array> {
  const hpke = suite();
  const key = await hpke.kem.deserializePublicKey(copyOf(recipientPublicKey)).catch((cause: unknown) => {
    throw new FrankingError("seal.key", "The verifier's key is no X25519 public key of 32 bytes.", { cause });
  });
  const sender = await hpke.createSenderContext({ recipientPublicKey: key, info: copyOf(INFO) });
  const ciphertext = await sender.seal(copyOf(plaintext), copyOf(aad));
  return concatBytes(Uint8Array.of(SUITE_1), new Uint8Array(sender.enc), new Uint8Array(ciphertext));
}

/** @throws FrankingError `seal.malformed`, `seal.suite`, `seal.key`, `seal.not-ours` for another key, other associated data or altered bytes */
export async function openAsVerifier(
  privateKey: Uint8Array,
  sealed: Uint8Array,
  aad: Uint8Array,
): Promise<Uint8Array> {
  if (sealed.length <= 1 + ENC_BYTES)
    throw new FrankingError("seal.malformed", "The sealed report is too short.");
  if (sealed[0] !== SUITE_1)
    throw new FrankingError(
      "seal.suite",
      `The sealed report is of suite ${sealed[0]}, which is not known here.`,
    );
  const hpke = suite();
  const recipientKey = await hpke.kem.deserializePrivateKey(copyOf(privateKey)).catch((cause: unknown) => {
    throw new FrankingError("seal.key", "The verifier's own key is no X25519 private key of 32 bytes.", {
      cause,
    });
  });
  try {
    const enc = copyOf(sealed.subarray(1, 1 + ENC_BYTES));
    const recipient = await hpke.createRecipientContext({ recipientKey, enc, info: copyOf(INFO) });
    return new Uint8Array(await recipient.open(copyOf(sealed.subarray(1 + ENC_BYTES)), copyOf(aad)));
  } catch (cause) {
    const words = "This key does not open the sealed report, or the report was altered.";
    throw new FrankingError("seal.not-ours", words, { cause });
  }
}

/** The library takes whole buffers, and Node's own `slice` copies nothing. */
function copyOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}
