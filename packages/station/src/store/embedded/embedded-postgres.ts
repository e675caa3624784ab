import { rmdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { DataLock } from "./data-lock.ts";
import { connectionString, createDatabase, defaultDatabase, prepareDatabases } from "./databases.ts";
import { type ServerPlan, startServer, stopServer } from "./postmaster.ts";
import { waitUntilGone } from "./processes.ts";
import { isAlive, type RunningProgram, unrefProgram } from "./run.ts";

/** A server that has run this long was healthy: its next death is a new one, not the same one again. */
const healthyMs = 5_000;
const firstDelayMs = 50;
const longestDelayMs = 10_000;

/** Children of a killed postmaster see it within milliseconds, unless they are deep in a computation. */
const orphanGraceMs = 1_000;

/** A PostgreSQL that this process has started, watches and stops. Made by `startEmbedded`. */
export class EmbeddedPostgres implements AsyncDisposable {
  readonly #plan: ServerPlan;
  readonly #lock: DataLock;
  readonly #stopping = new AbortController();
  readonly #supervision: Promise<void>;
  #server: RunningProgram;
  #stopped: Promise<void> | null = null;
  #keepsProcessAlive = true;

  private constructor(plan: ServerPlan, lock: DataLock, server: RunningProgram) {
    this.#plan = plan;
    this.#lock = lock;
    this.#server = server;
    this.#supervision = this.#supervise();
  }

  /** For `startEmbedded`, which prepares the plan and hands its lock over. */
  static async start(plan: ServerPlan, lock: DataLock): Promise<EmbeddedPostgres> {
    const started = performance.now();
    const server = await startServer(plan, new AbortController().signal);
    try {
      await prepareDatabases(plan.socketDirectory);
    } catch (error) {
      await stopServer(server, plan);
      throw error;
    }
    plan.log.info({ milliseconds: Math.round(performance.now() - started) }, "postgres.ready");
    return new EmbeddedPostgres(plan, lock, server);
  }

  /** The connection string of the default database, for `pg` and libpq: a Unix socket, no password. */
  get url(): string {
    return this.databaseUrl(defaultDatabase);
  }

  /** The connection string of the database `name`, whether or not it exists. */
  databaseUrl(name: string): string {
    return connectionString(this.#plan.socketDirectory, name);
  }

  /** Makes the database `name` if it is missing, and returns its connection string. */
  async ensureDatabase(name: string): Promise<string> {
    await createDatabase(this.#plan.socketDirectory, name);
    return this.databaseUrl(name);
  }

  /** The postmaster's process id, for diagnosis; null while it is being started again. */
  get pid(): number | null {
    return isAlive(this.#server) ? (this.#server.process.pid ?? null) : null;
  }

  /** Lets this process end while the server runs; the server then ends with it. */
  unref(): void {
    this.#keepsProcessAlive = false;
    unrefProgram(this.#server);
  }

  /** Stops the server in order; ends every session. May be called more than once. */
  async stop(): Promise<void> {
    this.#stopped ??= this.#stop();
    await this.#stopped;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #stop(): Promise<void> {
    this.#stopping.abort();
    this.#server.process.ref();
    await stopServer(this.#server, this.#plan);
    await this.#supervision;
    removeIfEmpty(this.#plan.socketDirectory);
    this.#lock.release();
    this.#plan.log.info({}, "postgres.stopped");
  }

  /** Starts the server again whenever it ends, until it is stopped. */
  async #supervise(): Promise<void> {
    const { signal } = this.#stopping;
    let delayMs = firstDelayMs;
    for (;;) {
      const startedAt = performance.now();
      const end = await this.#server.ended;
      if (signal.aborted) return;
      this.#plan.log.error({ how: end.how, lastLines: this.#server.lastLines() }, "postgres.died");
      if (performance.now() - startedAt > healthyMs) delayMs = firstDelayMs;
      delayMs = await this.#startAgain(delayMs, signal);
    }
  }

  /** @returns how long to wait before the next start if this server does not live long either */
  async #startAgain(firstDelay: number, signal: AbortSignal): Promise<number> {
    const { log, tag } = this.#plan;
    const diedAt = performance.now();
    for (let delayMs = firstDelay; ; delayMs = Math.min(delayMs * 2, longestDelayMs)) {
      await sleep(delayMs, undefined, { signal, ref: this.#keepsProcessAlive }).catch(() => undefined);
      const killed = await waitUntilGone(tag, orphanGraceMs);
      if (signal.aborted) return delayMs;
      try {
        this.#server = await startServer(this.#plan, signal);
      } catch (error) {
        if (signal.aborted) return delayMs;
        log.error(
          { reason: error instanceof Error ? error.message : String(error) },
          "postgres.restart-failed",
        );
        continue;
      }
      if (!this.#keepsProcessAlive) unrefProgram(this.#server);
      log.warn({ milliseconds: Math.round(performance.now() - diedAt), killed }, "postgres.restarted");
      return Math.min(delayMs * 2, longestDelayMs);
    }
  }
}

/** The socket's folder is made anew at each start; one in a temporary folder should not stay behind. */
function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // In use by somebody else, or gone already: both are fine.
  }
}
