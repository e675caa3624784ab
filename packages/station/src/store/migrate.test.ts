import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { promisify } from "node:util";
import { type EventFields, silentLog } from "./log.ts";
import { migrate } from "./migrate.ts";
import { ownMigrations, readMigrations } from "./migration-files.ts";
import { type AfterHook, emptyTestDatabase, testDatabase } from "./testing.ts";
import { withClient } from "./testing/client.ts";

/** A folder of migrations with this content. */
function folderOf(t: AfterHook, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "fairlead-migrations-"));
  t.after(async () => rmSync(folder, { recursive: true, force: true }));
  put(folder, files);
  return folder;
}

function put(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, sql] of Object.entries(files)) writeFileSync(join(folder, name), sql);
}

const twoSteps = {
  "0001-shape.sql": "create table shape (id integer primary key);",
  "0002-colour.sql": "alter table shape add colour text; insert into shape values (1, 'red');",
};

async function tables(url: string): Promise<readonly string[]> {
  return await withClient(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'store_migration' order by 1",
    );
    return rows.map(({ name }) => name);
  });
}

test("an empty database gets every step in order and the queue's tables, and the next start has nothing to do", async (t) => {
  const { url, db } = await emptyTestDatabase(t);
  const directory = folderOf(t, { ...twoSteps, "README.md": "not a migration" });
  assert.deepEqual(await migrate({ url, directory, log: silentLog }), {
    applied: ["0001-shape.sql", "0002-colour.sql"],
  });
  assert.deepEqual((await db.pool.query("select * from shape")).rows, [{ id: 1, colour: "red" }]);
  await db.pool.query("select graphile_worker.add_job('anything')");
  assert.deepEqual(await migrate({ url, directory, log: silentLog }), { applied: [] });
});

test("a step that is added later is applied alone", async (t) => {
  const { url } = await emptyTestDatabase(t);
  const directory = folderOf(t, twoSteps);
  await migrate({ url, directory, log: silentLog });
  put(directory, { "0003-light.sql": "create table light (id integer);" });
  assert.deepEqual(await migrate({ url, directory, log: silentLog }), { applied: ["0003-light.sql"] });
  assert.deepEqual(await tables(url), ["light", "shape"]);
});

test("a step that is refused has no effect, and the message names file, line and reason", async (t) => {
  const { url } = await emptyTestDatabase(t);
  const directory = folderOf(t, {
    ...twoSteps,
    "0003-bad.sql": "create table light (id integer);\n\ninsert into nowhere values (1);\n",
  });
  await assert.rejects(migrate({ url, directory, log: silentLog }), {
    reason: "migration-failed",
    message: /0003-bad\.sql was refused at line 3: .*nowhere.*42P01/,
  });
  assert.deepEqual(await tables(url), ["shape"]);
  put(directory, { "0003-bad.sql": "create table light (id integer);" });
  assert.deepEqual(await migrate({ url, directory, log: silentLog }), { applied: ["0003-bad.sql"] });
});

test("a file that changed after it was applied stops the start and nothing is touched", async (t) => {
  const { url } = await emptyTestDatabase(t);
  const directory = folderOf(t, twoSteps);
  await migrate({ url, directory, log: silentLog });
  put(directory, {
    "0002-colour.sql": "alter table shape add colour integer;",
    "0003-light.sql": "create table light (id integer);",
  });
  await assert.rejects(migrate({ url, directory, log: silentLog }), {
    reason: "migration-changed",
    message: /0002-colour\.sql/,
  });
  assert.deepEqual(await tables(url), ["shape"]);
});

test("another ending of lines is not a change", async (t) => {
  const { url } = await emptyTestDatabase(t);
  const directory = folderOf(t, { "0001-shape.sql": "create table shape (\n  id integer\n);\n" });
  await migrate({ url, directory, log: silentLog });
  put(directory, { "0001-shape.sql": "create table shape (\r\n  id integer\r\n);\r\n" });
  assert.deepEqual(await migrate({ url, directory, log: silentLog }), { applied: [] });
});

test("a database of a newer version stops the start", async (t) => {
  const { url } = await emptyTestDatabase(t);
  const directory = folderOf(t, twoSteps);
  await migrate({ url, directory, log: silentLog });
  rmSync(join(directory, "0002-colour.sql"));
  await assert.rejects(migrate({ url, directory, log: silentLog }), {
    reason: "migration-newer",
    message: /0002-colour\.sql/,
  });
});

test("a file that commits by itself is found out", async (t) => {
  const { url } = await emptyTestDatabase(t);
  const directory = folderOf(t, {
    "0001-shape.sql": "create table shape (id integer); commit; create table light (id integer);",
  });
  await assert.rejects(migrate({ url, directory, log: silentLog }), {
    reason: "migration-invalid",
    message: /0001-shape\.sql/,
  });
});

