import { parseArgs } from "node:util";
import { bareMachine } from "./intake/bare-machine.ts";
import { measureGrowth } from "./intake/growth.ts";
import { leastWork } from "./intake/least.ts";
import { closedLoop, counter, type Seen, together } from "./intake/load.ts";
import { percentile, rounded } from "./intake/percentile.ts";
import { processorSeconds, residentBytes } from "./intake/processes.ts";
import { startBenchStation } from "./intake/station.ts";
import { measureSurge } from "./intake/surge.ts";

// npm run bench -- intake [--json] [--reports N] [--seconds S] [--lanes N] [--roles LIST] [--no-surge] [--memory N]: whole CyberTipline cycles
// (submit, three files of 100 KB with their details, finish) from this process to a station in another, over loopback, durable; in
// turns with what the bare machine can do for the same bytes and commits. With --memory N nothing but the station's memory is measured,
// on the way to N reports with one small file each.

const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    reports: { type: "string", default: "3000" },
    seconds: { type: "string", default: "40" },
    lanes: { type: "string", default: "16" },
    roles: { type: "string", default: "intake,worker" },
    surge: { type: "boolean", default: true },
    memory: { type: "string" },
  },
  allowNegative: true,
});
const SENDERS = 8;
const TURNS = 4;
const lanes = Number(values.lanes);
const seconds = Number(values.seconds) / TURNS / 2;

await using station = await startBenchStation(SENDERS, values.roles.split(","));
const next = counter();
const say = (line: string) => process.stderr.write(`${line}\n`);
if (values.memory !== undefined) {
  const to = Number(values.memory);
  const growth = await measureGrowth(station, { to, lanes, senders: SENDERS, next, say });
  process.stdout.write(`${JSON.stringify({ name: "intake-memory", unit: "MiB", ...growth })}\n`);
  await station[Symbol.asyncDispose]();
  process.exit(0);
}
const bare = () => bareMachine({ databaseUrl: station.databaseUrl, folder: station.folder, lanes, seconds });
const fill = async (to: number) => {
  let left = to;
  await closedLoop(station, { lanes, senders: SENDERS, next, goOn: () => (left -= 1) >= 0 });
};

// A process that has answered its first reports has compiled its code and prepared its statements.
await fill(200);
const stretches: Seen[] = [];
const limits: number[] = [];
const used = { own: 0, children: 0 };
for (let turn = 0; turn < TURNS; turn += 1) {
  limits.push(await bare());
  const until = performance.now() + seconds * 1000;
  const options = { lanes, senders: SENDERS, next, goOn: () => performance.now() < until };
  const before = await processorSeconds(station.pid);
  stretches.push(await closedLoop(station, options));
  const after = await processorSeconds(station.pid);
  if (before !== undefined && after !== undefined) {
    used.own += after.own - before.own;
    used.children += after.children - before.children;
  }
  say(
    `turn ${turn + 1}: the bare machine ${Math.round(limits.at(-1) ?? 0)} cycles/s, the station ${Math.round(perSecond(stretches.at(-1)))}`,
  );
}
const seen = together(stretches);
const sent = () => next() - 1;
const memory: Record<string, number> = {};
for (const reports of [Math.min(1000, Number(values.reports)), Number(values.reports)]) {
  await fill(Math.max(0, reports - sent()));
  const resident = await residentBytes(station.pid);
  if (resident !== undefined) memory[String(reports)] = Math.round(resident / 2 ** 20);
  say(`${reports} reports: ${memory[String(reports)]} MiB`);
}
const surge = values.surge ? await measureSurge(station, SENDERS, perSecond(seen), next) : undefined;

const answers = Object.values(seen.calls).flat();
const least = await leastWork();
const limit = limits.reduce((sum, one) => sum + one, 0) / limits.length;
const result = {
  name: "intake",
  unit: "CyberTipline cycles/s: submit, 3 x (upload of 100 KB, fileinfo), finish; durable, from a second process",
  value: rounded(perSecond(seen)),
  limit: rounded(limit),
  limitIs:
    "3 x 100 KB by one fsync a group, and 8 commits of one row, with as many under way; in turns of the same run",
  ratio: rounded(perSecond(seen) / limit),
  p50AckMs: rounded(percentile(answers, 0.5)),
  p99AckMs: rounded(percentile(answers, 0.99)),
  byCall: Object.fromEntries(
    Object.entries(seen.calls).map(([name, ms]) => [
      name,
      { p50Ms: rounded(percentile(ms, 0.5)), p99Ms: rounded(percentile(ms, 0.99)) },
    ]),
  ),
  processorMsPerCycle: {
    station: rounded((used.own * 1000) / seen.cycles),
    postgresql: rounded((used.children * 1000) / seen.cycles),
    // Of the station's, what no implementation of the same wire and vault can leave out.
    leastHashing: rounded(least.hashing),
    leastSealing: rounded(least.sealing),
  },
  lanes,
  residentMiB: memory,
  surge,
};
process.stdout.write(
  values.json
    ? `${JSON.stringify(result)}\n`
    : `${result.value} cycles/s of ${result.limit} (${result.ratio}); an answer within ${result.p50AckMs} ms, p99 ${result.p99AckMs} ms\n`,
);

function perSecond(stretch: Seen | undefined): number {
  return stretch === undefined ? 0 : stretch.cycles / stretch.seconds;
}
