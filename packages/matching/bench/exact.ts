import { randomFillSync } from "node:crypto";
import { parseArgs } from "node:util";
import { createExactIndex, type ExactIndex, KEY_BYTES, plainExactIndex } from "../src/index.ts";
import { drawFrom } from "../src/near/testing/hashes.ts";

// npm run bench -- exact [--json] [--keys N] [--plain N]: digests found by their first 128 bits among N (a hundred million), and, in the same
// run, among as many as a plain map of text bears (five million). Random keys; half of the questions are for keys that are there.

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    keys: { type: "string", default: "100000000" },
    plain: { type: "string", default: "5000000" },
  },
});
const QUESTIONS = 1_000_000;

const [many, few] = [Number(values.keys), Number(values.plain)];
const keys = randomKeys(many);
const strangers = randomKeys(QUESTIONS);

const index = createExactIndex();
const buildSeconds = cpuSeconds(() =>
  index.addAll(
    Uint32Array.from({ length: many }, (_, id) => id),
    keys,
  ),
);
const large = asked(index, many);
const small = createExactIndex();
const plain = plainExactIndex();
const smallKeys = keys.subarray(0, few * KEY_BYTES);
small.addAll(
  Uint32Array.from({ length: few }, (_, id) => id),
  smallKeys,
);
const heap = process.memoryUsage().heapUsed;
for (let id = 0; id < few; id += 1) plain.add(id, keyAt(smallKeys, id));
const plainBytes = (process.memoryUsage().heapUsed - heap) / few;
const result = {
  name: "exact",
  unit: `look-ups/s of one core among ${many} keys, half of them there`,
  value: large.perSecond,
  limit: asked(plain, few).perSecond,
  limitIs: `a Map of text among ${few} keys; more than 16.7 million it cannot hold`,
  sameSize: asked(small, few).perSecond,
  wrong: large.wrong,
  buildSeconds: rounded(buildSeconds),
  bytesPerKey: rounded(index.bytes / many),
  gigabytes: rounded(index.bytes / 1e9),
  plainBytesPerKey: Math.round(plainBytes),
};
process.stdout.write(
  values.json
    ? `${JSON.stringify(result)}\n`
    : `${result.value} look-ups/s among ${many} keys in ${result.gigabytes} GB, built in ${result.buildSeconds} s\n`,
);

/** Asks for keys that are there and for as many that are not, and counts answers that are wrong. */
function asked(one: ExactIndex, size: number): { perSecond: number; wrong: number } {
  const draw = drawFrom(63);
  const ids = Array.from({ length: QUESTIONS / 2 }, () => draw(size));
  let wrong = 0;
  const seconds = cpuSeconds(() => {
    for (const [at, id] of ids.entries()) {
      if (!one.find(keyAt(keys, id)).includes(id)) wrong += 1;
      if (one.find(keyAt(strangers, at)).length > 0) wrong += 1;
    }
  });
  return { perSecond: Math.round(QUESTIONS / seconds), wrong };
}

function randomKeys(count: number): Uint8Array {
  const bytes = new Uint8Array(count * KEY_BYTES);
  // More than two gigabytes at once it does not take.
  for (let at = 0; at < bytes.length; at += 2 ** 30) randomFillSync(bytes.subarray(at, at + 2 ** 30));
  return bytes;
}

function keyAt(all: Uint8Array, at: number): Uint8Array {
  return all.subarray(at * KEY_BYTES, (at + 1) * KEY_BYTES);
}

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
