import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentLog, startEmbedded } from "@fairlead/station";
import { openStarter } from "./crash-station.ts";
import { type DoorName, openTarget, type Target } from "./target.ts";

/** Stations to be hit, each with one door, on one PostgreSQL that runs apart from them. */
export interface World extends AsyncDisposable {
  readonly targets: readonly Target[];
  /**
   * Another one, in a folder that is not there yet. Whoever opens it closes it.
   * @param wayTo gives the address by which the station reaches its database, if it is not the database's own; gets a folder to use
   */
  openTarget(
    door: DoorName,
    dir: string,
    wayTo?: (databaseUrl: string, folder: string) => Promise<string>,
  ): Promise<Target>;
  readonly root: string;
  /** Process id of PostgreSQL, for whoever wants to kill it; undefined while it is being started again. */
  databasePid(): number | undefined;
}

/** @param databaseDir where PostgreSQL lies, if not in the world's own folder */
export async function openWorld(
  doors: readonly DoorName[],
  seed: number,
  databaseDir?: string,
): Promise<World> {
  await using stack = new AsyncDisposableStack();
  const root = await mkdtemp(join(tmpdir(), "fairlead-crash-"));
  stack.defer(() => rm(root, { recursive: true, force: true, maxRetries: 3 }));
  const server = stack.use(
    await startEmbedded({ dataDir: databaseDir ?? join(root, "postgres"), log: silentLog }),
  );
  const starter = stack.use(openStarter(join(root, "compiled")));
  const open: World["openTarget"] = async (door, dir, wayTo) => {
    const folder = join(root, `scratch-${door}`);
    await mkdir(folder);
    const databaseUrl = await server.ensureDatabase(`crash_${door.replaceAll("-", "_")}`);
    const stationsUrl = (await wayTo?.(databaseUrl, folder)) ?? databaseUrl;
    return await openTarget({ door, dir, folder, databaseUrl, stationsUrl, starter, seed: String(seed) });
  };
  const targets: Target[] = [];
  for (const door of doors) targets.push(stack.use(await open(door, join(root, door))));
  const resources = stack.move();
  return {
    targets,
    openTarget: open,
    root,
    databasePid: () => server.pid ?? undefined,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
