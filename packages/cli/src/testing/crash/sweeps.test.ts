/** Slices of `npm run deep -- crash`: system calls, calls to the database, a full disk and a wrong clock on a report's way. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { folder } from "../command.ts";
import { callFaults } from "./call-faults.ts";
import { sweepDatabase } from "./database-sweep.ts";
import { sweepFaults } from "./fault-sweep.ts";
import { fillDisk, mountSmallDisk } from "./full-disk.ts";
import { sweepKills } from "./kill-sweep.ts";
import { reckon } from "./reckoning.ts";
import { whyNoStrace } from "./strace.ts";
import { openWorld } from "./world.ts";
import { setClockOff } from "./wrong-clock.ts";

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

test("a call to the database that fails, or whose answer is lost, costs a sender a clear answer and no report", async () => {
  await using world = await openWorld([], 1);
  const said: string[] = [];
  const slice = { seed: 1, from: 0, most: 6, seconds: 60 };
  const faults = await sweepDatabase(world, "cybertipline", slice, (line) => said.push(line));
  assert.deepEqual(faults.problems, []);
  assert.ok(faults.held && faults.met > 0, said.join("\n"));
});

test("a station whose disk is full says so, and takes reports again when there is room", async (t) => {
  await using world = await openWorld([], 1);
  const path = join(world.root, "disk");
  await using small = await mountSmallDisk(path, 16);
  if (small === undefined) {
    t.skip("a disk can be mounted by root only");
    return;
  }
  await using target = await world.openTarget("uk-direct", join(path, "station"));
  const filled = await fillDisk(target, small, { mebibytes: 256 });
  assert.deepEqual([filled.problems, filled.restarts], [[], 0]);
  const end = await reckon(target, false);
  assert.deepEqual([end.lost, end.doubled, end.auditVerified, end.problems], [0, 0, true, []]);
});

test("a clock that jumps by a day between two starts doubles no report and keeps the log's order", async () => {
  await using world = await openWorld(["uk-direct"], 1);
  const [target] = world.targets;
  assert.ok(target !== undefined);
  const { problems } = await setClockOff(target);
  assert.deepEqual(problems, []);
  const end = await reckon(target, false);
  assert.deepEqual([end.lost, end.doubled, end.auditVerified], [0, 0, true]);
});
