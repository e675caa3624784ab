import { StoreError } from "../error.ts";

export type ServerSettings = Readonly<Record<string, string>>;

/** What a running server owes to its launcher; nobody else may set these. */
const launchersOwn = new Set([
  "listen_addresses",
  "unix_socket_directories",
  "unix_socket_permissions",
  "port",
  "cluster_name",
  "hba_file",
  "ident_file",
  "data_directory",
]);

/**
 * The server's settings. They go on the command line, which wins over every file and over ALTER SYSTEM, so that a
 * cluster made years ago starts with what this version means. All exist in PostgreSQL 15 and later.
 */
const defaults: ServerSettings = {
  // Durability: an acknowledgement is a promise.
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  // Four stations with a pool of 20 and a job queue of 8 connections each fit.
  max_connections: "120",
  // A small machine shared with Node: 128 MiB of cache, and sorts that do not swap it out.
  shared_buffers: "128MB",
  work_mem: "8MB",
  maintenance_work_mem: "64MB",
  effective_cache_size: "1GB",
  // Local disks are solid state; the default of 4 is for spinning ones.
  random_page_cost: "1.1",
  // No logical replication here: one process less.
  max_logical_replication_workers: "0",
  // Short queries: compiling them costs more than it saves.
  jit: "off",
  // Times are instants; a zone is data of a report, never of the server.
  timezone: "UTC",
  log_timezone: "UTC",
  datestyle: "ISO, YMD",
  // Words for the log events of the launcher. A statement's text, its parameters and the detail of its error can
  // hold what a report says, so none of these is ever written: only the server's own messages are.
  lc_messages: "C",
  log_destination: "stderr",
  logging_collector: "off",
  log_line_prefix: "",
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_statement: "none",
  log_min_duration_statement: "-1",
  log_checkpoints: "off",
};

/**
 * The command-line words for the server's settings, `overrides` winning over the defaults.
 *
 * @throws StoreError `invalid-setting` for a setting that the launcher itself needs
 */
export function settingArguments(overrides: ServerSettings, own: ServerSettings): readonly string[] {
  for (const name of Object.keys(overrides)) {
    if (launchersOwn.has(name.toLowerCase()) || !/^[a-z][a-z0-9_.]*$/i.test(name)) {
      throw new StoreError(
        "invalid-setting",
        `The setting ${name} cannot be given to the embedded PostgreSQL: the launcher sets it. Use a PostgreSQL of your own with DATABASE_URL to choose it.`,
      );
    }
  }
  return Object.entries({ ...defaults, ...overrides, ...own }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
}
