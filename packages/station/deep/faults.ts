import { parseArgs } from "node:util";
import { EFFECTS, type EffectName, openSweep } from "../src/testing/effect-sweep.ts";
import { type Fault, FAULTS } from "../src/testing/port-faults.ts";

// npm run deep -- faults [--effect NAME] [--json]: every pair of calls to another station x every pair of what can befall them, over real
// stations; of one effect, or of all: package, tip, uk-report, outcome, question.

const { values } = parseArgs({
  options: { effect: { type: "string" }, json: { type: "boolean", default: false } },
});
const RECOVERS_WITHIN_MS = 30_000;
/** Past the last call of a whole effect: what a resumed one asks and sends again can fail too. */
const RESUMED_CALLS = 3;

const started = Date.now();
const stack = new AsyncDisposableStack();
const sweep = await openSweep({ after: (cleanUp) => stack.defer(cleanUp) });
let cases = 0;
let slowestMs = 0;
const broken: string[] = [];
for (const name of EFFECTS.filter((one) => values.effect === undefined || one === values.effect)) {
  const { calls } = await sweep.drive(name, new Map());
  for (const faults of pairs(calls + RESUMED_CALLS)) await one(name, faults);
  if (!values.json) process.stderr.write(`${name}: ${cases} cases so far, ${broken.length} broken\n`);
}
await stack.disposeAsync();
const seconds = Math.round((Date.now() - started) / 1000);
const result = { cases, broken: broken.length, slowestRecoveryMs: slowestMs, seconds };
process.stdout.write(
  values.json
    ? `${JSON.stringify(result)}\n`
    : `${cases} cases: ${broken.length} lost, doubled or slow; slowest recovery ${slowestMs} ms by the stations' clock, ${seconds} s\n${broken.map((line) => `${line}\n`).join("")}`,
);
process.exitCode = broken.length === 0 ? 0 : 1;

/** Every two faults, the first at an earlier call than the second. */
function* pairs(calls: number): Generator<Map<number, Fault>> {
  for (let first = 0; first < calls; first += 1)
    for (let second = first + 1; second <= calls; second += 1)
      for (const one of FAULTS)
        for (const other of FAULTS)
          yield new Map([
            [first, one],
            [second, other],
          ]);
}

async function one(name: EffectName, faults: ReadonlyMap<number, Fault>): Promise<void> {
  cases += 1;
  const said = `${name} ${JSON.stringify([...faults])}`;
  try {
    const { recoveredInMs } = await sweep.drive(name, faults);
    slowestMs = Math.max(slowestMs, recoveredInMs);
    if (recoveredInMs > RECOVERS_WITHIN_MS) broken.push(`${said}: ${recoveredInMs} ms`);
  } catch (error) {
    broken.push(`${said}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
