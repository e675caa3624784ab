import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  lchownSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { StoreError } from "../error.ts";
import type { EventLog } from "../log.ts";
import { superuser } from "./access.ts";
import type { Binaries } from "./binaries.ts";
import type { Confinement } from "./command.ts";
import type { Owner } from "./identity.ts";
import { serversOf } from "./processes.ts";
import { runConfined } from "./run.ts";
import type { ServerSettings } from "./settings.ts";

/** The access files that initdb makes are not used: the launcher writes its own (see access.ts). */
const initdbArguments = [
  "--username",
  superuser,
  "--auth",
  "reject",
  "--encoding",
  "UTF8",
  "--data-checksums",
  "--no-instructions",
];

const unfinished = "cluster.initdb-";

/** Where the cluster of a data directory lies. */
export function clusterFolder(dataDir: string): string {
  return join(dataDir, "cluster");
}

/**
 * Makes the cluster if there is none, and makes the one that is there ready to start. Only for the holder of the
 * data directory's lock, when no process of the cluster is alive.
 *
 * initdb works in a folder of another name, which is renamed when all is on disk: an interrupted one leaves only a
 * folder that the next start removes.
 *
 * @throws StoreError `postgres-version`, `postgres-in-use` or `postgres-failed`
 */
export async function prepareCluster(
  dataDir: string,
  binaries: Binaries,
  confinement: Confinement,
  lockFd: number,
  settings: ServerSettings,
  log: EventLog,
): Promise<string> {
  const cluster = clusterFolder(dataDir);
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith(unfinished)) rmSync(join(dataDir, name), { recursive: true, force: true });
  }
  const version = await majorVersion(binaries, confinement, lockFd, log);
  if (!existsSync(cluster)) {
    const started = performance.now();
    const sync = settings["fsync"] === "off" ? ["--no-sync"] : [];
    await initialise(cluster, [...localeArguments(version), ...sync], binaries, confinement, lockFd, log);
    log.info({ version, milliseconds: Math.round(performance.now() - started) }, "postgres.initialised");
    return cluster;
  }
  const made = Number.parseInt(readFileSync(join(cluster, "PG_VERSION"), "utf8"), 10);
  if (made !== version) {
    throw new StoreError(
      "postgres-version",
      `The data in ${cluster} was made by PostgreSQL ${made}, but ${binaries.postgres} is version ${version}. ` +
        "Use binaries of the same version (FAIRLEAD_POSTGRES_BIN), or move the data with pg_upgrade or a dump.",
    );
  }
  if (confinement.identity.owner !== null) giveTo(cluster, confinement.identity.owner);
  // A copy that was restored from a backup is often open to others, and PostgreSQL refuses that.
  if ((statSync(cluster).mode & 0o077) !== 0) chmodSync(cluster, 0o700);
  removeStalePidFile(cluster);
  return cluster;
}

async function majorVersion(
  binaries: Binaries,
  confinement: Confinement,
  lockFd: number,
  log: EventLog,
): Promise<number> {
  // A version goes to stdout; the launcher listens to stderr, where servers and initdb report their troubles.
  const probe = runConfined(
    confinement,
    "sh",
    ["-c", '"$1" --version >&2', "sh", binaries.initdb],
    lockFd,
    log,
  );
  const end = await probe.ended;
  const version = /\(PostgreSQL\) (\d+)/.exec(probe.lastLines())?.[1];
  if (!end.ok || version === undefined) {
    throw new StoreError(
      "postgres-failed",
      `${binaries.initdb} --version ended with ${end.how}: ${probe.lastLines()}`,
    );
  }
  return Number(version);
}

async function initialise(
  cluster: string,
  choices: readonly string[],
  binaries: Binaries,
  confinement: Confinement,
  lockFd: number,
  log: EventLog,
): Promise<void> {
  const folder = mkdtempSync(join(cluster, "..", unfinished));
  const { owner } = confinement.identity;
  if (owner !== null) lchownSync(folder, owner.uid, owner.gid);
  const program = runConfined(
    confinement,
    binaries.initdb,
    ["--pgdata", folder, ...initdbArguments, ...choices],
    lockFd,
    log,
  );
  const end = await program.ended;
  if (!end.ok) {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    throw new StoreError(
      "postgres-failed",
      `initdb could not make a database in ${folder} (${end.how}): ${program.lastLines()}`,
    );
  }
  renameSync(folder, cluster);
  syncFolder(join(cluster, ".."));
}

/**
 * Text is ordered by code point, the same on every machine and for ever: an operating system's locale changes with
 * its C library and would silently corrupt indexes. From version 17 PostgreSQL has its own rules for upper and lower
 * case of all letters; before that, only of ASCII ones.
 */
function localeArguments(version: number): readonly string[] {
  if (version < 17) return ["--locale", "C"];
  return ["--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"];
}

/** The top folder last: an interrupted change is seen by its owner and made again. */
function giveTo(folder: string, owner: Owner): void {
  const found = statSync(folder);
  if (found.uid === owner.uid) return;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    lchownSync(join(entry.parentPath, entry.name), owner.uid, owner.gid);
  }
  lchownSync(folder, owner.uid, owner.gid);
}

/**
 * A killed server leaves its pid file. PostgreSQL overlooks one whose pid is free, but after a reboot or in a new
 * container the pid can belong to any program, and PostgreSQL would refuse to start for ever. So the file is removed
 * once it is sure that no server works on the cluster.
 */
function removeStalePidFile(cluster: string): void {
  const [server] = serversOf(cluster);
  if (server !== undefined) {
    throw new StoreError(
      "postgres-in-use",
      `PostgreSQL process ${server}, which Fairlead did not start, runs on ${cluster}. Stop it (pg_ctl stop), or use it by DATABASE_URL.`,
    );
  }
  rmSync(join(cluster, "postmaster.pid"), { force: true });
}

function syncFolder(folder: string): void {
  const fd = openSync(folder, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
