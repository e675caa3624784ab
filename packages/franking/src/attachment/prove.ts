import type { AttachmentCommitment } from "../content/types.ts";
import type { FrankingCrypto } from "../crypto/crypto.ts";
import { FrankingError } from "../error.ts";
import { leafHash } from "../merkle/hashes.ts";
import { merklePathOver, verifyMerklePath } from "../merkle/tree.ts";
import { type AttachmentOpening, assertKeyCommitment } from "./keys.ts";
import { type AttachmentLayout, layoutOf, TAG_BYTES } from "./layout.ts";
import { chunkOpener } from "./open.ts";
import { ciphertextPieces } from "./pieces.ts";

/** One chunk of an attachment with what proves its place, so that a part of a long video can be shown without the rest. */
export interface ChunkProof {
  readonly index: number;
  readonly ciphertext: Uint8Array;
  /** Hashes from the chunk up to the root. */
  readonly path: readonly Uint8Array[];
}

/**
 * Takes chunks out of an attachment with their proofs. Reads the ciphertext once and keeps, besides the chunks asked for, 32 bytes
 * of each other.
 *
 * @param indices Chunks, counted from 0.
 * @throws FrankingError `attachment.layout`, `attachment.index`, `attachment.truncated`, `attachment.too-long`, `attachment.root`
 */
export async function proveChunks(
  crypto: FrankingCrypto,
  commitment: AttachmentCommitment,
  ciphertext: AsyncIterable<Uint8Array>,
  indices: readonly number[],
): Promise<readonly ChunkProof[]> {
  const layout = layoutOf(commitment);
  for (const index of indices) assertIndex(index, layout);
  const wanted = new Map<number, Uint8Array>();
  const leaves: Uint8Array[] = [];
  for await (const piece of ciphertextPieces(ciphertext, layout)) {
    if (indices.includes(leaves.length)) wanted.set(leaves.length, piece.slice());
    leaves.push(await leafHash(crypto, piece));
  }
  const proofs: ChunkProof[] = [];
  for (const index of indices) {
    const ciphertext = wanted.get(index) ?? new Uint8Array();
    const proof = { index, ciphertext, path: await merklePathOver(crypto, leaves, index) };
    await assertInPlace(crypto, commitment, layout, proof);
    proofs.push(proof);
  }
  return proofs;
}

/**
 * Opens one chunk of an attachment: it stands at its place under the committed root, and its key is the committed one.
 *
 * @returns the chunk's plaintext, which begins at `index` times the commitment's `chunk`
 * @throws FrankingError `attachment.layout`, `attachment.index`, `attachment.root`, `attachment.key-commitment`, `attachment.chunk`
 */
export async function openChunk(
  crypto: FrankingCrypto,
  opening: AttachmentOpening,
  proof: ChunkProof,
): Promise<Uint8Array> {
  const { commitment } = opening;
  const layout = layoutOf(commitment);
  assertIndex(proof.index, layout);
  await assertKeyCommitment(crypto, opening, commitment.keyCommitment);
  await assertInPlace(crypto, commitment, layout, proof);
  const open = await chunkOpener(crypto, opening, layout);
  return open(proof.index, proof.ciphertext);
}

async function assertInPlace(
  crypto: FrankingCrypto,
  { root }: AttachmentCommitment,
  layout: AttachmentLayout,
  { index, ciphertext, path }: ChunkProof,
): Promise<void> {
  const claim = { entry: ciphertext, index, size: layout.chunks, path, root };
  if (ciphertext.length === chunkLength(index, layout) && (await verifyMerklePath(crypto, claim))) return;
  throw new FrankingError("attachment.root", `Chunk ${index} is not part of the attachment that was sent.`);
}

function assertIndex(index: number, { chunks }: AttachmentLayout): void {
  if (Number.isSafeInteger(index) && index >= 0 && index < chunks) return;
  throw new FrankingError("attachment.index", `An attachment of ${chunks} chunks has no chunk ${index}.`);
}

function chunkLength(index: number, { chunk, chunks, ciphertextSize }: AttachmentLayout): number {
  const whole = chunk + TAG_BYTES;
  return index < chunks - 1 ? whole : ciphertextSize - whole * (chunks - 1);
}
