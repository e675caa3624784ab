import { parseArgs } from "node:util";
import { runWithKills } from "../src/demo/chaos.ts";

// npm run deep -- crash [--kills N] [--reports N] [--seed S] [--json]: the whole chain works while its processes are killed.

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "100" },
    reports: { type: "string", default: "600" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  },
});

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};
const result = await runWithKills({
  kills: Number(values.kills),
  reports: Number(values.reports),
  seed: Number(values.seed),
  say,
  progress: () => undefined,
});
const { held, kills, stationKills, postgresKills, lost, duplicated, auditVerified, seconds, ...more } =
  result;
process.stdout.write(
  values.json
    ? `${JSON.stringify({ kills, stationKills, postgresKills, lost, duplicated, auditVerified, seconds, ...more })}\n`
    : `${kills} kills (${stationKills} of stations, ${postgresKills} of PostgreSQL): lost ${lost}, duplicated ${duplicated}, ` +
        `undelivered ${more.undelivered}, without outcome ${more.withoutOutcome}, audit ${auditVerified ? "verified" : "NOT verified"}, ${seconds} s\n`,
);
process.exitCode = held ? 0 : 1;
