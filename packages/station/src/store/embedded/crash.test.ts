import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { isConnectionLost, retryWhileDown } from "../connection-lost.ts";
import { openDatabase } from "../database.ts";
import { type EventFields, silentLog } from "../log.ts";
import { startEmbedded } from "./index.ts";
import { kill, lastFirst, launch, onSession, started, untilGone, usedDataFolder } from "./launch.testing.ts";
import { clusterProcesses, clusterTag } from "./processes.ts";

/** A session whose statement computes for a long time and does not look whether its server is still there. */
async function busySession(url: string): Promise<{ pid: number; ended: Promise<unknown> }> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  const ended = client
    .query("select count(*) from (select generate_series(1, 100000000000)) as n")
    .catch((error: unknown) => error);
  return { pid: rows[0]?.pid ?? 0, ended };
}

const hour = 3_600_000;

test("kill -9 of the launcher leaves no process, whatever the sessions are doing", async (t) => {
  const hook = lastFirst(t);
  const dataDir = await usedDataFolder(hook);
  const launcher = launch(hook, { dataDir });
  const { url } = await started(launcher);
  const busy = await busySession(url);
  const idle = new Client({ connectionString: url });
  idle.on("error", () => undefined);
  await idle.connect();
  await idle.query("begin");
  assert.ok(clusterProcesses(clusterTag(dataDir)).length > 4);
  await kill(launcher.process);
  await untilGone(dataDir);
  assert.ok(isConnectionLost(await busy.ended));
});

test("after kill -9 of the launcher the next one waits for the last process and has every acknowledged row", async (t) => {
  const hook = lastFirst(t);
  const dataDir = await usedDataFolder(hook);
  const first = launch(hook, { dataDir });
  const { url } = await started(first);
  await onSession(url, (client) =>
    client.query("create table shape (id integer); insert into shape values (1), (2)"),
  );
  await busySession(url);
  await kill(first.process);
  const second = await started(launch(hook, { dataDir }));
  await onSession(second.url, async (client) => {
    assert.deepEqual((await client.query("select count(*)::int as rows from shape")).rows, [{ rows: 2 }]);
  });
});

test("a killed launcher that nobody has buried yet does not keep the data directory", async (t) => {
  const hook = lastFirst(t);
  const dataDir = await usedDataFolder(hook);
  // The parent of the launcher never asks how its child has ended, so a killed launcher stays in the list of processes.
  const first = launch(hook, { dataDir }, ["sh", "-c", '"$@" & exec sleep 600', "sh"]);
  const { pid, launcher } = await started(first);
  process.kill(pid, "SIGSTOP");
  process.kill(launcher, "SIGKILL");
  const second = launch(hook, { dataDir });
  await second.event("postgres.waiting-for-predecessor");
  assert.match(readFileSync(`/proc/${launcher}/status`, "utf8"), /^State:\s+Z/m);
  process.kill(pid, "SIGCONT");
  await started(second);
});

test("a launcher that dies before its program asked to be told leaves nothing either", async (t) => {
  const hook = lastFirst(t);
  const dataDir = await usedDataFolder(hook);
  for (const delayMs of [150, 200, 250, 300, 350]) {
    const launcher = launch(hook, { dataDir });
    await sleep(delayMs);
    await kill(launcher.process);
  }
  await untilGone(dataDir);
  await started(launch(hook, { dataDir }));
});

test("kill -9 of launcher and postmaster together: the next start clears what is left and recovers", async (t) => {
  const hook = lastFirst(t);
  const dataDir = await usedDataFolder(hook);
  const first = launch(hook, { dataDir });
  const { url, pid } = await started(first);
  await onSession(url, (client) =>
    client.query("create table shape (id integer); insert into shape values (1)"),
  );
  const busy = await busySession(url);
  process.kill(pid, "SIGSTOP");
  first.process.kill("SIGKILL");
  process.kill(pid, "SIGKILL");
  // This one computes on without a server, holding shared memory.
  assert.ok(clusterProcesses(clusterTag(dataDir)).includes(busy.pid));
  process.kill(busy.pid, "SIGSTOP");
  const second = launch(hook, { dataDir });
  await second.event("postgres.waiting-for-predecessor");
  process.kill(busy.pid, "SIGCONT");
  process.kill(busy.pid, "SIGQUIT");
  const { url: secondUrl } = await started(second);
  await onSession(secondUrl, async (client) => {
    assert.deepEqual((await client.query("select id from shape")).rows, [{ id: 1 }]);
  });
});

