import { parseArgs } from "node:util";
import { banks, checkRecall } from "../src/near/testing/recall.ts";

// npm run deep -- recall [--count N] [--each K] [--seed S] [--json]: at every distance from 0 to 31, in banks of a million random,
// clustered and photo-like hashes, the index answers as the comparison with every hash does.

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "1000000" },
    each: { type: "string", default: "10" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});
const [count, each, seed] = [Number(values.count), Number(values.each), Number(values.seed)];
const kinds = Object.keys(banks) as Array<keyof typeof banks>;
const results = kinds.map((kind) => ({ kind, ...checkRecall(kind, count, each, seed), recall: 1 }));
process.stdout.write(
  values.json
    ? `${JSON.stringify({ name: "recall", count, seed, banks: results })}\n`
    : results
        .map((one) => `${one.kind}: ${one.queries} queries, ${one.expected} matches, recall 1.000\n`)
        .join(""),
);
