import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Client } from "pg";
import { silentLog } from "../log.ts";
import { migrate } from "../migrate.ts";
import { readMigrations, schemaChecksum } from "../migration-files.ts";
import { withDatabase } from "./client.ts";

const namePrefix = "fairlead_template_";

/**
 * Makes sure that this server has a migrated database to copy, and drops those of other versions. Only for the holder of
 * the template lock.
 *
 * @returns its name, which holds the checksum of everything it was made from
 */
export async function ensureTemplate(client: Client, serverUrl: string, migrations: string): Promise<string> {
  const name = `${namePrefix}${templateChecksum(migrations)}`;
  const { rows } = await client.query<{ datname: string }>(
    "select datname from pg_database where starts_with(datname, $1)",
    [namePrefix],
  );
  const existing = rows.map(({ datname }) => datname);
  if (existing.includes(name)) return name;
  for (const other of existing) await client.query(`drop database if exists ${other}`);
  // Made under another name first: one that was interrupted is never taken for a finished one.
  const unfinished = `${name}_new`;
  await client.query(`create database ${unfinished} template template0 encoding 'UTF8'`);
  await migrate({ url: withDatabase(serverUrl, unfinished), directory: migrations, log: silentLog });
  // Nobody may connect, not even autovacuum: a database that is in use cannot be copied.
  await client.query(`alter database ${unfinished} with allow_connections false`);
  await client.query(`alter database ${unfinished} rename to ${name}`);
  return name;
}

function templateChecksum(migrations: string): string {
  const workerPackage = new URL("../package.json", import.meta.resolve("graphile-worker"));
  return createHash("sha256")
    .update(schemaChecksum(readMigrations(migrations)))
    .update(readFileSync(workerPackage))
    .digest("hex")
    .slice(0, 16);
}
