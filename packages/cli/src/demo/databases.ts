import { createHash } from "node:crypto";
import { join } from "node:path";
import { openDatabase, silentLog, startEmbedded } from "@fairlead/station";
import { STATIONS, type StationKey } from "./layout.ts";

/** A database for each station: on one embedded PostgreSQL, or on the server of DATABASE_URL. */
export interface Databases extends AsyncDisposable {
  urls: Record<StationKey, string>;
  /** Process id of the embedded server, for whoever wants to kill it. */
  pid(): number | undefined;
}

/**
 * @param root the folder of the stations: on a shared server each folder has databases of its own, since what a station's vault, log
 *   and keys are to its database they are to no other
 * @param temporary whether the folder goes at the end; its databases then go with it
 */
export async function openDatabases(
  root: string,
  temporary: boolean,
  say: (line: string) => void,
): Promise<Databases> {
  const given = process.env["DATABASE_URL"];
  if (given !== undefined) return await onServer(given, root, temporary, say);
  const log = { ...silentLog, warn: (_: object, event: string) => say(`[postgres] ${event}`) };
  const server = await startEmbedded({ dataDir: join(root, "postgres"), log });
  const urls = {} as Record<StationKey, string>;
  for (const { key } of STATIONS) urls[key] = await server.ensureDatabase(`fairlead_${key}`);
  return { urls, pid: () => server.pid ?? undefined, [Symbol.asyncDispose]: () => server.stop() };
}

async function onServer(
  url: string,
  root: string,
  temporary: boolean,
  say: (line: string) => void,
): Promise<Databases> {
  const place = createHash("sha256").update(root).digest("hex").slice(0, 8);
  const names = STATIONS.map(({ key }) => [key, `fairlead_demo_${place}_${key}`] as const);
  const server = () => openDatabase({ url, applicationName: "fairlead demo", poolSize: 1, log: silentLog });
  {
    await using db = server();
    for (const [, name] of names) {
      const { rowCount } = await db.pool.query("select 1 from pg_database where datname = $1", [name]);
      if (rowCount !== 0) continue;
      say(`making the database ${name} on the server of DATABASE_URL`);
      await db.pool.query(`create database ${name} encoding 'UTF8' template template0`);
    }
  }
  return {
    urls: Object.fromEntries(names.map(([key, name]) => [key, withDatabase(url, name)])) as Databases["urls"],
    pid: () => undefined,
    async [Symbol.asyncDispose]() {
      if (!temporary) return;
      await using db = server();
      for (const [, name] of names) await db.pool.query(`drop database if exists ${name}`);
    },
  };
}

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}
