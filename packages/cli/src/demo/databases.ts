import { openDatabase, startEmbedded } from "@fairlead/station";
import { STATIONS, type StationKey } from "./layout.ts";

/** A database for each station: on one embedded PostgreSQL, or on the server of DATABASE_URL. */
export interface Databases extends AsyncDisposable {
  urls: Record<StationKey, string>;
  /** Process id of the embedded server, for whoever wants to kill it. */
  pid(): number | undefined;
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

export async function openDatabases(dataDir: string, say: (line: string) => void): Promise<Databases> {
  const given = process.env["DATABASE_URL"];
  if (given !== undefined) return await onServer(given, say);
  const log = { ...quiet, warn: (_: object, event: string) => say(`[postgres] ${event}`) };
  const server = await startEmbedded({ dataDir, log });
  const urls = {} as Record<StationKey, string>;
  for (const { key } of STATIONS) urls[key] = await server.ensureDatabase(`fairlead_${key}`);
  return { urls, pid: () => server.pid ?? undefined, [Symbol.asyncDispose]: () => server.stop() };
}

async function onServer(url: string, say: (line: string) => void): Promise<Databases> {
  await using db = openDatabase({ url, applicationName: "fairlead demo", poolSize: 1, log: quiet });
  const urls = {} as Record<StationKey, string>;
  for (const { key } of STATIONS) {
    const name = `fairlead_demo_${key}`;
    const { rowCount } = await db.pool.query("select 1 from pg_database where datname = $1", [name]);
    if (rowCount === 0) {
      say(`making the database ${name} on the server of DATABASE_URL`);
      await db.pool.query(`create database ${name} encoding 'UTF8' template template0`);
    }
    urls[key] = withDatabase(url, name);
  }
  return { urls, pid: () => undefined, async [Symbol.asyncDispose]() {} };
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}
