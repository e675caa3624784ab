import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { StoreError } from "../error.ts";
import type { EventLog } from "../log.ts";
import { type AccessFiles, writeAccessFiles } from "./access.ts";
import type { Confinement } from "./command.ts";
import { waitUntilGone } from "./processes.ts";
import { isAlive, type RunningProgram, runConfined } from "./run.ts";
import { type ServerSettings, settingArguments } from "./settings.ts";
import { socketPort } from "./socket-directory.ts";

/** Everything that is the same at each start of one cluster's server. */
export interface ServerPlan {
  readonly cluster: string;
  readonly tag: string;
  readonly socketDirectory: string;
  /** Where the files lie that say who may log in. */
  readonly accessFolder: string;
  readonly postgres: string;
  readonly confinement: Confinement;
  readonly settings: ServerSettings;
  readonly lockFd: number;
  readonly log: EventLog;
}

/**
 * Recovery after a crash replays at most max_wal_size (1 GiB) of log, which takes a slow disk a few minutes. More than
 * this is not recovery any more.
 */
const longestStartMs = 600_000;

/**
 * Starts the server and waits until it takes connections, recovery included.
 *
 * @throws StoreError `postgres-failed` with the server's last words when it ends before that, `postgres-stopped` when
 *   `signal` says that it is not wanted any more
 */
export async function startServer(plan: ServerPlan, signal: AbortSignal): Promise<RunningProgram> {
  const access = writeAccessFiles(plan.accessFolder, plan.confinement.identity);
  const server = runConfined(
    plan.confinement,
    plan.postgres,
    serverArguments(plan, access),
    plan.lockFd,
    plan.log,
  );
  const deadline = performance.now() + longestStartMs;
  while (!isReady(plan.cluster, server.process.pid)) {
    if (!isAlive(server)) throw startFailed(plan, (await server.ended).how, server.lastLines());
    if (signal.aborted) {
      await stopServer(server, plan);
      throw new StoreError(
        "postgres-stopped",
        `PostgreSQL on ${plan.cluster} was stopped while it was starting.`,
      );
    }
    if (performance.now() > deadline) {
      await stopServer(server, plan);
      throw startFailed(plan, `it was not ready after ${longestStartMs / 1000} seconds`, server.lastLines());
    }
    await sleep(20);
  }
  return server;
}

/** How long a shutdown in order may take: it ends sessions and writes a checkpoint. */
const fastShutdownMs = 30_000;

/**
 * Stops the server: sessions end, a checkpoint is written. If that takes too long it is ended at once, which loses
 * nothing (the next start recovers), and no process is left behind in any case.
 */
export async function stopServer(server: RunningProgram, plan: ServerPlan): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT"] as const) {
    server.process.kill(signal);
    const patience = new AbortController();
    const timeUp = sleep(fastShutdownMs, false, { signal: patience.signal }).catch(() => true);
    const ended = await Promise.race([server.ended.then(() => true), timeUp]);
    patience.abort();
    if (ended) break;
    plan.log.warn({ signal }, "postgres.slow-to-stop");
  }
  await waitUntilGone(plan.tag, 0);
}

function serverArguments(plan: ServerPlan, access: AccessFiles): readonly string[] {
  const own: ServerSettings = {
    listen_addresses: "",
    unix_socket_directories: plan.socketDirectory,
    unix_socket_permissions: "0777",
    port: String(socketPort),
    cluster_name: plan.tag,
    hba_file: access.hba,
    ident_file: access.ident,
  };
  return ["-D", plan.cluster, ...settingArguments(plan.settings, own)];
}

/** PostgreSQL writes its state to the eighth line of its pid file, for launchers such as pg_ctl and this one. */
function isReady(cluster: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
    return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
  } catch {
    return false;
  }
}

function startFailed(plan: ServerPlan, how: string, lastLines: string): StoreError {
  return new StoreError(
    "postgres-failed",
    `PostgreSQL did not start on ${plan.cluster} (${how}): ${lastLines}`,
  );
}
