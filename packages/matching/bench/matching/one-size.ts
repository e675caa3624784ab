import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bindLayout, layoutOf, scratchLayout } from "../../src/near/image.ts";
import { type Kernels, loadKernels } from "../../src/near/kernel.ts";
import { type LiveNearIndex, liveNearIndex } from "../../src/near/live.ts";
import type { NearFound } from "../../src/near/near-index.ts";
import { permuterOf } from "../../src/near/permuter.ts";
import { drawFrom, hashAt, hashNear, idsUpTo, randomHashes } from "../../src/near/testing/hashes.ts";
import { readSnapshot } from "../../src/node/near/read-snapshot.ts";
import { writeSnapshot } from "../../src/node/near/write-snapshot.ts";
import { startPeer } from "./peer.ts";

/** Queries of a batch, and how many of them faiss gets, which takes each for itself however many come together. */
const BATCH = 4096;
const PEER_EACH = 128;
const PEER_TOGETHER = 256;
const SCANS = 6;
const TURNS = 5;

/** Figures of one size of bank. Times are of one processor. */
export interface SizeFigures {
  readonly hashes: number;
  readonly single: number;
  readonly batch: number;
  readonly scan: number;
  readonly peer: {
    readonly version: string;
    readonly single: number;
    readonly batch: number;
    readonly buildSeconds: number;
  } | null;
  /** Medians of ratios within one turn. */
  readonly singleRatio: number | null;
  readonly batchRatio: number | null;
  readonly scanRatio: number;
  readonly batchScanRatio: number;
  readonly p50Microseconds: number;
  readonly p99Microseconds: number;
  readonly buildSeconds: number;
  readonly loadSeconds: number;
  readonly loadCpuSeconds: number;
  readonly bytesPerHash: number;
  readonly planted: number;
  /** Answers of index, batch and faiss that are not the same; planted hashes that were not found. */
  readonly differences: number;
}

interface Turn {
  readonly single: number;
  readonly batch: number;
  readonly scan: number;
  readonly peerSingle: number | null;
  readonly peerBatch: number | null;
  readonly p50: number;
  readonly p99: number;
}

/**
 * Builds, asks, writes and reads a bank of so many random hashes; a tenth of the queries lie 0 to 31 bits from one of them.
 *
 * @param snapshot where its snapshot is left, for whoever goes on with it
 */
