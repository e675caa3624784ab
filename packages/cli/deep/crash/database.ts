import { join } from "node:path";
import { databaseFaults } from "../../src/testing/crash/database-faults.ts";
import { openDatabaseRelay } from "../../src/testing/crash/database-relay.ts";
import { type FaultSweep, sweepFaults } from "../../src/testing/crash/fault-sweep.ts";
import { openWorld } from "../../src/testing/crash/world.ts";
import { doorsNamed, sliceOf } from "./doors.ts";
import { faultFigures } from "./fault-figures.ts";
import type { PartOptions, PartResult } from "./part.ts";

/** Each call to the database that a report makes fails, or is done and its answer lost, at each door. */
export async function database(options: PartOptions): Promise<PartResult> {
  await using world = await openWorld([], options.seed);
  const doors: FaultSweep[] = [];
  for (const door of doorsNamed(options.door)) {
    await using stack = new AsyncDisposableStack();
    const way = Promise.withResolvers<Awaited<ReturnType<typeof openDatabaseRelay>>>();
    const target = stack.use(
      await world.openTarget(door, join(world.root, door), async (url, folder) => {
        const relay = stack.use(await openDatabaseRelay(url, folder));
        way.resolve(relay);
        return relay.url;
      }),
    );
    const faults = await databaseFaults(target, await way.promise);
    doors.push(await sweepFaults(target, faults, sliceOf(options), options.say));
  }
  return faultFigures(doors);
}
