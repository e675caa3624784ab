import type { AttachmentDisclosure } from "../../src/bundle/types.ts";
import type { Commitment, Content, FilePart } from "./content.ts";
import { type AttachmentOpinion, type Evidence, type Finding, finding } from "./input.ts";
import { decrypt, derive, encrypt, leafHash, nodeHash, sha256 } from "./primitives.ts";
import { concat, equal, hex, u32, u8 } from "./tls.ts";

/** MIMI's `encAlg` for files that are sealed chunk by chunk. */
const CHUNKED = 0xc5f1n;
const KIB = 1024;
const TAG = 16;

/** e2ee.md 4.1 and V12. */
export function checkAttachments(
  evidence: Evidence,
  content: Content | null,
  disclosures: readonly AttachmentDisclosure[],
): { finding: Finding; attachments: readonly AttachmentOpinion[] } {
  if (content === null) return { finding: finding("V12", ["content.invalid"]), attachments: [] };
  const opinions = disclosures.map((one) => checkOne(evidence, content, one));
  // Thumbnails and whatever else the message carried are shown to be there (e2ee.md 4.1).
  for (const { url } of content.files) {
    const root = openable(content, url)?.commitment.root;
    if (root !== undefined && !disclosures.some((one) => equal(one.root, root)))
      opinions.push(checkOne(evidence, content, { root, mode: "hash-only" }));
  }
  const has = (reason: string): string | false => opinions.some((one) => one.reason === reason) && reason;
  return {
    finding: finding(
      "V12",
      [has("attachment.not-committed"), has("attachment.differs")],
      [has("attachment.gone"), !disclosures.some(({ mode }) => mode === "full") && "attachment.none"],
    ),
    attachments: opinions.map(({ opinion }) => opinion),
  };
}

function checkOne(
  { ciphertexts, plaintexts }: Evidence,
  content: Content,
  { root, mode }: AttachmentDisclosure,
): { opinion: AttachmentOpinion; reason: string | null } {
  const answer = (result: AttachmentOpinion["result"], reason: string | null, file?: Uint8Array) => ({
    opinion: {
      root: hex(root),
      mode,
      result,
      sha256: file === undefined ? null : hex(sha256(file)),
      size: file?.length ?? null,
    },
    reason,
  });
  const [url] = Array.from(content.commitments).find(([, one]) => equal(one.root, root)) ?? [];
  if (url === undefined) return answer("failed", "attachment.not-committed");
  const sent = openable(content, url);
  if (sent === null) return answer("failed", "attachment.differs");
  if (mode === "hash-only") return answer("committed-not-seen", null);
  const { part, commitment } = sent;
  const [stored, copy] = [ciphertexts.get(url), plaintexts.get(url)];
  if (stored === undefined && copy === undefined) return answer("missing", "attachment.gone");
  // Before anything is decrypted (e2ee.md 4.1).
  if (!equal(derive(part.key, "csf1/att/commit"), commitment.keyCommitment))
    return answer("failed", "attachment.differs");
  const file =
    stored === undefined
      ? resealed(copy ?? new Uint8Array(), part, commitment)
      : opened(stored, part, commitment);
  return file === null ? answer("failed", "attachment.differs") : answer("opened-and-bound", null, file);
}

/** The part at a url with its commitment, if they are of this profile and fit each other as far as their forms say. */
function openable(
  { commitments, files }: Content,
  url: string,
): { part: FilePart; commitment: Commitment } | null {
  const [part, commitment] = [files.find((one) => one.url === url), commitments.get(url)];
  if (part === undefined || commitment === undefined) return null;
  const isOfProfile =
    part.encAlg === CHUNKED &&
    part.hashAlg === 1n &&
    part.key.length === 32 &&
    part.nonce.length === 7 &&
    part.aad.length === 0 &&
    part.contentHash.length === 32 &&
    part.size === commitment.size;
  return isOfProfile ? { part, commitment } : null;
}

/** Where each chunk of so many bytes of plaintext begins and ends; null if the commitment has other chunks. */
function cut(plaintextSize: number, chunk: bigint): ReadonlyArray<readonly [number, number]> | null {
  const size = plaintextSize < 16 * KIB * KIB ? 64 * KIB : KIB * KIB;
  if (BigInt(size) !== chunk) return null;
  const count = Math.max(1, Math.ceil(plaintextSize / size));
  return Array.from({ length: count }, (_, at) => [at * size, Math.min((at + 1) * size, plaintextSize)]);
}

/** STREAM: prefix, number, whether it is the last. */
function nonceOf({ nonce }: FilePart, at: number, count: number): Uint8Array {
  return concat(nonce, u32(at), u8(at === count - 1 ? 1 : 0));
}

function opened(stored: Uint8Array, part: FilePart, { root, chunk, size }: Commitment): Uint8Array | null {
  if (BigInt(stored.length) !== size) return null;
  const count = Math.max(1, Math.ceil(stored.length / (Number(chunk) + TAG)));
  const places = cut(stored.length - count * TAG, chunk);
  if (places === null || places.length !== count) return null;
  const key = derive(part.key, "csf1/att/enc");
  const sealed = places.map(([from, to], at) => stored.subarray(from + at * TAG, to + (at + 1) * TAG));
  const plain = sealed.map((bytes, at) => decrypt(key, nonceOf(part, at, count), bytes));
  if (!equal(treeHash(sealed.map(leafHash)), root) || plain.includes(null)) return null;
  return concat(...plain.filter((bytes) => bytes !== null));
}

function resealed(file: Uint8Array, part: FilePart, { root, chunk, size }: Commitment): Uint8Array | null {
  const places = cut(file.length, chunk);
  if (places === null || BigInt(file.length + places.length * TAG) !== size) return null;
  const key = derive(part.key, "csf1/att/enc");
  const leaves = places.map(([from, to], at) =>
    leafHash(encrypt(key, nonceOf(part, at, places.length), file.subarray(from, to))),
  );
  return equal(treeHash(leaves), root) ? file : null;
}

/** RFC 6962, section 2.1: split at the largest power of two below the number of leaves. */
function treeHash(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256(new Uint8Array());
  if (leaves.length === 1) return only;
  const left = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return nodeHash(treeHash(leaves.slice(0, left)), treeHash(leaves.slice(left)));
}
