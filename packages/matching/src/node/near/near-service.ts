import { randomInt } from "node:crypto";
import { HASH_BYTES, type PdqHash } from "../../pdq/hash.ts";
import { loadKernels } from "../../near/kernel.ts";
import { type LiveNearIndex, liveNearIndex } from "../../near/live.ts";
import type { MergeTask } from "../../near/merge.ts";
import { checkAsk, checkHash, type NearFound } from "../../near/near-index.ts";
import { permuterOf } from "../../near/permuter.ts";
import { dispatchTo } from "./dispatch.ts";
import { readSnapshot } from "./read-snapshot.ts";
import { startThread } from "./thread.ts";
import { writeSnapshot } from "./write-snapshot.ts";

/** After so many additions they are merged, long before there is no more room for them. */
const MERGE_FROM = 32_768;

/** The most queries that go to a thread together. */
const MOST_TOGETHER = 4096;

/** A near index that several threads search in one memory, and that merges beside them. */
export interface NearService extends AsyncDisposable {
  readonly size: number;
  /** The last entry of the log that is in it: set with what the caller adds and removes. */
  seq: bigint;
  /** As `NearIndex` says: live for every query that is asked after it. */
  add(id: number, hash: PdqHash): void;
  addAll(ids: Uint32Array, hashes: Uint8Array): void;
  remove(id: number): boolean;
  near(query: PdqHash, radius: number, limit: number): Promise<NearFound>;
  nearAll(queries: readonly PdqHash[], radius: number, limit: number): Promise<readonly NearFound[]>;
  /** Writes a file that `openNear` begins with; additions, removals and queries go on meanwhile. */
  snapshot(path: string): Promise<void>;
  /** Ends when no merge is under way or due. */
  settled(): Promise<void>;
}

export interface NearServiceOptions {
  /** Threads that search. */
  readonly threads: number;
  /** A file to begin with; none for an empty index. */
  readonly snapshot?: string;
  /** Which permutation of bits an empty index begins with; by default one that nobody knows. */
  readonly seed?: number;
}

/**
 * Opens an index with threads of its own.
 *
 * @throws SnapshotError if the snapshot is not whole
 */
export function openNear({ threads, snapshot, seed }: NearServiceOptions): NearService {
  const kernels = loadKernels(true);
  if (kernels === null) throw new Error("this Node has no WebAssembly with SIMD and threads");
  // The writer and the merger open parts too.
  const rooms = threads + 1;
  const content = snapshot === undefined ? null : readSnapshot(snapshot, kernels, rooms);
  const chosen = content?.seed ?? seed ?? randomInt(2 ** 32);
  const index = liveNearIndex(kernels, { seed: chosen, threads: rooms, whenFull: () => undefined });
  const permuter = permuterOf(kernels, chosen);
  for (const image of content?.segments ?? []) index.adopt(image);
  for (const [id, hash] of content?.latest ?? []) index.addPermuted(id, hash);

  const searchers = Array.from({ length: threads }, (_, at) =>
    startThread(at + 1, () => [{ kind: "parts", parts: index.parts }]),
  );
  const merger = startThread(0, () => []);
  const dispatch = dispatchTo(searchers);
  let merging: Promise<void> | null = null;
  let [generation, told, closed] = [0, "", false];

  /** Tells the threads when parts have come or gone: messages keep their order, so the next query finds them. */
  function tell(): void {
    const { parts } = index;
    const now = `${parts.segments.length} ${parts.recents.length} ${generation}`;
    if (now === told) return;
    told = now;
    for (const searcher of searchers) searcher.tell({ kind: "parts", parts });
  }
  function mergeIfDue(): void {
    if (merging !== null || closed || since(index) < MERGE_FROM) return;
    const task = index.beginMerge();
    if (task === null) return;
    merging = mergeThere(task).then((done) => {
      merging = null;
      if (done) mergeIfDue();
    });
  }

  /** False if the merging thread failed: nothing is lost, the parts stay as they are, and the next addition tries again. */
  async function mergeThere(task: MergeTask): Promise<boolean> {
    try {
      const answer = await merger.ask({ kind: "merge", task });
      if (answer.kind !== "merged") return false;
      index.endMerge(task, answer.image);
      generation += 1;
      tell();
      return true;
    } catch {
      index.giveUpMerge(task);
      return false;
    }
  }

  tell();
  const service: NearService = {
    get size() {
      return index.size;
    },
    seq: content?.seq ?? 0n,
    add(id, hash) {
      index.add(id, hash);
      tell();
      mergeIfDue();
    },
    addAll(ids, hashes) {
      index.addAll(ids, hashes);
      tell();
    },
    remove: (id) => index.remove(id),
    async near(query, radius, limit) {
      checkAsk(radius, limit);
      checkHash(query);
      const [found] = await dispatch.ask(permuter.one(query), radius, limit);
      return found ?? { matches: [], more: false };
    },
    async nearAll(queries, radius, limit) {
      checkAsk(radius, limit);
      queries.forEach(checkHash);
      const permuted = permuter.all(queries);
      const step = MOST_TOGETHER * HASH_BYTES;
      const count = Math.ceil(permuted.length / step);
      const asked = Array.from({ length: count }, (_, at) =>
        dispatch.ask(permuted.slice(at * step, (at + 1) * step), radius, limit),
      );
      return (await Promise.all(asked)).flat();
    },
    snapshot: (path) => writeSnapshot(path, index, service.seq),
    async settled() {
      while (merging !== null) await merging;
    },
    async [Symbol.asyncDispose]() {
      closed = true;
      await Promise.all([...searchers, merger].map((thread) => thread.close()));
    },
  };
  return service;
}

/** Additions that no segment holds. */
function since(index: LiveNearIndex): number {
  return index.views.recents.reduce((sum, recent) => sum + recent.count, 0);
}
