import { drawFrom, hashNear, randomHashes } from "../../src/near/testing/hashes.ts";
import { openNear } from "../../src/node/near/near-service.ts";
import { quantile } from "./one-size.ts";

const ADDED = 80_000;
const ASKED_EVERY = 400;

/**
 * Milliseconds by the clock from an addition to an answer that has it, over a bank from a snapshot that is asked without a pause
 * and merges beside.
 */
export async function liveMs(snapshot: string, count: number): Promise<{ p50: number; most: number }> {
  await using index = openNear({ threads: 1, snapshot });
  const draw = drawFrom(7);
  const hashes = randomHashes(ADDED, draw);
  const background = Array.from({ length: 256 }, () => randomHashes(1, draw));
  // Threads take a moment to start.
  await index.nearAll(background, 31, 10);
  let under = true;
  const load = (async () => {
    while (under) await index.nearAll(background, 31, 10);
  })();
  const waits: number[] = [];
  for (let at = 0; at < ADDED; at++) {
    const hash = hashes.subarray(at * 32, (at + 1) * 32);
    const began = performance.now();
    index.add(count + at, hash);
    if (at % ASKED_EVERY !== 0) continue;
    const { matches } = await index.near(hashNear(hashes, at, 20, draw), 31, 10);
    if (!matches.some(({ id }) => id === count + at)) throw new Error(`the hash ${at} is not live`);
    waits.push(performance.now() - began);
  }
  under = false;
  await load;
  await index.settled();
  return { p50: quantile(waits, 0.5), most: Math.max(...waits) };
}
