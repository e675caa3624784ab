import { runMigrations } from "graphile-worker";
import { Client, DatabaseError } from "pg";
import { StoreError } from "./error.ts";
import type { EventLog } from "./log.ts";
import { type Migration, ownMigrations, readMigrations } from "./migration-files.ts";
import { workerLogger } from "./worker-log.ts";

/** Where graphile-worker keeps its jobs. */
export const workerSchema = "graphile_worker";

export interface MigrateOptions {
  readonly url: string;
  readonly log: EventLog;
  /** A folder of `NNNN-name.sql`; this version's own unless given. */
  readonly directory?: string;
}

/** The names of the files that were applied by this call, in order. */
export interface MigrateResult {
  readonly applied: readonly string[];
}

/**
 * Any number that is always the same does; this one is the first half of SHA-256 of "fairlead migrations", without sign.
 * Whoever holds it is the one process that migrates this database.
 */
const advisoryLock = "7740117402498524962";

interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

/**
 * Brings a database up to this version: the queue's tables, then ours, each file in one transaction. Any number of
 * processes may call it at once; one works and the others wait. Nothing is ever taken back: a mistake is mended by the
 * next file.
 *
 * Call it before anything else uses the database. Needs sessions of its own: a pooler between must pool by session.
 *
 * @throws StoreError `migration-changed` or `migration-newer` before anything is touched, `migration-failed` when SQL is
 *   refused (that file then has no effect), `migration-invalid` for a folder or file that is not well formed
 */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const migrations = readMigrations(options.directory ?? ownMigrations);
  const client = new Client({ connectionString: options.url, application_name: "fairlead migrate" });
  // The statement that waits when the connection is lost gets the error.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await takeLock(client, options.log);
    await prepareTable(client);
    pendingOf(migrations, await readApplied(client));
    await migrateWorker(options);
    return { applied: await applyPending(client, migrations, options.log) };
  } finally {
    // The lock belongs to the session and ends with it.
    await client.end();
  }
}

async function takeLock(client: Client, log: EventLog): Promise<void> {
  // A migration may rewrite a large table; limits that are right for requests are wrong here.
  await client.query(
    "set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0",
  );
  const { rows } = await client.query<{ free: boolean }>("select pg_try_advisory_lock($1) as free", [
    advisoryLock,
  ]);
  if (rows[0]?.free === true) return;
  log.info({}, "migration.waiting");
  await client.query("select pg_advisory_lock($1)", [advisoryLock]);
}

async function prepareTable(client: Client): Promise<void> {
  try {
    await client.query("set client_min_messages = warning");
    await client.query(`create table if not exists store_migration (
      number integer primary key,
      name text not null,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`);
  } catch (cause) {
    throw new StoreError(
      "migration-failed",
      `The table store_migration cannot be made: ${messageOf(cause)}. Make the role in DATABASE_URL the owner of the database (alter database NAME owner to ROLE).`,
      { cause },
    );
  }
}

async function readApplied(client: Client): Promise<readonly AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(
    "select number, name, checksum from store_migration order by number",
  );
  return rows;
}

/** What is still to be applied, after making sure that what is applied is what the folder holds. */
function pendingOf(
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
): readonly Migration[] {
  for (const row of applied) {
    const migration = migrations[row.number - 1];
    if (migration === undefined) {
      throw new StoreError(
        "migration-newer",
        `This database was migrated by a newer Fairlead (it has ${row.name}; this version ends at number ${migrations.length}). Start that version, or restore a backup from before.`,
      );
    }
    if (migration.name !== row.name || migration.checksum !== row.checksum) {
      throw new StoreError(
        "migration-changed",
        `Migration ${row.name} was applied to this database, but ${migration.name} in this version is another text. An applied file never changes: restore it, and put the change into a new one.`,
      );
    }
  }
  const known = new Set(applied.map(({ number }) => number));
  return migrations.filter(({ number }) => !known.has(number));
}

async function migrateWorker(options: MigrateOptions): Promise<void> {
  try {
    await runMigrations({
      connectionString: options.url,
      maxPoolSize: 2,
      schema: workerSchema,
      logger: workerLogger(options.log),
    });
  } catch (cause) {
    throw new StoreError(
      "migration-failed",
      `The job queue's tables could not be brought up to date: ${messageOf(cause)}`,
      {
        cause,
      },
    );
  }
}

async function applyPending(
  client: Client,
  migrations: readonly Migration[],
  log: EventLog,
): Promise<readonly string[]> {
  const applied: string[] = [];
  for (;;) {
    const [next] = pendingOf(migrations, await readApplied(client));
    if (next === undefined) return applied;
    const started = performance.now();
    if (!(await apply(client, next))) continue;
    applied.push(next.name);
    log.info({ name: next.name, milliseconds: Math.round(performance.now() - started) }, "migration.applied");
  }
}

/**
 * @returns false when another process has applied it meanwhile: the row goes in first, so that two that work without
 *   the lock (behind a pooler that does not keep sessions) clash here, before either has touched the schema
 */
async function apply(client: Client, migration: Migration): Promise<boolean> {
  const { number, name, sql, checksum } = migration;
  await client.query("begin");
  try {
    const isOurs = await insertRow(client, [number, name, checksum]);
    if (isOurs) {
      const transaction = await transactionId(client);
      await runFile(client, name, sql);
      if ((await transactionId(client)) !== transaction) {
        throw new StoreError(
          "migration-invalid",
          `Migration ${name} ends its transaction itself. Remove COMMIT and ROLLBACK from it, and mend this database: the part before them was applied.`,
        );
      }
      await client.query("commit");
      return true;
    }
    await client.query("rollback");
    return false;
  } catch (error) {
    // When the connection is gone there is nothing left to roll back, and the first error is the one that tells.
    await client.query("rollback").catch(() => undefined);
    throw error;
  }
}

async function insertRow(client: Client, row: readonly [number, string, string]): Promise<boolean> {
  const inserted = await client.query(
    "insert into store_migration (number, name, checksum) values ($1, $2, $3) on conflict (number) do nothing",
    [...row],
  );
  return inserted.rowCount === 1;
}

async function transactionId(client: Client): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string }>("select pg_current_xact_id()::text as id");
  return rows[0]?.id;
}

async function runFile(client: Client, name: string, sql: string): Promise<void> {
  try {
    await client.query(sql);
  } catch (cause) {
    throw new StoreError(
      "migration-failed",
      `Migration ${name} was refused${lineOf(cause, sql)}: ${messageOf(cause)}. Nothing of this file was applied.`,
      { cause },
    );
  }
}

function lineOf(error: unknown, sql: string): string {
  if (!(error instanceof DatabaseError) || error.position === undefined) return "";
  return ` at line ${sql.slice(0, Number(error.position)).split("\n").length}`;
}

function messageOf(error: unknown): string {
  if (error instanceof DatabaseError) return `${error.message} (SQLSTATE ${error.code ?? "unknown"})`;
  return error instanceof Error ? error.message : String(error);
}
