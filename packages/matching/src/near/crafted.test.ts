import assert from "node:assert/strict";
import test from "node:test";
import { buildSegment } from "./build-segment.ts";
import { loadKernels } from "./kernel.ts";
import { type Near, nearestOf } from "./near-index.ts";
import { plainNearIndex } from "./plain.ts";
import { openSegment } from "./segment.ts";
import { clusteredHashes, drawFrom, flipBit, hashAt, idsUpTo, randomHashes } from "./testing/hashes.ts";

// Banks that somebody made to be slow. What a query may cost is counted, not timed.

const COUNT = 60_000;

/** What is fetched together before it is counted: 4,096 hashes at 32 signatures each. */
const QUEUE_COST = 4096 * 32;

/** Banks that some query cannot search within its budget. */
const scanned = new Set(["nearOne", "echoed"]);

const draw = drawFrom(11);

/** All the same. */
const equal = new Uint8Array(COUNT * 32).fill(0x5a);

/** Each differs from one hash in a few bits: every query near it shares most of its buckets with the whole bank. */
const nearOne = equal.slice();
for (let at = 0; at < COUNT; at++) for (let flip = 0; flip < 8; flip++) flipBit(nearOne, at, draw(256));

/** One word is the same everywhere, the rest is random: one bucket holds the bank, and nothing is near. */
const oneBucket = randomHashes(COUNT, draw);
for (let at = 0; at < COUNT; at++) oneBucket.fill(0x11, at * 32, at * 32 + 2);

/** Two thousand different hashes around one, each thirty times. */
const echoed = new Uint8Array(COUNT * 32);
for (let at = 0; at < COUNT; at++) echoed.set(hashAt(nearOne, at % 2000), at * 32);

/** Just beyond the radius of one hash, so that nothing is found for all the work. */
const justBeyond = equal.slice();
for (let at = 0; at < COUNT; at++)
  for (let bit = 0; bit < 34; bit++) flipBit(justBeyond, at, (bit * 7 + at) & 255);

const crafted = { equal, nearOne, oneBucket, echoed, justBeyond, clustered: clusteredHashes(COUNT, draw) };

for (const [name, hashes] of Object.entries(crafted))
  test(`a bank that is ${name} costs a query no more than its budget and a pass over it, and the answer is right`, () => {
    const kernels = loadKernels(false);
    assert.ok(kernels !== null);
    const source = {
      count: COUNT,
      table: null,
      write(ids: Uint32Array, bytes: Uint8Array) {
        ids.set(idsUpTo(COUNT));
        bytes.set(hashes);
      },
    };
    const segment = openSegment(kernels, buildSegment(kernels, source, 1), 0);
    const oracle = plainNearIndex();
    oracle.addAll(idsUpTo(COUNT), hashes);
    for (let id = 0; id < COUNT; id += 3) {
      segment.kill(id);
      oracle.remove(id);
    }
    const queries = [0, 1, 2, 3].map((at) => hashAt(hashes, at * 1001));
    queries.push(hashAt(equal, 0), hashAt(randomHashes(1, draw), 0));
    const all = new Uint8Array(queries.flatMap((query) => Array.from(query)));
    for (const radius of [0, 7, 15, 16, 31])
      for (const limit of [1, 50, 1000]) {
        const batch = queries.map((): Near[] => []);
        segment.searchAll(all, radius, limit, batch);
        queries.forEach((query, at) => {
          const wanted = oracle.near(query, radius, limit);
          const found: Near[] = [];
          const before = segment.scans;
          segment.search(query, radius, limit, found);
          assert.ok(segment.lastWork <= segment.budget + QUEUE_COST);
          if (segment.scans > before) assert.ok(found.length <= limit + 1);
          assert.deepEqual(nearestOf(found, limit), wanted);
          assert.deepEqual(nearestOf(batch[at] ?? [], limit), wanted);
        });
      }
    assert.equal(segment.scans > 0, scanned.has(name));
  });
