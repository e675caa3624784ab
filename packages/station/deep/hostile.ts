import { parseArgs } from "node:util";
import { attack } from "./hostile/attack.ts";
import { hostileCorpus } from "./hostile/corpus.ts";
import { startAttacked } from "./hostile/stations.ts";

// npm run deep -- hostile [--json] [--kind NAME] [--every N]: some 1,700 attacks that tables make (XML, forms, HTTP itself, JSON), each
// with the answer that it must get, against running stations. It holds if every answer is as expected and the station had no fault of
// its own.

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    kind: { type: "string" },
    every: { type: "string", default: "1" },
  },
});
await using stack = new AsyncDisposableStack();
const stations = await startAttacked({ after: (cleanUp) => stack.defer(cleanUp) });
const cases = hostileCorpus().filter(
  ({ kind }, at) =>
    at % Number(values.every) === 0 && (values.kind === undefined || kind.startsWith(values.kind)),
);
const result = await attack(cases, stations, (done) => {
  process.stderr.write(`${done} of ${cases.length}\n`);
});
const kinds = Object.fromEntries(
  [...Map.groupBy(cases, ({ kind }) => kind)].map(([kind, of]) => [kind, of.length]),
);
const held = result.unexpected.length === 0 && result.faults === 0;
for (const { kind, name, heard } of result.unexpected)
  process.stderr.write(`${kind}, ${name}: ${heard.replaceAll(/\s+/g, " ")}\n`);
process.stdout.write(
  values.json
    ? `${JSON.stringify({ name: "hostile", ...result, kinds, held })}\n`
    : `${result.asExpected} of ${result.cases} as expected, ${result.faults} faults, event loop late by ${result.eventLoopDelayMs.p99} ms (p99)\n`,
);
process.exitCode = held ? 0 : 1;
