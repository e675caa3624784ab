import assert from "node:assert/strict";
import { MAX_RADIUS } from "../near-index.ts";
import { createNearIndex } from "../create.ts";
import { plainNearIndex } from "../plain.ts";
import { clusteredHashes, drawFrom, hashNear, idsUpTo, photoHashes, randomHashes } from "./hashes.ts";

export const banks = { random: randomHashes, clustered: clusteredHashes, photographs: photoHashes };

export interface Recall {
  readonly queries: number;
  readonly expected: number;
}

/**
 * Asks for hashes that lie at every distance from one of the bank, at that radius and at the largest, one by one and in a
 * batch, and holds the answers against those of the comparison with every hash.
 *
 * @param each queries for each distance
 * @throws AssertionError at the first answer that differs
 */
export function checkRecall(kind: keyof typeof banks, count: number, each: number, seed: number): Recall {
  const draw = drawFrom(seed);
  const hashes = banks[kind](count, draw);
  const [index, oracle] = [createNearIndex(), plainNearIndex()];
  index.addAll(idsUpTo(count), hashes);
  oracle.addAll(idsUpTo(count), hashes);
  let [asked, expected] = [0, 0];
  const batch: Array<{ query: Uint8Array; found: unknown }> = [];
  for (let distance = 0; distance <= MAX_RADIUS; distance++)
    for (let turn = 0; turn < each; turn++) {
      const query = hashNear(hashes, draw(count), distance, draw);
      for (const radius of new Set([distance, MAX_RADIUS])) {
        const wanted = oracle.near(query, radius, 100);
        assert.ok(wanted.matches.length > 0);
        assert.deepEqual(index.near(query, radius, 100), wanted, `${kind}, radius ${radius}`);
        asked += 1;
        expected += wanted.matches.length;
        if (radius === MAX_RADIUS) batch.push({ query, found: wanted });
      }
    }
  while (batch.length < 256) batch.push(...batch.slice(0, 256));
  index
    .nearAll(
      batch.map(({ query }) => query),
      MAX_RADIUS,
      100,
    )
    .forEach((one, at) => assert.deepEqual(one, batch[at]?.found));
  return { queries: asked + batch.length, expected };
}
