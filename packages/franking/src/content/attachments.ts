import { hexOf } from "../crypto/bytes.ts";
import { extensionError } from "./extension-error.ts";
import { ATTACHMENTS } from "./extension-keys.ts";
import type { AttachmentCommitment, CborValue, ExternalPart, MimiContent, NestedPart } from "./types.ts";

/** Largest plaintext chunk that a receiver must hold in memory at once. */
const CHUNK_LIMIT_BYTES = 16 * 1024 * 1024;

/**
 * Extension -1004: a CBOR map from each external part's url to `[root bstr .size 32, size uint, chunk uint, keyCommitment bstr
 * .size 32]`, which are the fields of `AttachmentCommitment` in that order.
 */
export function attachmentsExtension(commitments: ReadonlyMap<string, AttachmentCommitment>): CborValue {
  return new Map(
    [...commitments].map(([url, one]) => [url, [one.root, one.size, one.chunk, one.keyCommitment]]),
  );
}

/** What the sender committed to for the file behind each url; empty if the message has no such file. */
export function attachmentCommitmentsOf(content: MimiContent): ReadonlyMap<string, AttachmentCommitment> {
  return commitmentsFrom(content.extensions.get(ATTACHMENTS));
}

/**
 * One ciphertext, one key, one part. AES-GCM lets a sender make a ciphertext that opens under two keys; a message that pointed to it
 * twice could show one file to whoever receives it and another to whoever checks a report of it.
 *
 * @throws FrankingError `content.extension`
 */
export function assertAttachments({ extensions, part }: Pick<MimiContent, "extensions" | "part">): void {
  const commitments = commitmentsFrom(extensions.get(ATTACHMENTS));
  if (commitments.size === 0) return;
  const roots = new Set([...commitments.values()].map(({ root }) => hexOf(root)));
  if (roots.size < commitments.size) throw extensionError(ATTACHMENTS, "must not name one ciphertext twice");
  const urls = externalParts(part).flatMap(({ url }) => (commitments.has(url) ? [url] : []));
  if (new Set(urls).size < urls.length)
    throw extensionError(ATTACHMENTS, "must not name a url that two parts share");
}

/** Everything in a part that lies elsewhere, in the order of the parts. */
export function externalParts(part: NestedPart): readonly ExternalPart[] {
  if (part.kind === "external") return [part];
  return part.kind === "multi" ? part.parts.flatMap(externalParts) : [];
}

function commitmentsFrom(value: CborValue | undefined): ReadonlyMap<string, AttachmentCommitment> {
  if (value === undefined) return new Map();
  if (!(value instanceof Map)) throw extensionError(ATTACHMENTS, "must be a map from url to commitment");
  const commitments = new Map<string, AttachmentCommitment>();
  for (const [url, one] of value as ReadonlyMap<string | number, CborValue>) {
    if (typeof url !== "string") throw extensionError(ATTACHMENTS, "must have urls as keys");
    commitments.set(url, commitmentFrom(one));
  }
  return commitments;
}

function commitmentFrom(value: CborValue): AttachmentCommitment {
  const [root, size, chunk, keyCommitment, ...more] = Array.isArray(value)
    ? (value as readonly CborValue[])
    : [];
  if (!isDigest(root) || !isDigest(keyCommitment) || !isCount(size) || !isCount(chunk) || more.length > 0)
    throw extensionError(ATTACHMENTS, "must hold [root, size, chunk, key commitment] for each url");
  if (chunk > CHUNK_LIMIT_BYTES)
    throw extensionError(ATTACHMENTS, `must have chunks of at most ${CHUNK_LIMIT_BYTES} bytes`);
  return { root, size: BigInt(size), chunk: Number(chunk), keyCommitment };
}

function isDigest(value: CborValue | undefined): value is Uint8Array {
  return value instanceof Uint8Array && value.length === 32;
}

function isCount(value: CborValue | undefined): value is number | bigint {
  return (typeof value === "bigint" || typeof value === "number") && value > 0;
}
