import { join } from "node:path";
import { fillDisk, mountSmallDisk } from "../../src/testing/crash/full-disk.ts";
import { reckon } from "../../src/testing/crash/reckoning.ts";
import { openWorld } from "../../src/testing/crash/world.ts";
import { doorsNamed } from "./doors.ts";
import type { PartOptions, PartResult } from "./part.ts";

const SMALL_MIB = 16;
const LARGE_MIB = 512;

/** A station's folder lies on a disk of its own that fills up, and is made larger. */
export async function disk(options: PartOptions): Promise<PartResult> {
  const doors = [];
  let held = true;
  for (const door of doorsNamed(options.door)) {
    await using world = await openWorld([], options.seed);
    const path = join(world.root, "disk");
    await using small = await mountSmallDisk(path, SMALL_MIB);
    if (small === undefined) {
      const skipped = "a disk can be mounted by root only: nothing was tried";
      return { held: true, summary: skipped, figures: { skipped } };
    }
    await using target = await world.openTarget(door, join(path, "station"));
    const filled = await fillDisk(target, small, LARGE_MIB);
    const end = await reckon(target, false);
    for (const problem of [...filled.problems, ...end.problems]) options.say(`${door}: ${problem}`);
    held &&=
      filled.problems.length === 0 &&
      filled.restarts === 0 &&
      end.lost + end.doubled === 0 &&
      end.auditVerified;
    doors.push({ door, ...end, ...filled });
  }
  return {
    held,
    summary: doors
      .map(({ door, heard, lost }) => `${door}: heard ${JSON.stringify(heard)}, lost ${lost}.`)
      .join(" "),
    figures: { doors },
  };
}
