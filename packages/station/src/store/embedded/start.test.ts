import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { openDatabase } from "../database.ts";
import { assertDurable } from "../durable.ts";
import { silentLog } from "../log.ts";
import { findBinaries, linkLibraries } from "./binaries.ts";
import { chooseIdentity } from "./choose-identity.ts";
import { startEmbedded } from "./index.ts";
import {
  dataFolder,
  lastFirst,
  launch,
  onSession,
  started,
  untilGone,
  usedDataFolder,
} from "./launch.testing.ts";
import { clusterProcesses, clusterTag } from "./processes.ts";
import { runConfined } from "./run.ts";

async function settingsOf(url: string, names: readonly string[]): Promise<Record<string, string>> {
  return await onSession(url, async (client) => {
    const { rows } = await client.query<{ name: string; setting: string }>(
      "select name, setting from pg_settings where name = any($1)",
      [names],
    );
    return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  });
}

test("a new data directory gets a durable server that only a Unix socket reaches", async (t) => {
  const dataDir = dataFolder(lastFirst(t));
  await using server = await startEmbedded({ dataDir });
  await using db = openDatabase({
    url: server.url,
    applicationName: "fairlead",
    poolSize: 1,
    log: silentLog,
  });
  await assertDurable(db);
  const names = [
    "listen_addresses",
    "data_checksums",
    "fsync",
    "full_page_writes",
    "synchronous_commit",
    "server_encoding",
    "TimeZone",
  ];
  assert.deepEqual(await settingsOf(server.url, names), {
    listen_addresses: "",
    data_checksums: "on",
    fsync: "on",
    full_page_writes: "on",
    synchronous_commit: "on",
    server_encoding: "UTF8",
    TimeZone: "UTC",
  });
});

test("the stations' role owns its database and is no superuser", async (t) => {
  await using server = await startEmbedded({ dataDir: await usedDataFolder(lastFirst(t)) });
  await onSession(server.url, async (client) => {
    const { rows } = await client.query(
      "select current_user as role, current_database() as database, current_setting('is_superuser') as super",
    );
    assert.deepEqual(rows, [{ role: "fairlead", database: "fairlead", super: "off" }]);
    await client.query("create extension pg_trgm; create table shape (id integer)");
    await assert.rejects(client.query("copy shape from program 'echo 1'"), { code: "42501" });
    await assert.rejects(client.query("select pg_read_file('/etc/hostname')"), { code: "42501" });
  });
});

test("data is there after a stop and a start, and a stopped server leaves no process and no socket", async (t) => {
  const dataDir = await usedDataFolder(lastFirst(t));
  const first = await startEmbedded({ dataDir });
  await onSession(first.url, (client) =>
    client.query("create table shape (id integer); insert into shape values (7)"),
  );
  await Promise.all([first.stop(), first.stop()]);
  assert.deepEqual(clusterProcesses(clusterTag(dataDir)), []);
  assert.equal(existsSync(join(dataDir, "socket")), false);
  assert.equal(first.pid, null);
  await using second = await startEmbedded({ dataDir });
  await onSession(second.url, async (client) => {
    assert.deepEqual((await client.query("select id from shape")).rows, [{ id: 7 }]);
  });
});

test("a database of its own for each station, made once", async (t) => {
  await using server = await startEmbedded({ dataDir: await usedDataFolder(lastFirst(t)) });
  const urls = await Promise.all(["north", "north", "south"].map((name) => server.ensureDatabase(name)));
  assert.equal(urls[0], server.databaseUrl("north"));
  await onSession(server.databaseUrl("south"), async (client) => {
    assert.deepEqual((await client.query("select current_database() as name")).rows, [{ name: "south" }]);
  });
  for (const name of ["", "North", "a b", 'a"; drop database north; --', "x".repeat(64)]) {
    await assert.rejects(server.ensureDatabase(name), { reason: "invalid-setting" });
    assert.throws(() => server.databaseUrl(name), { reason: "invalid-setting" });
  }
});

test("settings can be chosen, but not those that the launcher lives by", async (t) => {
  const dataDir = dataFolder(lastFirst(t));
  for (const settings of [
    { listen_addresses: "*" },
    { Unix_Socket_Directories: "/tmp" },
    { "fsync=off -c port": "1" },
  ]) {
    await assert.rejects(startEmbedded({ dataDir, settings }), { reason: "invalid-setting" });
  }
  await using server = await startEmbedded({ dataDir, settings: { work_mem: "3MB" } });
  assert.deepEqual(await settingsOf(server.url, ["work_mem"]), { work_mem: "3072" });
});

test("a data directory whose path is too long for a socket gets a short folder of mode 700", async (t) => {
  const dataDir = join(dataFolder(lastFirst(t)), "long".repeat(30), "data");
  const server = await startEmbedded({ dataDir });
  const folder = new URL(server.url).searchParams.get("host") ?? "";
  assert.equal(folder, join(tmpdir(), clusterTag(dataDir)));
  await onSession(server.url, (client) => client.query("select 1"));
  await server.stop();
  assert.equal(existsSync(folder), false);
});

test("a second launcher gets a clear error at once, in this process and in another", async (t) => {
  const hook = lastFirst(t);
  const dataDir = await usedDataFolder(hook);
  await using server = await startEmbedded({ dataDir });
  const refusal = { reason: "postgres-in-use", message: new RegExp(`in use by process ${process.pid}\\b`) };
  await assert.rejects(startEmbedded({ dataDir }), refusal);
  const outcome = await launch(hook, { dataDir }).outcome;
  assert.equal(outcome.event === "failed" && outcome.reason, "postgres-in-use");
  await onSession(server.url, (client) => client.query("select 1"));
});

