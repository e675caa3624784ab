import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StationConfig } from "./config.ts";
import {
  type Database,
  type EventLog,
  isConnectionLost,
  migrate,
  openDatabase,
  silentLog,
  startEmbedded,
} from "./store/index.ts";

/** Where below dataDir the embedded PostgreSQL keeps its files. */
export const EMBEDDED_FOLDER = "postgres";
const ADDRESS_FILE = "database-url";

/** Leaves the address of a running embedded database for the command line. Its socket is open to this user only. */
export async function noteDatabaseUrl(config: StationConfig, url: string): Promise<void> {
  await writeFile(join(config.dataDir, ADDRESS_FILE), `${url}\n`, { mode: 0o600 });
}

/** A station's database, and what must be closed with it. */
export interface OpenedDatabase extends AsyncDisposable {
  db: Database;
  url: string;
}

/**
 * Opens a station's database for a command that runs beside or without the station: the configured one, the running station's
 * embedded one, or the embedded one started for as long as the command takes.
 */
export async function openDatabaseOf(
  config: StationConfig,
  log: EventLog = silentLog,
): Promise<OpenedDatabase> {
  await using stack = new AsyncDisposableStack();
  const url =
    config.databaseUrl ??
    (await runningUrl(config)) ??
    stack.use(await startEmbedded({ dataDir: join(config.dataDir, EMBEDDED_FOLDER), log })).url;
  const db = stack.use(
    openDatabase({ url, applicationName: `fairlead command ${config.station.id}`, poolSize: 4, log }),
  );
  await migrate({ url, log });
  const resources = stack.move();
  return { db, url, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

async function runningUrl(config: StationConfig): Promise<string | undefined> {
  const url = (await readFile(join(config.dataDir, ADDRESS_FILE), "utf8").catch(() => "")).trim();
  if (url === "") return undefined;
  const db = openDatabase({ url, applicationName: "fairlead command", poolSize: 1, log: silentLog });
  try {
    await db.pool.query("select 1");
    return url;
  } catch (error) {
    if (isConnectionLost(error)) return undefined;
    throw error;
  } finally {
    await db[Symbol.asyncDispose]();
  }
}
