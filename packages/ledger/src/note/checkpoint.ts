import { fromBase64, fromDecimal, toBase64 } from "../bytes.ts";
import { LedgerError } from "../error.ts";
import { HASH_BYTES } from "../merkle/hash.ts";
import type { Signer, Verifier } from "./keys.ts";
import { formatNote, type NoteSignature, parseNote } from "./note.ts";
import { type VerifiedSignature, verifyNote } from "./verify.ts";

/** What a log signs: "this many leaves, and this is their root" (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** The log's identity; the name of its key. */
  readonly origin: string;
  /** Number of leaves. */
  readonly size: number;
  readonly root: Uint8Array;
  /** Opaque further lines, kept because they are signed; ours has none. */
  readonly extensions: readonly string[];
}

/** A checkpoint whose log signature was verified, with the bytes that were signed and the cosignatures found. */
export interface SignedCheckpoint extends Checkpoint {
  /** The signed note as it was read or written. */
  readonly bytes: Uint8Array;
  /** The cosignatures by the witnesses that were asked for, each verified. */
  readonly cosignatures: readonly VerifiedSignature[];
}

/** The text of a checkpoint, which is what gets signed. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  const lines = [origin, String(size), toBase64(root), ...extensions];
  const text = `${lines.join("\n")}\n`;
  // Reading it back refuses what would not be this checkpoint: a newline in the origin, a broken size or root.
  const parsed = parseCheckpoint(text);
  if (parsed.origin !== origin || parsed.extensions.length !== extensions.length) {
    throw malformed("a line of it holds a newline");
  }
  return text;
}

/**
 * Parses the text of a checkpoint, strictly: it has one spelling.
 *
 * @throws LedgerError `malformed`
 */
export function parseCheckpoint(text: string): Checkpoint {
  if (!text.endsWith("\n")) throw malformed("it does not end with a newline");
  const [origin, sizeText, rootText, ...extensions] = text.slice(0, -1).split("\n");
  if (origin === undefined || sizeText === undefined || rootText === undefined) {
    throw malformed("it must have a line each for origin, size and root");
  }
  if (origin === "" || extensions.includes("")) throw malformed("it has an empty line");
  const size = fromDecimal(sizeText);
  if (size === undefined) throw malformed("its size is no decimal from 0 to 2^53 - 1 without leading zeroes");
  const root = fromBase64(rootText);
  if (root?.length !== HASH_BYTES) throw malformed("its root is not the base64 of 32 bytes");
  return { origin, size, root, extensions };
}

/**
 * Signs a checkpoint. "A log MUST not sign any checkpoint which is inconsistent with any checkpoint it previously
 * signed": only a log that has just verified its own growth calls this.
 */
export function signCheckpoint(checkpoint: Checkpoint, signer: Signer): SignedCheckpoint {
  const text = formatCheckpoint(checkpoint);
  const signature = { name: signer.name, keyId: signer.keyId, signature: signer.sign(text) };
  return { ...checkpoint, bytes: formatNote({ text, signatures: [signature] }), cosignatures: [] };
}

/**
 * Opens a signed checkpoint: verifies the log's signature, that the origin is the log's, and the cosignatures of the
 * given witnesses. How many witnesses are enough is the caller's policy: count `cosignatures`.
 *
 * @throws LedgerError `malformed` or `unverified`
 */
export function openCheckpoint(
  bytes: Uint8Array,
  log: Verifier,
  witnesses: readonly Verifier[] = [],
): SignedCheckpoint {
  const note = parseNote(bytes);
  const verified = verifyNote(note, [log, ...witnesses]);
  if (!verified.some(({ verifier }) => verifier === log)) {
    throw new LedgerError(
      "unverified",
      `The checkpoint is not signed by ${log.name}. Check the log's public key.`,
    );
  }
  const checkpoint = parseCheckpoint(note.text);
  if (checkpoint.origin !== log.name) {
    throw new LedgerError("unverified", `The checkpoint is of another log than ${log.name}.`);
  }
  return {
    ...checkpoint,
    bytes: bytes.slice(),
    cosignatures: verified.filter(({ verifier }) => verifier !== log),
  };
}

/** Puts further signatures, such as witnesses' cosignatures, under a signed checkpoint or any note. */
export function addSignatures(bytes: Uint8Array, signatures: readonly NoteSignature[]): Uint8Array {
  const note = parseNote(bytes);
  return formatNote({ text: note.text, signatures: [...note.signatures, ...signatures] });
}

function malformed(why: string): LedgerError {
  return new LedgerError("malformed", `The checkpoint is malformed: ${why}.`);
}
