import { randomBytes } from "node:crypto";
import { type Client, DatabaseError } from "pg";
import { isConnectionLost } from "../connection-lost.ts";
import { type Database, openDatabase } from "../database.ts";
import { silentLog } from "../log.ts";
import { ownMigrations } from "../migration-files.ts";
import { withClient, withDatabase } from "./client.ts";
import { testServerUrl } from "./server.ts";
import { ensureTemplate } from "./template.ts";

/** One fresh database. Dropped when disposed. */
export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  readonly db: Database;
}

export interface TestDatabaseOptions {
  /** A folder of migrations; the station's own unless given. */
  readonly migrations?: string;
}

/** Where node:test lets a test say what to do after it: a `TestContext`, or `{ after }` of `node:test` for a whole file. */
export interface AfterHook {
  after(cleanUp: () => Promise<void>): void;
}

/**
 * A fresh database with the station's tables, copied from a template that is migrated once. Ask once a file, or once a
 * test where tests would disturb each other: a copy takes a tenth of a second.
 *
 * It is on the server of `DATABASE_URL` if that is set (its role must be allowed to create databases), otherwise on the
 * run's own embedded one, which keeps nothing on disk: it is not durable (see `assertDurable`).
 *
 * @param hook drops the database after the test; without it the caller disposes
 */
export async function testDatabase(
  hook?: AfterHook,
  options: TestDatabaseOptions = {},
): Promise<TestDatabase> {
  return await create(hook, options.migrations ?? ownMigrations);
}

/** A fresh database without any table, for tests of migrations. */
export async function emptyTestDatabase(hook?: AfterHook): Promise<TestDatabase> {
  return await create(hook, null);
}

/** Any number does, if all runs agree: who holds it makes templates and copies on this server. */
const templateLock = 7_311_968;

const namePrefix = "fairlead_test_";
const abandonedSeconds = 86_400;

async function create(hook: AfterHook | undefined, migrations: string | null): Promise<TestDatabase> {
  const serverUrl = await testServerUrl();
  const now = Math.floor(Date.now() / 1000);
  const name = `${namePrefix}${now}_${randomBytes(6).toString("hex")}`;
  await withClient(serverUrl, async (client) => {
    // One at a time: a template may be neither half made when it is copied nor in use when it is replaced.
    await client.query("select pg_advisory_lock($1)", [templateLock]);
    await dropAbandoned(client, now - abandonedSeconds);
    const template = migrations === null ? "template0" : await ensureTemplate(client, serverUrl, migrations);
    await client.query(`create database ${name} template ${template} encoding 'UTF8'`);
  });
  const url = withDatabase(serverUrl, name);
  const db = openDatabase({ url, applicationName: "fairlead test", poolSize: 8, log: silentLog });
  const dispose = async (): Promise<void> => {
    await db[Symbol.asyncDispose]();
    await dropDatabase(serverUrl, name);
  };
  hook?.after(dispose);
  return { url, db, [Symbol.asyncDispose]: dispose };
}

async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  const drop = (how: string) =>
    withClient(serverUrl, (client) => client.query(`drop database if exists ${name} ${how}`));
  try {
    await drop("with (force)").catch(async (error: unknown) => {
      // A role that is no superuser may not force an autovacuum worker out. Without force, PostgreSQL sends it away itself.
      if (!isInsufficientPrivilege(error)) throw error;
      await drop("");
    });
  } catch (error) {
    // A server that is gone has taken its databases with it, or a later run drops them.
    if (!isConnectionLost(error)) throw error;
  }
}

function isInsufficientPrivilege(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === "42501";
}

/** Tests that were killed could not drop theirs. */
async function dropAbandoned(client: Client, before: number): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    "select datname from pg_database where starts_with(datname, $1)",
    [namePrefix],
  );
  const old = rows.filter(({ datname }) => Number(datname.slice(namePrefix.length).split("_")[0]) < before);
  for (const { datname } of old) await client.query(`drop database if exists ${datname}`);
}
