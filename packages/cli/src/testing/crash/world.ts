import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentLog, startEmbedded } from "@fairlead/station";
import { openStarter, type Starter } from "./crash-station.ts";
import { type DoorName, openTarget, type Target } from "./target.ts";

/** Stations to be hit, each with one door, on one PostgreSQL that runs apart from them. */
export interface World extends AsyncDisposable {
  readonly targets: readonly Target[];
  readonly starter: Starter;
  readonly root: string;
  /** Process id of PostgreSQL, for whoever wants to kill it; undefined while it is being started again. */
  databasePid(): number | undefined;
}

export async function openWorld(doors: readonly DoorName[], seed: number): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const root = await mkdtemp(join(tmpdir(), "fairlead-crash-"));
  stack.defer(() => rm(root, { recursive: true, force: true, maxRetries: 3 }));
  const server = stack.use(await startEmbedded({ dataDir: join(root, "postgres"), log: silentLog }));
  const starter = stack.use(openStarter(join(root, "compiled")));
  const targets: Target[] = [];
  for (const door of doors) {
    const folder = join(root, `scratch-${door}`);
    await mkdir(folder);
    const databaseUrl = await server.ensureDatabase(`crash_${door.replaceAll("-", "_")}`);
    const dir = join(root, door);
    targets.push(
      stack.use(await openTarget({ door, dir, folder, databaseUrl, starter, seed: String(seed) })),
    );
  }
  const resources = stack.move();
  return {
    targets,
    starter,
    root,
    databasePid: () => server.pid ?? undefined,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
