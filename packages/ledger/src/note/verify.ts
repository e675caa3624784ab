import { verify } from "node:crypto";
import { LedgerError } from "../error.ts";
import type { Verifier } from "./keys.ts";
import type { Note, NoteSignature } from "./note.ts";

/** A signature that was verified. `timestampSeconds` (POSIX) is there if the signature is a witness's cosignature. */
export interface VerifiedSignature {
  readonly verifier: Verifier;
  readonly timestampSeconds?: number;
}

const TIMESTAMP_BYTES = 8;

/**
 * Verifies the signatures of every given key and ignores those of others: "Verifiers MUST ignore signatures from
 * unknown keys, even if they share a name or ID (but not both) with a known key" (C2SP signed-note). A key that signed
 * twice counts once, by its first signature. The answer may be empty: the caller says which keys it needs.
 *
 * @throws LedgerError `unverified` if a signature by a given key is wrong
 */
export function verifyNote(note: Note, verifiers: readonly Verifier[]): VerifiedSignature[] {
  const verified = new Map<Verifier, VerifiedSignature>();
  for (const signature of note.signatures) {
    const verifier = verifiers.find((v) => v.name === signature.name && v.keyId === signature.keyId);
    if (verifier === undefined) continue;
    const outcome = verifySignature(note.text, signature, verifier);
    // "If a signature from a known key fails to verify, clients SHOULD reject the whole note."
    if (outcome === undefined) {
      throw new LedgerError(
        "unverified",
        `The signature by ${signature.name} is not a signature of this note.`,
      );
    }
    if (!verified.has(verifier)) verified.set(verifier, outcome);
  }
  return [...verified.values()];
}

function verifySignature(
  text: string,
  { signature }: NoteSignature,
  verifier: Verifier,
): VerifiedSignature | undefined {
  if (verifier.type === "cosignature/v1") return verifyCosignature(text, signature, verifier);
  return verify(null, Buffer.from(text, "utf8"), verifier.publicKey, signature) ? { verifier } : undefined;
}

/** The `timestamped_signature` of C2SP tlog-cosignature: eight bytes of seconds, then the Ed25519 signature. */
function verifyCosignature(
  text: string,
  signature: Uint8Array,
  verifier: Verifier,
): VerifiedSignature | undefined {
  if (signature.length <= TIMESTAMP_BYTES) return undefined;
  const seconds = new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);
  // "It MUST NOT exceed 2^63 - 1, and verifiers MAY reject cosignatures with timestamps in the future": beyond 2^53
  // seconds is 285 million years ahead.
  if (seconds > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  const message = `cosignature/v1\ntime ${seconds}\n${text}`;
  return verify(null, Buffer.from(message, "utf8"), verifier.publicKey, signature.subarray(TIMESTAMP_BYTES))
    ? { verifier, timestampSeconds: Number(seconds) }
    : undefined;
}
