import { parseArgs } from "node:util";
import { agreeOn } from "./agreement/agree.ts";

// npm run deep -- second-verifier [--bundles N] [--seed S] [--json]: reports, honest and spoilt, before two verifiers that share no code.

const { values } = parseArgs({
  options: {
    bundles: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});

const started = performance.now();
const { bundles, spoilt, verdicts, steps, disagreements } = await agreeOn(
  Number(values.bundles),
  Number(values.seed),
  (so) => {
    if (so.bundles % 100 === 0) process.stderr.write(`${so.bundles} reports\n`);
  },
);
const seconds = Math.round((performance.now() - started) / 100) / 10;
const compared = Object.values(steps).reduce((sum, count) => sum + count, 0);
const told = { bundles, spoilt, verdicts, outcomes: Object.keys(steps).length, steps: compared };
const counts = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`);
process.stdout.write(
  values.json
    ? `${JSON.stringify({ ...told, disagreements: disagreements.length, seconds })}\n`
    : `${bundles} reports, ${spoilt} of them spoilt: ${counts.join(", ")}; ${compared} steps of ${told.outcomes} outcomes compared; ` +
        `${disagreements.length} disagreements, ${seconds} s\n`,
);
for (const { at, what } of disagreements.slice(0, 20))
  process.stderr.write(`report ${at}, first | second: ${what.join("; ")}\n`);
process.exitCode = disagreements.length === 0 ? 0 : 1;
