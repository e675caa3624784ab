import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endOfLog, fillUp } from "../../src/testing/crash/full-database.ts";
import { fillDisk, type FullDisk, mountSmallDisk } from "../../src/testing/crash/full-disk.ts";
import { reckon } from "../../src/testing/crash/reckoning.ts";
import type { DoorName, Target } from "../../src/testing/crash/target.ts";
import { openWorld } from "../../src/testing/crash/world.ts";
import { doorsNamed } from "./doors.ts";
import type { PartOptions, PartResult } from "./part.ts";

const SMALL_MIB = 16;
const LARGE_MIB = 512;
/** Of PostgreSQL's disk: what a new cluster takes with its log, and two times more. */
const DATABASE_MIB = [256, 320, 640] as const;

/** A disk of its own fills up, and is made larger: the one that a station's folder lies on, and the one that PostgreSQL lies on. */
export async function disk(options: PartOptions): Promise<PartResult> {
  const doors = [];
  let held = true;
  for (const door of doorsNamed(options.door))
    for (const [place, fills] of Object.entries({ station: fillStations, database: fillDatabases })) {
      const result = await fills(door, options);
      if (result === undefined) {
        const skipped = "a disk can be mounted by root only: nothing was tried";
        return { held: true, summary: skipped, figures: { skipped } };
      }
      const { end, filled } = result;
      const problems = [...filled.flatMap((one) => one.problems), ...end.problems];
      for (const problem of problems) options.say(`${door}, ${place}: ${problem}`);
      const restarts = filled.reduce((sum, one) => sum + one.restarts, 0);
      held &&= problems.length + restarts + end.lost + end.doubled === 0 && end.auditVerified;
      doors.push({ door, place, ...end, problems, filled });
    }
  return {
    held,
    summary: doors
      .map(({ door, place, filled, lost }) => {
        const heard = filled.map((one) => JSON.stringify(one.heard)).join(", ");
        return `${door}, disk of the ${place}: heard ${heard}, lost ${lost}.`;
      })
      .join(" "),
    figures: { doors },
  };
}

interface Filled {
  readonly filled: readonly FullDisk[];
  readonly end: Awaited<ReturnType<typeof reckon>>;
}

async function fillStations(door: DoorName, { seed }: PartOptions): Promise<Filled | undefined> {
  await using world = await openWorld([], seed);
  const path = join(world.root, "disk");
  await using small = await mountSmallDisk(path, SMALL_MIB);
  if (small === undefined) return undefined;
  await using target = await world.openTarget(door, join(path, "station"));
  const filled = [await fillDisk(target, small, { mebibytes: LARGE_MIB })];
  return { filled, end: await reckon(target, false) };
}

/** First tables cannot grow; then PostgreSQL has no room for its own log, ends, and cannot start. */
async function fillDatabases(door: DoorName, { seed }: PartOptions): Promise<Filled | undefined> {
  await using stack = new AsyncDisposableStack();
  const path = await mkdtemp(join(tmpdir(), "fairlead-crash-disk-"));
  stack.defer(() => rm(path, { recursive: true, force: true }));
  const [first, second, third] = DATABASE_MIB;
  const small = await mountSmallDisk(path, first);
  if (small === undefined) return undefined;
  stack.use(small);
  const world = stack.use(await openWorld([], seed, join(path, "postgres")));
  const target: Target = stack.use(await world.openTarget(door, join(world.root, door)));
  const noTable = { mebibytes: second, fill: () => fillUp(join(path, "first")) };
  const noLog = {
    mebibytes: third,
    async fill() {
      await fillUp(join(path, "second"));
      await endOfLog(target);
    },
  };
  const filled = [await fillDisk(target, small, noTable), await fillDisk(target, small, noLog)];
  return { filled, end: await reckon(target, false) };
}
