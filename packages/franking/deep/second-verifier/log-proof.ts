import { isSigned, leafHash, sha256 } from "./primitives.ts";
import { rootFrom } from "./merkle-path.ts";
import { concat, equal } from "./tls.ts";

const utf8 = new TextEncoder();
const PROOF = /^c2sp\.org\/tlog-proof@v1\n(?:extra ([^\n]*)\n)?index (0|[1-9][0-9]*)\n((?:[^\n]+\n)*)\n/;
const CHECKPOINT = /^([^\n]+)\n(0|[1-9][0-9]*)\n([^\n]+)\n(?:[^\n]+\n)*$/;
const MOST_LEAVES = 2n ** 53n - 1n;

/** Standard base64 in its one spelling, or null. */
function fromBase64(text: string): Uint8Array | null {
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? Uint8Array.from(bytes) : null;
}

/**
 * Checks a C2SP tlog-proof: the leaf stands in the tree of a checkpoint that the log signed.
 * @param logKey `NAME+HASH+BASE64(0x01 || key)`
 * @returns the checkpoint's text, which the log signed; null if anything does not hold
 */
export function openProof(leaf: Uint8Array, proof: string, logKey: string): string | null {
  const [head, extra, index, lines] = PROOF.exec(proof) ?? [];
  if (head === undefined || index === undefined || lines === undefined) return null;
  const path = lines.split("\n").slice(0, -1).map(fromBase64);
  const isExtraRight = extra === undefined || (extra !== "" && fromBase64(extra) !== null);
  if (!isExtraRight || path.some((hash) => hash?.length !== 32)) return null;
  const text = signedText(proof.slice(head.length), logKey);
  const [, origin, size, root] = CHECKPOINT.exec(text ?? "") ?? [];
  if (text === null || origin === undefined || size === undefined || root === undefined) return null;
  if (origin !== nameOf(logKey) || BigInt(size) > MOST_LEAVES) return null;
  const hashes = path.filter((hash) => hash !== null);
  const reached = rootFrom(leafHash(leaf), BigInt(index), BigInt(size), hashes);
  const wanted = fromBase64(root);
  return reached !== null && wanted !== null && equal(reached, wanted) ? text : null;
}

const nameOf = (logKey: string): string => logKey.split("+", 1)[0] ?? "";

/** The text of a C2SP signed note if this key signed it, and every line of its signatures has the form. */
function signedText(note: string, logKey: string): string | null {
  const end = note.lastIndexOf("\n\n");
  const hasControls = Array.from(note).some((one) => one < " " && one !== "\n");
  if (end < 0 || !note.endsWith("\n") || !note.isWellFormed() || hasControls) return null;
  const text = note.slice(0, end + 1);
  const lines = note
    .slice(end + 2)
    .split("\n")
    .slice(0, -1);
  const signatures = lines.map(signatureOf);
  if (signatures.length === 0 || signatures.length > 100) return null;
  const key = fromBase64(logKey.split("+").slice(2).join("+"));
  if (key === null || key[0] !== 1) return null;
  const name = nameOf(logKey);
  const id = sha256(concat(utf8.encode(`${name}\n`), key)).subarray(0, 4);
  const own: Uint8Array[] = [];
  for (const one of signatures) {
    if (one === null) return null;
    if (one.name === name && equal(one.bytes.subarray(0, 4), id)) own.push(one.bytes.subarray(4));
  }
  const isRight = own.every((signature) => isSigned(key.subarray(1), utf8.encode(text), signature));
  return own.length > 0 && isRight ? text : null;
}

function signatureOf(line: string): { name: string; bytes: Uint8Array } | null {
  const [, name, encoded] = /^\u2014 ([^\s+]+) ([^ ]+)$/u.exec(line) ?? [];
  const bytes = encoded === undefined ? null : fromBase64(encoded);
  return name === undefined || bytes === null || bytes.length <= 4 ? null : { name, bytes };
}