test("of two that start at the same moment one gets the data directory", async (t) => {
  const hook = lastFirst(t);
  const dataDir = dataFolder(hook);
  const launchers = [launch(hook, { dataDir }), launch(hook, { dataDir })];
  const outcomes = await Promise.all(launchers.map(({ outcome }) => outcome));
  assert.deepEqual(outcomes.map(({ event }) => event).sort(), ["failed", "started"]);
  assert.equal(outcomes.find((outcome) => outcome.event === "failed")?.reason, "postgres-in-use");
});

test("data of another major version is refused before anything is started", async (t) => {
  const dataDir = dataFolder(lastFirst(t));
  mkdirSync(join(dataDir, "cluster"));
  writeFileSync(join(dataDir, "cluster", "PG_VERSION"), "14\n");
  await assert.rejects(startEmbedded({ dataDir }), {
    reason: "postgres-version",
    message: /made by PostgreSQL 14/,
  });
});

test("a pid file with the pid of some other program is stale", async (t) => {
  const hook = lastFirst(t);
  const dataDir = await usedDataFolder(hook);
  const first = await startEmbedded({ dataDir });
  const pidFile = join(dataDir, "cluster", "postmaster.pid");
  const content = readFileSync(pidFile, "utf8");
  await first.stop();
  // As after a reboot: the pid of the server that was is now another program's.
  const other = spawn("sleep", ["600"]);
  hook.after(async () => void other.kill());
  writeFileSync(pidFile, content.replace(/^\d+/, String(other.pid)));
  await using second = await startEmbedded({ dataDir });
  await onSession(second.url, (client) => client.query("select 1"));
});

test("a server that somebody else runs on the data is left alone", async (t) => {
  const hook = lastFirst(t);
  const dataDir = await usedDataFolder(hook);
  await (await startEmbedded({ dataDir })).stop();
  const binaries = findBinaries(process.env["FAIRLEAD_POSTGRES_BIN"]);
  const libraryPath = linkLibraries(binaries, join(dataDir, "libraries"));
  const confinement = await chooseIdentity(dataDir, binaries, libraryPath, {
    uid: process.getuid?.() ?? 0,
    gid: 0,
  });
  const cluster = join(dataDir, "cluster");
  const theirs = runConfined(
    confinement,
    binaries.postgres,
    ["-D", cluster, "-c", "listen_addresses=", "-c", `unix_socket_directories=${dataDir}`],
    "ignore",
    silentLog,
  );
  hook.after(async () => {
    theirs.process.kill("SIGINT");
    await theirs.ended;
  });
  while (!existsSync(join(cluster, "postmaster.pid")))
    await new Promise((resolve) => setTimeout(resolve, 20));
  await assert.rejects(startEmbedded({ dataDir }), {
    reason: "postgres-in-use",
    message: /which Fairlead did not start/,
  });
});

test("a launcher that is killed at any moment of making a database leaves one that can be made", async (t) => {
  const hook = lastFirst(t);
  const dataDir = dataFolder(hook);
  for (const delayMs of [30, 150, 300, 500]) {
    const launcher = launch(hook, { dataDir });
    await launcher.event("postgres.message");
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    launcher.process.kill("SIGKILL");
  }
  await started(launch(hook, { dataDir }));
  assert.deepEqual(
    readdirSync(dataDir).filter((name) => name.startsWith("cluster")),
    ["cluster"],
  );
});

test("what a failed initdb said is in the error, and nothing is left of it", async (t) => {
  const dataDir = dataFolder(lastFirst(t));
  const binaries = dataFolder(lastFirst(t));
  const script =
    '#!/bin/sh\ncase "$1" in --version) echo "x (PostgreSQL) 18.4" ;; *) echo "the disk is full" >&2; exit 1 ;; esac\n';
  for (const name of ["initdb", "postgres"]) writeFileSync(join(binaries, name), script, { mode: 0o755 });
  await assert.rejects(startEmbedded({ dataDir, binaries }), {
    reason: "postgres-failed",
    message: /the disk is full/,
  });
  assert.deepEqual(
    readdirSync(dataDir).filter((name) => name.startsWith("cluster")),
    [],
  );
});

test("a setting that the server refuses fails the start with the server's words and leaves no process", async (t) => {
  const dataDir = await usedDataFolder(lastFirst(t));
  await assert.rejects(startEmbedded({ dataDir, settings: { no_such_setting: "1" } }), {
    reason: "postgres-failed",
    message: /no_such_setting/,
  });
  assert.deepEqual(clusterProcesses(clusterTag(dataDir)), []);
});

test("a folder without PostgreSQL's programs is named", async (t) => {
  const dataDir = dataFolder(lastFirst(t));
  await assert.rejects(startEmbedded({ dataDir, binaries: "/nonexistent" }), {
    reason: "postgres-missing",
    message: /\/nonexistent\/initdb/,
  });
});

test("the log holds the server's own messages and never a statement's words", async (t) => {
  const hook = lastFirst(t);
  const dataDir = await usedDataFolder(hook);
  const launcher = launch(hook, { dataDir });
  const { url } = await started(launcher);
  const lines: string[] = [];
  launcher.process.stdout?.on("data", (chunk: Buffer) => lines.push(chunk.toString()));
  await onSession(url, async (client) => {
    await client.query("create table shape (name text unique); insert into shape values ('orchid')");
    await assert.rejects(client.query("insert into shape values ('orchid')"));
    await assert.rejects(client.query("select 'orchid'::integer"));
    await client.query("do $$ begin raise warning 'orchid'; end $$");
    await assert.rejects(client.query("select pg_terminate_backend(pg_backend_pid()), 'orchid'"));
  });
  launcher.process.stdin?.end();
  await untilGone(dataDir);
  assert.match(lines.join(""), /terminating connection/);
  assert.doesNotMatch(lines.join(""), /orchid/);
});
