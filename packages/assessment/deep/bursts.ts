import { parseArgs } from "node:util";
import { burstSteps } from "../src/scorecards/bursts/index.ts";
import { historyOfAll, randomOf, reportsOf } from "../src/scorecards/bursts/fill-stream-fixture.ts";

// npm run deep -- bursts [--json] [--reports N]: how often a sender that goes on as before is called changed, and how soon a changed one
// is, looked at after every report.

const { values } = parseArgs({
  options: { json: { type: "boolean", default: false }, reports: { type: "string", default: "2000" } },
});
const reports = Number(values.reports);
/** A sender begins to be looked at here: before, it has no past. */
const PAST = 400;
const RATES = [0.02, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.95, 0.99, 1];
const TRIALS = 40;

type Kind = "steady" | "in-batches" | "by-the-hour";
const KINDS: readonly Kind[] = ["steady", "in-batches", "by-the-hour"];

/** A sender's reports: each by chance; in batches of up to 20 of a kind; or with a rate that swings by a tenth over the day. */
function stream(kind: Kind, rate: number, count: number, random: () => number): boolean[] {
  const filled: boolean[] = [];
  while (filled.length < count) {
    const swing = kind === "by-the-hour" ? 0.1 * Math.sin((2 * Math.PI * filled.length) / 720) : 0;
    const value = random() < rate + swing;
    const batch = kind === "in-batches" ? 1 + Math.floor(random() * 20) : 1;
    for (let n = 0; n < batch; n += 1) filled.push(value);
  }
  return filled.slice(0, count);
}

const isAlarm = (filled: readonly boolean[]): boolean =>
  burstSteps(historyOfAll(reportsOf(filled)), [], []).length > 0;

const falseAlarms = Object.fromEntries(
  KINDS.map((kind) => {
    let [looks, alarms] = [0, 0];
    const senders = new Set<number>();
    for (const [index, rate] of RATES.entries()) {
      const all = stream(kind, rate, reports, randomOf(1 + index));
      let was = false;
      for (let count = PAST; count <= all.length; count += 1) {
        looks += 1;
        const is = isAlarm(all.slice(0, count));
        if (is) senders.add(rate);
        if (is && !was) alarms += 1;
        was = is;
      }
    }
    return [kind, { looks, alarms, ratesWithAlarm: [...senders] }];
  }),
);

const caught = RATES.filter((rate) => rate >= 0.2).flatMap((rate) =>
  [0, 0.5].map((left) => {
    const after: number[] = [];
    for (let trial = 0; trial < TRIALS; trial += 1) {
      const random = randomOf(1000 + trial);
      const past = stream("steady", rate, 1000, random);
      const changed = stream("steady", rate * left, 320, random);
      const count = changed.findIndex((_, index) => isAlarm([...past, ...changed.slice(0, index + 1)]));
      after.push(count < 0 ? Number.POSITIVE_INFINITY : count + 1);
    }
    after.sort((a, b) => a - b);
    const [median, last] = [after[TRIALS / 2] ?? 0, after.at(-1) ?? 0];
    return { from: rate, to: rate * left, median: shown(median), slowest: shown(last) };
  }),
);

/** A number of reports, or null where there was no alarm among 320. */
function shown(count: number): number | null {
  return Number.isFinite(count) ? count : null;
}

const worst = caught.find(({ from, to }) => from === 0.95 && to === 0)?.slowest ?? null;
process.stdout.write(
  values.json
    ? `${JSON.stringify({ falseAlarms, caught })}\n`
    : `${KINDS.map((kind) => `${kind}: ${falseAlarms[kind]?.alarms} alarms in ${falseAlarms[kind]?.looks} looks\n`).join("")}${caught
        .map(
          ({ from, to, median, slowest }) =>
            `from ${from} to ${to}: ${median ?? "never"} (slowest ${slowest ?? "never"})\n`,
        )
        .join("")}`,
);
process.exitCode = falseAlarms["steady"]?.alarms === 0 && worst !== null && worst <= 40 ? 0 : 1;
