import { join } from "node:path";
import { databaseFaults } from "./database-faults.ts";
import { openDatabaseRelay } from "./database-relay.ts";
import { type FaultSweep, sweepFaults } from "./fault-sweep.ts";
import type { Slice } from "./slice.ts";
import type { DoorName } from "./target.ts";
import type { World } from "./world.ts";

/** Each call to the database that a report makes at one door fails, or is done and its answer lost; a relay stands between the two. */
export async function sweepDatabase(
  world: World,
  door: DoorName,
  slice: Slice,
  say: (line: string) => void,
): Promise<FaultSweep> {
  await using stack = new AsyncDisposableStack();
  const way = Promise.withResolvers<Awaited<ReturnType<typeof openDatabaseRelay>>>();
  const target = stack.use(
    await world.openTarget(door, join(world.root, door), async (url, folder) => {
      const relay = stack.use(await openDatabaseRelay(url, folder));
      way.resolve(relay);
      return relay.url;
    }),
  );
  return await sweepFaults(target, await databaseFaults(target, await way.promise), slice, say);
}