test("kill -9 of the postmaster, again and again under load: it comes back, and every acknowledged row is there", async (t) => {
  const hook = lastFirst(t);
  const dataDir = await usedDataFolder(hook);
  const events: string[] = [];
  const note = (_fields: EventFields, event: string): void => void events.push(event);
  await using server = await startEmbedded({
    dataDir,
    log: { debug: () => undefined, info: note, warn: note, error: note },
  });
  await using db = openDatabase({
    url: server.url,
    applicationName: "fairlead",
    poolSize: 6,
    log: silentLog,
  });
  await db.pool.query("create table shape (id integer primary key)");
  const acknowledged: number[] = [];
  const state = { next: 0, stop: false };
  const writer = async (): Promise<void> => {
    while (!state.stop) {
      const id = (state.next += 1);
      await retryWhileDown(
        () => db.pool.query("insert into shape values ($1) on conflict do nothing", [id]),
        { forMs: hour },
      );
      acknowledged.push(id);
    }
  };
  const writers = Array.from({ length: 4 }, writer);
  for (let round = 1; round <= 4; round += 1) {
    const before = acknowledged.length;
    while (acknowledged.length < before + 20) await sleep(5);
    const { pid } = server;
    assert.ok(pid !== null);
    // In odd rounds the whole family dies, in even ones the children have to notice; one of them is deep in thought.
    const busy = await busySession(server.url);
    const victims = round % 2 === 1 ? clusterProcesses(clusterTag(dataDir)) : [pid];
    for (const victim of victims) process.kill(victim, "SIGKILL");
    await busy.ended;
    await retryWhileDown(() => db.pool.query("select 1"), { forMs: hour });
    assert.equal(events.filter((event) => event === "postgres.restarted").length, round);
  }
  state.stop = true;
  await Promise.all(writers);
  const { rows } = await db.pool.query<{ id: number }>("select id from shape");
  const stored = new Set(rows.map(({ id }) => id));
  assert.deepEqual(
    acknowledged.filter((id) => !stored.has(id)),
    [],
  );
  assert.equal(events.filter((event) => event === "postgres.died").length, 4);
});

test("a server that cannot start again is tried again until it can, and can be stopped meanwhile", async (t) => {
  const hook = lastFirst(t);
  const dataDir = await usedDataFolder(hook);
  const failures = { count: 0 };
  const enough = Promise.withResolvers<void>();
  const error = (_fields: EventFields, event: string): void => {
    if (event === "postgres.restart-failed") failures.count += 1;
    if (failures.count === 2) enough.resolve();
  };
  await using server = await startEmbedded({ dataDir, log: { ...silentLog, error } });
  const control = join(dataDir, "cluster", "global", "pg_control");
  const hidden = `${control}.hidden`;
  execFileSync("mv", [control, hidden]);
  process.kill(server.pid ?? 0, "SIGKILL");
  await enough.promise;
  assert.equal(server.pid, null);
  execFileSync("mv", [hidden, control]);
  await retryWhileDown(() => onSession(server.url, (client) => client.query("select 1")), { forMs: hour });
  execFileSync("mv", [control, hidden]);
  process.kill(server.pid ?? 0, "SIGKILL");
  await server.stop();
  execFileSync("mv", [hidden, control]);
  assert.deepEqual(clusterProcesses(clusterTag(dataDir)), []);
});

test("Ctrl-C in a terminal does not reach the server", async (t) => {
  const hook = lastFirst(t);
  const dataDir = await usedDataFolder(hook);
  await using server = await startEmbedded({ dataDir });
  const groups = clusterProcesses(clusterTag(dataDir)).map(
    (pid) => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ")[2],
  );
  const ours = readFileSync("/proc/self/stat", "utf8").split(") ")[1]?.split(" ")[2];
  assert.ok(ours !== undefined && groups.length > 0 && !groups.includes(ours));
  await server.stop();
  assert.equal(existsSync(join(dataDir, "cluster", "postmaster.pid")), false);
});

test("a process that does not care for its server any more can end, and the server ends with it", async (t) => {
  const hook = lastFirst(t);
  const dataDir = await usedDataFolder(hook);
  const script = `
    import { startEmbedded } from ${JSON.stringify(new URL("index.ts", import.meta.url).href)};
    (await startEmbedded({ dataDir: process.argv[1] })).unref();`;
  execFileSync(process.execPath, ["--input-type=module", "--eval", script, dataDir], { timeout: 60_000 });
  await untilGone(dataDir);
});
