import { parseArgs } from "node:util";
import { fuzzBundles } from "../src/verify/testing/fuzz.ts";

// npm run deep -- fuzz [--cases N] [--seed S] [--json]: spoilt reports from encrypted chats; none may pass for what was said.

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "1000000" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});

const started = performance.now();
const result = await fuzzBundles(Number(values.cases), Number(values.seed), ({ cases }) => {
  if (cases % 50_000 === 0) process.stderr.write(`${cases} reports\n`);
});
const { cases, refused, stillTrue, falseAccepts, crashes } = result;
const seconds = Math.round((performance.now() - started) / 100) / 10;
const told = {
  cases,
  refused,
  stillTrue,
  falseAccepts: falseAccepts.length,
  crashes: crashes.length,
  seconds,
};
process.stdout.write(
  values.json
    ? `${JSON.stringify(told)}\n`
    : `${cases} spoilt reports: ${refused} refused, ${stillTrue} that still said the truth, ` +
        `${falseAccepts.length} false accepts, ${crashes.length} crashes, ${seconds} s\n`,
);
for (const at of falseAccepts.slice(0, 10)) process.stderr.write(`false accept: case ${at}\n`);
for (const { at, what } of crashes.slice(0, 10)) process.stderr.write(`crash: case ${at}: ${what}\n`);
process.exitCode = falseAccepts.length + crashes.length === 0 ? 0 : 1;
