import { LedgerError } from "../error.ts";
import { emptyRoot, leafHash } from "../merkle/hash.ts";
import { consistencyRanges, inclusionRanges, rangeHash } from "../merkle/ranges.ts";
import { verifyConsistency, verifyInclusion } from "../merkle/verify.ts";
import { openCheckpoint, type SignedCheckpoint } from "../note/checkpoint.ts";
import type { Verifier } from "../note/keys.ts";
import { CHECKPOINT_PATH, TILE_WIDTH } from "../tiles/path.ts";
import { readTile, tileNodes } from "../tiles/read.ts";
import type { TileStore } from "../tiles/store.ts";
import { formatProof } from "./proof.ts";

/** That a leaf stands at `index` of the tree of `size` leaves; `hashes` go from the leaf's sibling up. */
export interface InclusionProof {
  readonly index: number;
  readonly size: number;
  readonly hashes: readonly Uint8Array[];
}

/**
 * A log to read and to prove from. Needs the public key only. Every proof and every leaf is verified against the
 * signed root before it is handed out, so a damaged store makes an error and never a wrong answer.
 */
export interface LogReader {
  /** The last checkpoint known here: signed, stored, and covering everything that the other methods can reach. */
  checkpoint(): SignedCheckpoint;
  /** The content of one leaf. */
  leaf(index: number): Promise<Uint8Array>;
  /** Proves a leaf in the tree of `size` leaves, by default the current one. */
  inclusionProof(index: number, size?: number): Promise<InclusionProof>;
  /** Proves that the tree of `from` leaves is the beginning of the tree of `to`, by default the current one. */
  consistencyProof(from: number, to?: number): Promise<readonly Uint8Array[]>;
  /** The `.tlog-proof` file for one leaf under the current checkpoint: verified offline by `verifyProof`. */
  proof(index: number): Promise<Uint8Array>;
}

/**
 * Opens a log for reading, at the checkpoint that the store holds now.
 *
 * @throws LedgerError `missing` without a checkpoint, `unverified` or `malformed` if it is not this log's
 */
export async function openLogReader(store: TileStore, verifier: Verifier): Promise<LogReader> {
  const checkpoint = await readCheckpoint(store, verifier);
  return logReader(store, () => checkpoint);
}

/** Reads and verifies the checkpoint in a store. */
export async function readCheckpoint(store: TileStore, verifier: Verifier): Promise<SignedCheckpoint> {
  const bytes = await store.read(CHECKPOINT_PATH);
  if (bytes === undefined) {
    throw new LedgerError(
      "missing",
      "The store holds no checkpoint. If this log is new, create it; if it is not, restore the checkpoint: starting again would fork it.",
    );
  }
  return openCheckpoint(bytes, verifier);
}

/** A reader over a store whose current checkpoint the caller keeps. */
export function logReader(store: TileStore, head: () => SignedCheckpoint): LogReader {
  return {
    checkpoint: head,
    leaf: (index) => readLeaf(store, head(), index),
    inclusionProof: (index, size) => proveInclusion(store, head(), index, size ?? head().size),
    consistencyProof: (from, to) => proveConsistency(store, head(), from, to ?? head().size),
    async proof(index) {
      const checkpoint = head();
      const { hashes } = await proveInclusion(store, checkpoint, index, checkpoint.size);
      return formatProof({ index, hashes, checkpoint: checkpoint.bytes });
    },
  };
}

async function readLeaf(store: TileStore, head: SignedCheckpoint, index: number): Promise<Uint8Array> {
  const { size, root } = head;
  const { hashes: proof } = await proveInclusion(store, head, index, size);
  const tileIndex = Math.floor(index / TILE_WIDTH);
  const width = Math.min(TILE_WIDTH, size - tileIndex * TILE_WIDTH);
  const { path, items } = await readTile(store, { kind: "entries", index: tileIndex, width });
  const leaf = items[index % TILE_WIDTH]?.slice() ?? new Uint8Array(0);
  selfCheck(path, () => verifyInclusion({ index, size, leafHash: leafHash(leaf), proof, root }));
  return leaf;
}

async function proveInclusion(
  store: TileStore,
  head: SignedCheckpoint,
  index: number,
  size: number,
): Promise<InclusionProof> {
  assertWithin(size, head);
  const ranges = inclusionRanges(index, size);
  const nodes = tileNodes(store, head.size);
  const root = await provenRoot(store, head, size);
  const leaf = await nodes({ height: 0, index });
  const hashes = await Promise.all(ranges.map((range) => rangeHash(range, nodes)));
  selfCheck("A hash tile", () => verifyInclusion({ index, size, leafHash: leaf, proof: hashes, root }));
  return { index, size, hashes };
}

async function proveConsistency(
  store: TileStore,
  head: SignedCheckpoint,
  from: number,
  to: number,
): Promise<readonly Uint8Array[]> {
  assertWithin(to, head);
  const ranges = consistencyRanges(from, to);
  const nodes = tileNodes(store, head.size);
  const toRoot = await provenRoot(store, head, to);
  const fromRoot = await rootAt(store, head, from);
  const proof = await Promise.all(ranges.map((range) => rangeHash(range, nodes)));
  selfCheck("A hash tile", () => verifyConsistency({ from, to, fromRoot, toRoot, proof }));
  return proof;
}

/** The root of an earlier size, proven to be a beginning of the tree that the checkpoint signs. */
async function provenRoot(store: TileStore, head: SignedCheckpoint, size: number): Promise<Uint8Array> {
  const root = await rootAt(store, head, size);
  if (size !== head.size) await proveConsistency(store, head, size, head.size);
  return root;
}

async function rootAt(store: TileStore, head: SignedCheckpoint, size: number): Promise<Uint8Array> {
  if (size === head.size) return head.root;
  if (size === 0) return emptyRoot();
  return rangeHash({ start: 0, end: size }, tileNodes(store, head.size));
}

function assertWithin(size: number, head: SignedCheckpoint): void {
  if (!Number.isSafeInteger(size) || size < 0 || size > head.size) {
    throw new LedgerError(
      "invalid-argument",
      `The log has ${head.size} leaves; it was never ${size} leaves long.`,
    );
  }
}

/** A proof that does not verify means that the store was damaged or tampered with, not that the caller erred. */
function selfCheck(path: string, verify: () => void): void {
  try {
    verify();
  } catch (cause) {
    throw new LedgerError("corrupt", `${path} does not lead to the signed root. Run the log's fsck.`, {
      cause,
    });
  }
}
