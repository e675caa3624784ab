import { parseArgs } from "node:util";
import { runSchedule } from "../src/client/testing/schedules.ts";

// npm run deep -- schedules [--runs N] [--users N] [--rooms N] [--steps N] [--seed S] [--json]: random lives of people in rooms, who
// then report everything that they received; every report must verify.

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10" },
    users: { type: "string", default: "20" },
    rooms: { type: "string", default: "5" },
    steps: { type: "string", default: "400" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});

const began = Date.now();
const total = { runs: 0, said: 0, commits: 0, received: 0, verified: 0, reports: 0 };
const failures: string[] = [];
for (let run = 0; run < Number(values.runs); run++) {
  const seed = Number(values.seed) + run;
  const { failures: found, ...counts } = await runSchedule({
    users: Number(values.users),
    rooms: Number(values.rooms),
    steps: Number(values.steps),
    seed,
  });
  total.runs++;
  for (const name of ["said", "commits", "received", "verified", "reports"] as const)
    total[name] += counts[name];
  failures.push(...found.map((failure) => `seed ${seed}: ${failure}`));
  process.stderr.write(
    `seed ${seed}: ${counts.verified} of ${counts.received} verified, ${found.length} failures\n`,
  );
}

const seconds = Math.round((Date.now() - began) / 1000);
const held = failures.length === 0 && total.verified === total.received && total.received > 0;
if (values.json) process.stdout.write(`${JSON.stringify({ held, ...total, failures, seconds })}\n`);
else {
  for (const failure of failures) process.stdout.write(`${failure}\n`);
  const { runs, said, commits, received, verified, reports } = total;
  process.stdout.write(
    `${runs} schedules: ${said} messages and ${commits} changes of members; ${received} receptions, ${verified} of them verified in ` +
      `${reports} reports, ${failures.length} failures, ${seconds} s\n`,
  );
}
process.exitCode = held ? 0 : 1;
