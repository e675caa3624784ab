/** A slice of `npm run deep -- crash`: the chain works on while its processes are killed with kill -9. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { folder } from "../testing/command.ts";
import { runWithKills } from "./chaos.ts";

// The database is killed too, so it has to be the demonstration's own.
delete process.env["DATABASE_URL"];

test("nothing is lost or doubled when stations and PostgreSQL are killed in the middle of the stream", async (t) => {
  const said: string[] = [];
  // With this seed PostgreSQL is among the victims.
  const result = await runWithKills({
    root: await folder(t),
    kills: 6,
    reports: 40,
    seed: 1,
    say: (line) => said.push(line),
    progress: () => undefined,
  });
  const words = said.slice(-40).join("\n");
  assert.deepEqual(
    [result.lost, result.duplicated, result.auditVerified, result.undelivered, result.withoutOutcome],
    [0, 0, true, 0, 0],
    words,
  );
  assert.equal(result.reports, 40);
  assert.equal(result.stationKills + result.postgresKills, 6);
  assert.ok(result.postgresKills > 0 && result.stationKills > 0);
  assert.equal(result.routedRight, result.routed);
  assert.ok(result.held, words);
});
