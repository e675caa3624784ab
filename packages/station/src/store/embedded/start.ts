import { existsSync, lchownSync, lstatSync, mkdirSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import { StoreError } from "../error.ts";
import { type EventLog, silentLog } from "../log.ts";
import { findBinaries, linkLibraries } from "./binaries.ts";
import { chooseIdentity } from "./choose-identity.ts";
import { clusterFolder, prepareCluster } from "./cluster.ts";
import { takeDataLock } from "./data-lock.ts";
import { EmbeddedPostgres } from "./embedded-postgres.ts";
import type { ServerPlan } from "./postmaster.ts";
import { clusterTag, waitUntilGone } from "./processes.ts";
import type { ServerSettings } from "./settings.ts";
import { makeSocketDirectory } from "./socket-directory.ts";

export interface EmbeddedOptions {
  /** The folder that holds everything of this PostgreSQL; made if missing. One launcher at a time. */
  readonly dataDir: string;
  /** Where the Unix socket lies; by default in the data directory, or a short temporary folder if that is too long. */
  readonly socketDir?: string;
  /** A folder with `initdb` and `postgres` (15 or newer) to use instead of the npm package's: `FAIRLEAD_POSTGRES_BIN`. */
  readonly binaries?: string;
  readonly log?: EventLog;
  /** Settings of PostgreSQL that win over the launcher's. */
  readonly settings?: ServerSettings;
}

/** How long a cluster whose launcher was killed may take to shut down before its processes are killed, and then to vanish. */
const shutdownPatienceMs = 30_000;
const lockPatienceMs = 60_000;

/**
 * Starts the embedded PostgreSQL on `dataDir`, making it first if there is none, and keeps it running until `stop()`.
 *
 * - It listens on a Unix socket only, and dies with this process, even by kill -9.
 * - If it dies alone, it is started again.
 * - A second launcher on the same data directory gets `postgres-in-use`; one whose predecessor was killed waits for the
 *   last of its processes first.
 *
 * In the data directory: `cluster` is PostgreSQL's own, `lock` says who runs it, and `socket`, `libraries` and `access` are
 * made anew at each start. A backup of a stopped server needs `cluster` only.
 *
 * Call it from the main thread: the kernel ends PostgreSQL when the thread that started it ends.
 *
 * @throws StoreError `postgres-missing`, `postgres-identity`, `postgres-in-use`, `postgres-version`, `postgres-failed`
 *   or `invalid-setting`
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  if (process.platform !== "linux") {
    throw new StoreError(
      "postgres-missing",
      `The embedded PostgreSQL runs on Linux only, not on ${process.platform}. Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  const log = options.log ?? silentLog;
  mkdirSync(resolve(options.dataDir), { recursive: true, mode: 0o700 });
  const dataDir = realpathSync(options.dataDir);
  const tag = clusterTag(dataDir);
  const lock = await takeDataLock(join(dataDir, "lock"), {
    waitMs: lockPatienceMs,
    onWait: () => {
      log.info({}, "postgres.waiting-for-predecessor");
      void waitUntilGone(tag, shutdownPatienceMs);
    },
  });
  try {
    await waitUntilGone(tag, shutdownPatienceMs);
    const plan = await makePlan(options, dataDir, lock.fd, log);
    return await EmbeddedPostgres.start(plan, lock);
  } catch (error) {
    await waitUntilGone(tag, 0);
    lock.release();
    throw error;
  }
}

async function makePlan(
  options: EmbeddedOptions,
  dataDir: string,
  lockFd: number,
  log: EventLog,
): Promise<ServerPlan> {
  const tag = clusterTag(dataDir);
  const settings = options.settings ?? {};
  const binaries = findBinaries(options.binaries ?? process.env["FAIRLEAD_POSTGRES_BIN"]);
  const libraries = join(dataDir, "libraries");
  const libraryPath = linkLibraries(binaries, libraries);
  const dataOwner = lstatSync(existsSync(clusterFolder(dataDir)) ? clusterFolder(dataDir) : dataDir);
  const confinement = await chooseIdentity(dataDir, binaries, libraryPath, dataOwner);
  const { owner, name } = confinement.identity;
  const accessFolder = join(dataDir, "access");
  mkdirSync(accessFolder, { recursive: true });
  leaveToOwner(dataDir, [join(dataDir, "lock"), libraries, accessFolder]);
  log.debug({ identity: name, postgres: binaries.postgres }, "postgres.starting");
  return {
    cluster: await prepareCluster(dataDir, binaries, confinement, lockFd, settings, log),
    tag,
    socketDirectory: makeSocketDirectory(dataDir, tag, options.socketDir, owner),
    accessFolder,
    postgres: binaries.postgres,
    confinement,
    settings,
    lockFd,
    log,
  };
}

/** What root makes in somebody else's data directory is theirs: the next start may be by themselves. */
function leaveToOwner(dataDir: string, made: readonly string[]): void {
  const { uid, gid } = lstatSync(dataDir);
  if (process.getuid?.() !== 0 || uid === 0) return;
  for (const path of made) if (existsSync(path)) lchownSync(path, uid, gid);
}
