import { sameBytes } from "../bytes.ts";
import { LedgerError } from "../error.ts";
import { emptyRoot } from "../merkle/hash.ts";
import { type SignedCheckpoint, signCheckpoint } from "../note/checkpoint.ts";
import type { Signer } from "../note/keys.ts";
import { assertLeaf } from "../tiles/bundle.ts";
import { type Edge, edgeRoot, grow } from "../tiles/growth.ts";
import { CHECKPOINT_PATH } from "../tiles/path.ts";
import { readEdge } from "../tiles/read.ts";
import type { TileStore } from "../tiles/store.ts";
import { checkPlanned, writeFiles } from "./commit.ts";
import { type LogReader, logReader, readCheckpoint } from "./reader.ts";
import { assertContinues, readUnfinished } from "./unfinished.ts";

/**
 * A log that can grow. One process may hold one at a time over a store: the store's immutable tiles stop a second
 * writer that disagrees, but only a lock of the caller's keeps two apart.
 */
export interface Log extends LogReader {
  /**
   * Appends leaves and answers the checkpoint that covers them, when it is stored. The checkpoint is the commit: until
   * it is written the old tree stands, and what was written before it is taken up again by the next attempt.
   *
   * @param leaves opaque bytes, at most 65,535 each; copied before anything else happens
   * @param firstIndex where the first leaf must stand. Leaves that already stand there are not written again, so an
   *   append whose outcome is unknown can simply be repeated. Left out: behind the last leaf. A caller that can crash
   *   numbers its leaves durably first and passes the number here.
   * @throws LedgerError `invalid-argument` (nothing happened), `conflict` (other leaves stand there), `stale` (an
   *   earlier append failed, or another writer moved the log: open it again); whatever the store throws
   */
  append(
    leaves: readonly Uint8Array[],
    firstIndex?: number,
  ): Promise<{ firstIndex: number; checkpoint: SignedCheckpoint }>;

  /**
   * Leaves that an earlier append wrote behind the checkpoint before it was cut off. A checkpoint over them may have
   * been signed, so the log goes on with these leaves or not at all. A caller that numbers its leaves repeats them
   * anyway; another one appends what this answers.
   */
  unfinished(): readonly Uint8Array[];
}

/**
 * Starts a log in an empty store by signing the checkpoint of the empty tree.
 *
 * @throws LedgerError `conflict` if the store holds a checkpoint, or tiles of a log whose checkpoint is gone
 */
export async function createLog(store: TileStore, signer: Signer): Promise<Log> {
  if ((await store.read(CHECKPOINT_PATH)) !== undefined) {
    throw new LedgerError("conflict", "The store already holds a log. Open it instead of creating one.");
  }
  // Whoever deletes the checkpoint must not get a fresh log that forgets the leaves.
  if ((await readUnfinished(store, 0)).length > 0) {
    throw new LedgerError(
      "conflict",
      "The store holds entries but no checkpoint. Restore the checkpoint; starting again would fork the log.",
    );
  }
  const empty = signCheckpoint({ origin: signer.name, size: 0, root: emptyRoot(), extensions: [] }, signer);
  await store.write(CHECKPOINT_PATH, empty.bytes);
  return openLog(store, signer);
}

/**
 * Opens a log from its last checkpoint, after checking that the checkpoint is signed by this key and that the right
 * edge of the tree, from which it will grow, leads to the signed root.
 *
 * @throws LedgerError `missing`, `malformed`, `unverified` or `corrupt`
 */
export async function openLog(store: TileStore, signer: Signer): Promise<Log> {
  let head = await readCheckpoint(store, signer.verifier);
  let edge = await readEdge(store, head.size);
  if (!sameBytes(edgeRoot(edge), head.root)) {
    throw new LedgerError("corrupt", "The tiles do not lead to the signed root. Run the log's fsck.");
  }
  let unfinished = await readUnfinished(store, head.size);
  let failed = false;
  let last: Promise<unknown> = Promise.resolve();
  const reader = logReader(store, () => head);

  async function appendNow(leaves: readonly Uint8Array[], firstIndex: number) {
    if (failed) {
      throw new LedgerError(
        "stale",
        "An earlier append did not end well, so what is stored is unknown. Open the log again and repeat it with its first index.",
      );
    }
    const fresh = await notYetLogged(reader, leaves, firstIndex);
    if (fresh.length === 0) return { firstIndex, checkpoint: head };
    assertContinues(fresh, unfinished, head.size);
    const planned = grow(edge, fresh);
    checkPlanned(planned.files);
    failed = true;
    const next = await commit(store, signer, head, planned);
    head = next.head;
    edge = next.edge;
    unfinished = unfinished.slice(fresh.length);
    failed = false;
    return { firstIndex, checkpoint: head };
  }

  return {
    ...reader,
    unfinished: () => unfinished,
    async append(leaves, firstIndex) {
      for (const leaf of leaves) assertLeaf(leaf);
      const copies = leaves.map((leaf) => leaf.slice());
      const turn = inTurn(last, () => appendNow(copies, firstIndex ?? head.size));
      last = turn;
      return turn;
    },
  };
}

/** Waits for the append before, however it ended, then runs. */
async function inTurn<T>(before: Promise<unknown>, run: () => Promise<T>): Promise<T> {
  await Promise.allSettled([before]);
  return run();
}

/** The leaves behind the tree's end; those before it must be the ones that stand there. */
async function notYetLogged(
  reader: LogReader,
  leaves: readonly Uint8Array[],
  firstIndex: number,
): Promise<readonly Uint8Array[]> {
  const { size } = reader.checkpoint();
  if (!Number.isSafeInteger(firstIndex) || firstIndex < 0 || firstIndex > size) {
    throw new LedgerError(
      "invalid-argument",
      `The log has ${size} leaves; the next cannot stand at ${firstIndex}. Append the leaves before it first.`,
    );
  }
  const present = Math.min(size - firstIndex, leaves.length);
  for (const [i, leaf] of leaves.slice(0, present).entries()) {
    if (!sameBytes(await reader.leaf(firstIndex + i), leaf)) {
      throw new LedgerError(
        "conflict",
        `Leaf ${firstIndex + i} is already in the log and is not the one that was to stand there.`,
      );
    }
  }
  return leaves.slice(present);
}

/** Writes the tiles, reads them back, and only then signs and writes the checkpoint. */
async function commit(
  store: TileStore,
  signer: Signer,
  head: SignedCheckpoint,
  planned: ReturnType<typeof grow>,
): Promise<{ head: SignedCheckpoint; edge: Edge }> {
  const stored = await store.read(CHECKPOINT_PATH);
  if (stored === undefined || !sameBytes(stored, head.bytes)) {
    throw new LedgerError(
      "stale",
      "The stored checkpoint is not the one this log was opened at: another writer is at work. Stop one of them.",
    );
  }
  await writeFiles(store, planned.files);

  // The root is signed only after it was reached from what the store gives back.
  const { size } = planned.edge;
  const edge = await readEdge(store, size);
  const root = edgeRoot(planned.edge);
  if (!sameBytes(edgeRoot(edge), root)) {
    throw new LedgerError("corrupt", "The tiles read back do not lead to the root that was to be signed.");
  }
  const next = signCheckpoint({ origin: signer.name, size, root, extensions: [] }, signer);
  await store.write(CHECKPOINT_PATH, next.bytes);
  return { head: next, edge };
}
