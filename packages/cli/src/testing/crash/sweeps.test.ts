/** A slice of `npm run deep -- crash --part points` and `--part errors`: a station at system calls of the acknowledgement path. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { folder } from "../command.ts";
import { callFaults } from "./call-faults.ts";
import { sweepFaults } from "./fault-sweep.ts";
import { sweepKills } from "./kill-sweep.ts";
import { whyNoStrace } from "./strace.ts";
import { openWorld } from "./world.ts";

// What the stations stand on is this test's own.
delete process.env["DATABASE_URL"];

test("a station that is killed at a call, or whose call fails, has all of what it acknowledged, once, and nothing by halves", async (t) => {
  const missing = await whyNoStrace(await folder(t));
  if (missing !== undefined) {
    t.skip(missing);
    return;
  }
  await using world = await openWorld(["report"], 1);
  const [target] = world.targets;
  assert.ok(target !== undefined);
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const slice = { seed: 1, from: 0, most: 4, seconds: 60 };
  const kills = await sweepKills(target, slice, { waitsForSweep: false, say });
  assert.deepEqual(kills.problems, []);
  assert.deepEqual([kills.lost, kills.doubled, kills.half, kills.auditVerified], [0, 0, 0, true]);
  assert.ok(kills.held && kills.killed > 0, said.join("\n"));
  const faults = await sweepFaults(target, await callFaults(target), slice, say);
  assert.deepEqual(faults.problems, []);
  assert.ok(faults.held && faults.met > 0, said.join("\n"));
});
