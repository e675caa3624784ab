import { Client, DatabaseError } from "pg";
import { StoreError } from "../error.ts";
import { stationRole, superuser } from "./access.ts";
import { socketPort } from "./socket-directory.ts";

/** The database that a station uses unless it asks for another. */
export const defaultDatabase = "fairlead";

/** duplicate_object, duplicate_database, and unique_violation when two sessions create the same at once. */
const existsAlready = new Set(["42710", "42P04", "23505"]);

/**
 * The connection string of a database behind a Unix socket, as `pg` and libpq read it. The port names the socket;
 * it is spelt out because both would otherwise take it from the environment.
 */
export function connectionString(socketDirectory: string, database: string): string {
  const query = new URLSearchParams({ host: socketDirectory, port: String(socketPort), user: stationRole });
  return `postgresql:///${checkedName(database)}?${query.toString()}`;
}

/** Makes the stations' role and the default database, if they are not there yet. */
export async function prepareDatabases(socketDirectory: string): Promise<void> {
  await asSuperuser(socketDirectory, async (client) => {
    await ignoringExisting(client, `create role ${stationRole} login createdb`);
  });
  await createDatabase(socketDirectory, defaultDatabase);
}

/** Makes the database `name`, owned by the stations' role, if it is not there yet. */
export async function createDatabase(socketDirectory: string, name: string): Promise<void> {
  await asSuperuser(socketDirectory, async (client) => {
    const { rowCount } = await client.query("select 1 from pg_database where datname = $1", [name]);
    if (rowCount === 0)
      await ignoringExisting(client, `create database ${checkedName(name)} owner ${stationRole}`);
  });
}

/** Plain names only: they go into SQL and into URLs unquoted. */
function checkedName(name: string): string {
  if (/^[a-z][a-z0-9_]{0,62}$/.test(name)) return name;
  throw new StoreError(
    "invalid-setting",
    `${JSON.stringify(name)} is not a name for a database: use up to 63 small letters, digits and _, starting with a letter.`,
  );
}

async function asSuperuser(socketDirectory: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({
    host: socketDirectory,
    port: socketPort,
    user: superuser,
    database: "postgres",
    application_name: "fairlead launcher",
  });
  // The server can die at any moment; the query that waits then fails, and nobody else needs to know.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function ignoringExisting(client: Client, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    if (error instanceof DatabaseError && existsAlready.has(error.code ?? "")) return;
    throw error;
  }
}
