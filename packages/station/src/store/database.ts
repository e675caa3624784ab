import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { type IsolationLevel, Kysely, PostgresDialect, type Transaction } from "kysely";
import { DatabaseError, Pool } from "pg";
import { columnTypes } from "./column-types.ts";
import { isConnectionLost } from "./connection-lost.ts";
import { PreparingClient } from "./preparing-client.ts";
import { StoreError } from "./error.ts";
import type { EventLog } from "./log.ts";
import type { Tables } from "./tables.ts";

export interface DatabaseOptions {
  /** A connection string as libpq reads it; Unix sockets by `?host=`. */
  readonly url: string;
  /** What the server shows for our sessions, e.g. `fairlead intake`. */
  readonly applicationName: string;
  /** The most connections at once. */
  readonly poolSize: number;
  readonly log: EventLog;
}

export interface TransactionOptions {
  /** `read committed` unless given. */
  readonly isolation?: IsolationLevel;
  /** How often to try in all when the server asks for it; 5 unless given. */
  readonly attempts?: number;
}

/** How long to wait for a connection before a request fails: longer than a restart of the embedded server. */
const connectMs = 10_000;

/** A session that nobody used for this long is closed. Not sooner: a new one has to learn every statement again. */
const idleMs = 10 * 60_000;

/**
 * What each session starts with. As a statement and not as start-up parameters, which a connection string would win over
 * and a pooler between us and the server would refuse.
 *
 * Instants come in UTC whatever the zone of the server or the role is. A session that was forgotten inside a transaction
 * holds locks and stops the removal of dead rows; nothing of ours thinks for a minute between two statements.
 */
const sessionSettings =
  "set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601'; set idle_in_transaction_session_timeout = '60s'";

/** serialization_failure and deadlock_detected: the server rolled back and asks to be tried again. */
const tryAgain = new Set(["40001", "40P01"]);

/** One station's connections to its database. See column-types.ts for what a column's value is. */
export class Database<Schema = Tables> implements AsyncDisposable {
  readonly pool: Pool;
  readonly kysely: Kysely<Schema>;
  readonly url: string;
  /** Emits `session-lost` when the server, or the way to it, ended one of our sessions. */
  readonly events = new EventEmitter<{ "session-lost": [] }>();
  readonly #log: EventLog;

  /** Use `openDatabase`. */
  constructor(options: DatabaseOptions) {
    this.url = options.url;
    this.#log = options.log;
    this.pool = openPool(options, () => this.events.emit("session-lost"));
    this.kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: this.pool }) });
  }

  /**
   * Does `work` in one transaction. When the server rolls it back because of a conflict with another, it is done again
   * from the start, so `work` must have no effect but in the database.
   *
   * @throws StoreError `commit-unknown` when the connection is lost during COMMIT: look up what has happened, and
   *   repeat only what may be done twice
   */
  async transaction<Result>(
    work: (tx: Transaction<Schema>) => Promise<Result>,
    options: TransactionOptions = {},
  ): Promise<Result> {
    const attempts = options.attempts ?? 5;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attempt(work, options.isolation ?? "read committed");
      } catch (error) {
        if (attempt >= attempts || !wantsAnotherTry(error)) throw error;
        this.#log.debug({ attempt }, "database.conflict");
        // Those who collided must not all come back at the same moment.
        await sleep(Math.random() * 10 * 2 ** attempt);
      }
    }
  }

  async #attempt<Result>(
    work: (tx: Transaction<Schema>) => Promise<Result>,
    isolation: IsolationLevel,
  ): Promise<Result> {
    const progress = { committing: false };
    try {
      return await this.kysely
        .transaction()
        .setIsolationLevel(isolation)
        .execute(async (tx) => {
          const result = await work(tx);
          progress.committing = true;
          return result;
        });
    } catch (cause) {
      if (!progress.committing || !isConnectionLost(cause)) throw cause;
      throw new StoreError(
        "commit-unknown",
        "The connection to the database was lost while it was committing: the transaction may or may not have happened. Look for its rows before repeating it.",
        { cause },
      );
    }
  }

  /** Ends all sessions, after the work that is under way. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.kysely.destroy();
    // Kysely ends the pool only if a statement went through Kysely.
    if (!this.pool.ending) await this.pool.end();
  }
}

/** Opens the database. Connects when first used, so it may be called while the server is away. */
export function openDatabase(options: DatabaseOptions): Database {
  return new Database(options);
}

function openPool(options: DatabaseOptions, onLost: () => void): Pool {
  const pool = new Pool({
    Client: PreparingClient,
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.poolSize,
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: idleMs,
    keepAlive: true,
    types: columnTypes,
    // oxlint-disable-next-line typescript/no-misused-promises -- pg-pool awaits the promise; its types say only void
    onConnect: async (client) => {
      await client.query(sessionSettings);
    },
  });
  // An error on a session between two statements has no caller to go to; without a listener it would end the process.
  // The pool listens for sessions that are idle, this for those that somebody holds.
  pool.on("connect", (client) => {
    client.on("error", (error) => {
      options.log.warn(describe(error), "database.session-lost");
      onLost();
    });
  });
  pool.on("error", () => undefined);
  return pool;
}

function describe(error: Error): { code: string } {
  return { code: "code" in error && typeof error.code === "string" ? error.code : error.name };
}

function wantsAnotherTry(error: unknown): boolean {
  return error instanceof DatabaseError && tryAgain.has(error.code ?? "");
}