export async function measure(
  count: number,
  folder: string,
  snapshot: string,
  python: string | null,
): Promise<SizeFigures> {
  const kernels = loadKernels(true);
  if (kernels === null) throw new Error("this Node has no WebAssembly with SIMD and threads");
  const draw = drawFrom(count);
  const hashes = randomHashes(count, draw);
  const planted = new Map<number, { id: number; distance: number }>();
  const queries = Array.from({ length: BATCH }, (_, at) => {
    if (at % 10 !== 0) return randomHashes(1, draw);
    const near = { id: draw(count), distance: (at / 10) % 32 };
    planted.set(at, near);
    return hashNear(hashes, near.id, near.distance, draw);
  });
  const [hashFile, queryFile] = [join(folder, "hashes"), join(folder, "queries")];
  if (python !== null) {
    await writeFile(hashFile, hashes);
    await writeFile(queryFile, Buffer.concat(queries));
  }
  const index = liveNearIndex(kernels, { seed: 1, threads: 1, whenFull: () => undefined });
  const ids = idsUpTo(count);
  const [buildSeconds] = timed(() => index.addAll(ids, hashes));
  const bytesPerHash =
    index.parts.segments.reduce((sum, { memory }) => sum + memory.buffer.byteLength, 0) / count;
  const peer = python === null ? null : await startPeer(python, hashFile, queryFile);

  const turns: Turn[] = [];
  let differences = 0;
  for (let turn = -1; turn < TURNS; turn++) {
    const latencies: number[] = [];
    const [each, answers] = timed(() =>
      queries.map((query) => {
        const began = performance.now();
        const found = index.near(query, 31, 10);
        latencies.push(performance.now() - began);
        return found;
      }),
    );
    const [together, batch] = timed(() => index.nearAll(queries, 31, 10));
    const [scan] = timed(() => scanAll(kernels, index, queries.slice(0, SCANS)));
    const peerEach = await peer?.ask((PEER_EACH * (turn + 1)) % BATCH, PEER_EACH, "each");
    const peerTogether = await peer?.ask((PEER_TOGETHER * (turn + 1)) % BATCH, PEER_TOGETHER, "together");
    if (turn < 0) {
      // Before code is compiled for good: what is found is checked, what it took is not counted.
      differences += missing(answers, planted) + unlike(answers, batch);
      for (const answer of [peerEach, peerTogether])
        for (const [query, id] of answer?.found ?? [])
          if (answers[query]?.matches.some((one) => one.id === id) !== true) differences += 1;
      continue;
    }
    turns.push({
      single: BATCH / each,
      batch: BATCH / together,
      scan: SCANS / scan,
      peerSingle: peerEach === undefined ? null : PEER_EACH / peerEach.seconds,
      peerBatch: peerTogether === undefined ? null : PEER_TOGETHER / peerTogether.seconds,
      p50: quantile(latencies, 0.5) * 1000,
      p99: quantile(latencies, 0.99) * 1000,
    });
  }
  peer?.close();
  await writeSnapshot(snapshot, index, 0n);
  const began = performance.now();
  const [loadCpuSeconds, loaded] = timed(() => readSnapshot(snapshot, kernels, 1));
  const loadSeconds = (performance.now() - began) / 1000;
  if (loaded.segments.reduce((sum, { slots }) => sum + slots, 0) !== count) differences += 1;

  const of = (pick: (turn: Turn) => number) => quantile(turns.map(pick), 0.5);
  return {
    hashes: count,
    single: of(({ single }) => single),
    batch: of(({ batch }) => batch),
    scan: of(({ scan }) => scan),
    peer:
      peer === null
        ? null
        : {
            version: peer.version,
            single: of(({ peerSingle }) => peerSingle ?? 0),
            batch: of(({ peerBatch }) => peerBatch ?? 0),
            buildSeconds: peer.buildSeconds,
          },
    singleRatio: peer === null ? null : of(({ single, peerSingle }) => single / (peerSingle ?? 1)),
    batchRatio: peer === null ? null : of(({ batch, peerBatch }) => batch / (peerBatch ?? 1)),
    scanRatio: of(({ single, scan }) => single / scan),
    batchScanRatio: of(({ batch, scan }) => batch / scan),
    p50Microseconds: of(({ p50 }) => p50),
    p99Microseconds: of(({ p99 }) => p99),
    buildSeconds,
    loadSeconds,
    loadCpuSeconds,
    bytesPerHash,
    planted: planted.size,
    differences,
  };
}

/** Each query compared with every hash: what is left when there is no index. */
function scanAll(kernels: Kernels, index: LiveNearIndex, queries: readonly Uint8Array[]): void {
  const permuted = permuterOf(kernels, index.seed).all(queries);
  for (const image of index.parts.segments) {
    const kernel = kernels.over(image.memory);
    const at = layoutOf(image);
    bindLayout(kernel, image.slots, image.distinct, at);
    const query = new Uint8Array(image.memory.buffer, at.scratch + scratchLayout.query, 32);
    queries.forEach((_, place) => {
      query.set(hashAt(permuted, place));
      kernel.countNear(at.scratch + scratchLayout.query, 31, at.scratch + scratchLayout.counters);
    });
  }
}

function missing(
  answers: readonly NearFound[],
  planted: ReadonlyMap<number, { id: number; distance: number }>,
): number {
  return Array.from(planted).filter(
    ([at, near]) =>
      answers[at]?.matches.some(({ id, distance }) => id === near.id && distance === near.distance) !== true,
  ).length;
}

function unlike(some: readonly NearFound[], others: readonly NearFound[]): number {
  return some.filter((one, at) => JSON.stringify(one) !== JSON.stringify(others[at])).length;
}

/** Seconds of the processor, and what came of it. */
function timed<T>(work: () => T): [seconds: number, result: T] {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1e6, result];
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
