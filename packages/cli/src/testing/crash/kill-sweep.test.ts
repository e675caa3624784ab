/** A slice of `npm run deep -- crash --part points`: a station dies at system calls of the acknowledgement path. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { folder } from "../command.ts";
import { sweepKills } from "./kill-sweep.ts";
import { whyNoStrace } from "./strace.ts";
import { openWorld } from "./world.ts";

// What the stations stand on is this test's own.
delete process.env["DATABASE_URL"];

test("a station that is killed at a system call on a report's way has all of what it acknowledged, once, and nothing by halves", async (t) => {
  const missing = await whyNoStrace(await folder(t));
  if (missing !== undefined) {
    t.skip(missing);
    return;
  }
  await using world = await openWorld(["report"], 1);
  const [target] = world.targets;
  assert.ok(target !== undefined);
  const said: string[] = [];
  const sweep = await sweepKills(
    target,
    { from: 0, most: 5, isSpread: true },
    { waitsForSweep: false, say: (line) => said.push(line) },
  );
  assert.deepEqual(sweep.problems, []);
  assert.deepEqual([sweep.lost, sweep.doubled, sweep.half, sweep.auditVerified], [0, 0, 0, true]);
  assert.ok(sweep.held && sweep.killed > 0, said.join("\n"));
});
