import { sweepDatabase } from "../../src/testing/crash/database-sweep.ts";
import type { FaultSweep } from "../../src/testing/crash/fault-sweep.ts";
import { openWorld } from "../../src/testing/crash/world.ts";
import { doorsNamed, sliceOf } from "./doors.ts";
import { faultFigures } from "./fault-figures.ts";
import type { PartOptions, PartResult } from "./part.ts";

/** Each call to the database that a report makes fails, or is done and its answer lost, at each door. */
export async function database(options: PartOptions): Promise<PartResult> {
  await using world = await openWorld([], options.seed);
  const doors: FaultSweep[] = [];
  for (const door of doorsNamed(options.door))
    doors.push(await sweepDatabase(world, door, sliceOf(options), options.say));
  return faultFigures(doors);
}
