import { fromBase64, toBase64 } from "../bytes.ts";
import { LedgerError } from "../error.ts";

/** One line under a note: who says to have signed it. Nothing is verified yet. */
export interface NoteSignature {
  /** Key name: not empty, without Unicode spaces and without "+". */
  readonly name: string;
  /** The first four bytes of a hash of name, type and key: tells keys of one name apart, proves nothing. */
  readonly keyId: number;
  readonly signature: Uint8Array;
}

/** A C2SP signed note: text that ends with a newline, and the signatures under it. */
export interface Note {
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

// "Verifiers SHOULD apply a maximum limit to the number of signatures in a note (or ... to the overall size of a
// note), but MUST accept at least up to 16 signatures." 100 signatures and 1 MB are what Go's reference takes.
const MAX_NOTE_BYTES = 1_000_000;
const MAX_SIGNATURES = 100;

/**
 * Parses a signed note. A note has one spelling only: what this accepts, `formatNote` writes back byte for byte.
 *
 * @throws LedgerError `malformed`
 */
export function parseNote(bytes: Uint8Array): Note {
  if (bytes.length > MAX_NOTE_BYTES) throw malformed(`it is longer than ${MAX_NOTE_BYTES} bytes`);
  const source = decodeUtf8(bytes);
  // "the text is separated from the signatures by the last empty line in the note."
  const split = source.lastIndexOf("\n\n");
  if (split === -1) throw malformed("no empty line separates text and signatures");
  const text = source.slice(0, split + 1);
  assertText(text);
  const block = source.slice(split + 2);
  if (!block.endsWith("\n")) throw malformed("the last signature line does not end");
  const lines = block.slice(0, -1).split("\n");
  if (lines.length > MAX_SIGNATURES) throw malformed(`it has more than ${MAX_SIGNATURES} signatures`);
  return { text, signatures: lines.map(parseSignatureLine) };
}

/** Writes a signed note: text, empty line, signature lines. The text is checked as a reader would check it. */
export function formatNote(note: Note): Uint8Array {
  assertText(note.text);
  const { length } = note.signatures;
  if (length < 1 || length > MAX_SIGNATURES) {
    throw malformed(`it must carry 1 to ${MAX_SIGNATURES} signatures, not ${length}`);
  }
  return new TextEncoder().encode(`${note.text}\n${note.signatures.map(formatSignatureLine).join("")}`);
}

/** A signature line, as a witness answers it: `— NAME BASE64` and a newline. */
export function formatSignatureLine({ name, keyId, signature }: NoteSignature): string {
  if (!isKeyName(name)) throw malformed("a key name is empty or holds a space or a plus sign");
  if (signature.length === 0) throw malformed("a signature is empty");
  const blob = new Uint8Array(4 + signature.length);
  new DataView(blob.buffer).setUint32(0, keyId);
  blob.set(signature, 4);
  return `\u2014 ${name} ${toBase64(blob)}\n`;
}

/** "Key names MUST be non-empty and MUST NOT contain any Unicode spaces or plus (U+002B) characters." */
export function isKeyName(name: string): boolean {
  return /^[^\p{White_Space}+]+$/u.test(name) && isPlainText(name);
}

function parseSignatureLine(line: string): NoteSignature {
  const parts = line.split(" ");
  const [dash, name, base64] = parts;
  if (parts.length !== 3 || dash !== "\u2014" || name === undefined || base64 === undefined) {
    throw malformed("a signature line is not: em dash, space, key name, space, base64");
  }
  if (!isKeyName(name)) throw malformed("a key name is empty or holds a space or a plus sign");
  const blob = fromBase64(base64);
  // "Signatures are the base64 encoding of 4+n bytes."
  if (blob === undefined || blob.length <= 4)
    throw malformed("a signature is not base64 of more than four bytes");
  return {
    name,
    keyId: new DataView(blob.buffer, blob.byteOffset).getUint32(0),
    signature: blob.subarray(4),
  };
}

function assertText(text: string): void {
  if (!text.endsWith("\n")) throw malformed("the text must end with a newline");
  if (!isPlainText(text)) throw malformed("the text holds a control character or is not valid Unicode");
}

/**
 * "Signed notes MUST be valid UTF-8 and MUST NOT contain any ASCII control characters (those below U+0020) other than
 * newline."
 */
function isPlainText(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x20 && code !== 0x0a) return false;
  }
  return text.isWellFormed();
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    // A byte order mark is part of the signed text; dropping it would let two byte strings be one note.
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new LedgerError("malformed", "The note is malformed: it is not valid UTF-8.", { cause });
  }
}

function malformed(why: string): LedgerError {
  return new LedgerError("malformed", `The note is malformed: ${why}.`);
}