test("a folder with a gap, a double, a wrong name or no folder at all is refused", async (t) => {
  const gap = folderOf(t, { "0001-a.sql": "", "0003-b.sql": "" });
  const double = folderOf(t, { "0001-a.sql": "", "0001-b.sql": "" });
  const name = folderOf(t, { "1-a.sql": "" });
  for (const directory of [gap, double, name, join(gap, "none")]) {
    assert.throws(() => readMigrations(directory), { reason: "migration-invalid" });
  }
});

test("a role that may not make tables is told what to do", async (t) => {
  const { url } = await emptyTestDatabase(t);
  const readOnly = new URL(url);
  readOnly.searchParams.set("options", "-c default_transaction_read_only=on");
  await assert.rejects(migrate({ url: readOnly.href, directory: folderOf(t, twoSteps), log: silentLog }), {
    reason: "migration-failed",
    message: /store_migration cannot be made: .*owner/,
  });
});

const run = promisify(execFile);

test("two processes that start at once apply each step once", async (t) => {
  const { url, db } = await emptyTestDatabase(t);
  const steps = Object.fromEntries(
    Array.from({ length: 6 }, (_, index) => [
      `000${index + 1}-step.sql`,
      `create table step_${index} (id integer); select pg_sleep(0.02); insert into step_${index} values (1);`,
    ]),
  );
  const directory = folderOf(t, steps);
  const script = `
    import { migrate, silentLog } from ${JSON.stringify(new URL("index.ts", import.meta.url).href)};
    const { applied } = await migrate({ url: process.argv[1], directory: process.argv[2], log: silentLog });
    process.stdout.write(JSON.stringify(applied));`;
  const start = (): Promise<{ stdout: string }> =>
    run(process.execPath, ["--input-type=module", "--eval", script, url, directory]);
  const results = await Promise.all([start(), start()]);
  const applied = results.flatMap(({ stdout }) => JSON.parse(stdout) as string[]);
  assert.deepEqual(applied.sort(), Object.keys(steps));
  const counts = Object.keys(steps).map((_, index) => `select count(*)::int as rows from step_${index}`);
  const { rows } = await db.pool.query<{ rows: number }>(counts.join(" union all "));
  assert.deepEqual(
    rows.map((row) => row.rows),
    [1, 1, 1, 1, 1, 1],
  );
});

test("a second process waits while a first one migrates", async (t) => {
  const { url, db } = await emptyTestDatabase(t);
  const first = await db.pool.connect();
  await first.query("select pg_advisory_lock(7740117402498524962)");
  const waiting = Promise.withResolvers<void>();
  const note = (_fields: EventFields, event: string): void => {
    if (event === "migration.waiting") waiting.resolve();
  };
  const second = migrate({ url, directory: folderOf(t, twoSteps), log: { ...silentLog, info: note } });
  await waiting.promise;
  await db.pool.query(untilSomebodyWaits);
  assert.deepEqual(await tables(url), []);
  await first.query("select pg_advisory_unlock_all()");
  first.release();
  assert.equal((await second).applied.length, 2);
});

/** Comes back when a session of this database waits for a lock. */
const untilSomebodyWaits = `do $$ begin
  while not exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')
  loop perform pg_sleep(0.01); perform pg_stat_clear_snapshot(); end loop;
end $$`;

test("two that work without the lock, as behind a pooler, still apply each step once", async (t) => {
  const { url, db } = await emptyTestDatabase(t);
  const directory = folderOf(t, twoSteps);
  const migrations = readMigrations(directory);
  await migrate({ url, directory: folderOf(t, {}), log: silentLog });
  // Another process, in the middle of the first step.
  const other = await db.pool.connect();
  const [first] = migrations;
  assert.ok(first);
  await other.query("begin");
  await other.query("insert into store_migration (number, name, checksum) values ($1, $2, $3)", [
    1,
    first.name,
    first.checksum,
  ]);
  await other.query(first.sql);
  const ours = migrate({ url, directory, log: silentLog });
  await db.pool.query(untilSomebodyWaits);
  await other.query("commit");
  other.release();
  assert.deepEqual(await ours, { applied: ["0002-colour.sql"] });
});

test("the station's own migrations apply, and its tables are in each test database", async (t) => {
  const { url, db } = await testDatabase(t);
  const { rows } = await db.pool.query<{ name: string }>("select name from store_migration order by number");
  assert.deepEqual(
    rows.map(({ name }) => name),
    readMigrations(ownMigrations).map(({ name }) => name),
  );
  assert.deepEqual(await migrate({ url, log: silentLog }), { applied: [] });
});
