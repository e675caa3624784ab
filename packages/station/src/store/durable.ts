import type { Database } from "./database.ts";
import { StoreError } from "./error.ts";

/** The lowest version whose SQL we use and test; as `server_version_num`. */
const lowestVersion = 150_000;

/** Settings that must not be off, and what a crash does when they are. */
const durableSettings: ReadonlyMap<string, string> = new Map([
  ["fsync", "a power failure can destroy the whole database"],
  ["full_page_writes", "a power failure can leave half-written pages that no log repairs"],
  ["synchronous_commit", "a crash forgets the last transactions after they were acknowledged"],
]);

export interface DurabilityOptions {
  /** For the test server only: its data is thrown away anyway. */
  readonly dataIsThrowAway?: boolean;
}

/** What `assertDurable` reads of a server. */
export interface ServerFacts {
  readonly versionNumber: number;
  readonly version: string;
  readonly encoding: string;
  readonly settings: ReadonlyMap<string, string>;
}

/**
 * Refuses a server that may forget what it has acknowledged (DESIGN, law 1), or that does not fit.
 *
 * @throws StoreError `not-durable` or `server-unsuitable`, naming everything that is wrong and how to change it
 */
export async function assertDurable<Schema>(
  db: Database<Schema>,
  options: DurabilityOptions = {},
): Promise<void> {
  const facts = await readFacts(db);
  const unsuitable = [...versionProblems(facts), ...encodingProblems(facts)];
  if (unsuitable.length > 0) throw new StoreError("server-unsuitable", unsuitable.join(" "));
  if (options.dataIsThrowAway === true) return;
  const lossy = durabilityProblems(facts);
  if (lossy.length > 0) throw new StoreError("not-durable", lossy.join(" "));
}

/** Sentences about settings that may lose what was acknowledged. */
export function durabilityProblems(facts: ServerFacts): readonly string[] {
  return [...durableSettings]
    .filter(([name]) => facts.settings.get(name) === "off")
    .map(
      ([name, harm]) =>
        `The database server has ${name} = off: ${harm}. Set ${name} = on (postgresql.conf, the role or the database), reload, and start again.`,
    );
}

/** Sentences about the server's version. */
export function versionProblems(facts: ServerFacts): readonly string[] {
  if (facts.versionNumber >= lowestVersion) return [];
  return [
    `The database server is PostgreSQL ${facts.version}; Fairlead needs ${lowestVersion / 10_000} or newer. Upgrade it, or name another in DATABASE_URL.`,
  ];
}

/** Sentences about the database's encoding: reports come in every language. */
export function encodingProblems(facts: ServerFacts): readonly string[] {
  if (facts.encoding === "UTF8") return [];
  return [
    `The database's encoding is ${facts.encoding}; Fairlead needs UTF8. Make another: create database fairlead encoding 'UTF8' template template0.`,
  ];
}

async function readFacts<Schema>(db: Database<Schema>): Promise<ServerFacts> {
  const names = [...durableSettings.keys(), "server_version_num", "server_version", "server_encoding"];
  const { rows } = await db.pool.query<{ name: string; setting: string }>(
    "select name, setting from pg_settings where name = any($1)",
    [names],
  );
  const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
  return {
    versionNumber: Number(settings.get("server_version_num")),
    version: settings.get("server_version") ?? "",
    encoding: settings.get("server_encoding") ?? "",
    settings,
  };
}
