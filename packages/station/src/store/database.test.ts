import assert from "node:assert/strict";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { pino } from "pino";
import { retryWhileDown } from "./connection-lost.ts";
import { Database, openDatabase } from "./database.ts";
import { type EventLog, silentLog } from "./log.ts";
import { type AfterHook, emptyTestDatabase } from "./testing.ts";

interface Account {
  name: string;
  balance: number;
}

/** A database with one table of our own. */
async function withAccounts(
  t: AfterHook,
  log: EventLog = silentLog,
): Promise<Database<{ account: Account }>> {
  const { url, db: plain } = await emptyTestDatabase(t);
  await plain.pool.query("create table account (name text primary key, balance integer not null)");
  await plain.pool.query("insert into account values ('a', 0), ('b', 0)");
  const db = new Database<{ account: Account }>({
    url,
    applicationName: "fairlead database.test",
    poolSize: 4,
    log,
  });
  t.after(() => db[Symbol.asyncDispose]());
  return db;
}

async function balances(db: Database<{ account: Account }>): Promise<readonly number[]> {
  const rows = await db.kysely.selectFrom("account").select("balance").orderBy("name").execute();
  return rows.map(({ balance }) => balance);
}

test("a pino logger is an event log", () => {
  const log: EventLog = pino({ enabled: false });
  log.info({ milliseconds: 1 }, "postgres.ready");
});

test("a transaction is there as a whole or not at all", async (t) => {
  const db = await withAccounts(t);
  const result = await db.transaction(async (tx) => {
    await tx.updateTable("account").set({ balance: 5 }).execute();
    return "kept";
  });
  assert.equal(result, "kept");
  const failed = db.transaction(async (tx) => {
    await tx.updateTable("account").set({ balance: 9 }).execute();
    throw new Error("changed my mind");
  });
  await assert.rejects(failed, /changed my mind/);
  assert.deepEqual(await balances(db), [5, 5]);
});

test("a deadlock is repeated until both are through", async (t) => {
  const db = await withAccounts(t);
  let tries = 0;
  const arrived = { a: Promise.withResolvers<void>(), b: Promise.withResolvers<void>() };
  const raise = (first: "a" | "b", second: "a" | "b"): Promise<void> =>
    db.transaction(async (tx) => {
      tries += 1;
      await tx.updateTable("account").set({ balance: sql`balance + 1` }).where("name", "=", first).execute();
      arrived[first].resolve();
      await arrived[second].promise;
      await tx.updateTable("account").set({ balance: sql`balance + 1` }).where("name", "=", second).execute();
    });
  await Promise.all([raise("a", "b"), raise("b", "a")]);
  assert.equal(tries, 3);
  assert.deepEqual(await balances(db), [2, 2]);
});

test("serializable transactions that conflict are repeated, and none is lost", async (t) => {
  const db = await withAccounts(t);
  const raise = (): Promise<void> =>
    db.transaction(
      async (tx) => {
        const { balance } = await tx
          .selectFrom("account")
          .select("balance")
          .where("name", "=", "a")
          .executeTakeFirstOrThrow();
        await tx
          .updateTable("account")
          .set({ balance: balance + 1 })
          .where("name", "=", "a")
          .execute();
      },
      { isolation: "serializable", attempts: 20 },
    );
  await Promise.all(Array.from({ length: 8 }, raise));
  assert.deepEqual(await balances(db), [8, 0]);
});

test("a conflict is not repeated for ever", async (t) => {
  const db = await withAccounts(t);
  let tries = 0;
  const hopeless = db.transaction(
    async (tx) => {
      tries += 1;
      await sql`do $$ begin raise exception 'no' using errcode = '40001'; end $$`.execute(tx);
    },
    { attempts: 3 },
  );
  await assert.rejects(hopeless, { code: "40001" });
  assert.equal(tries, 3);
});

test("a connection that is lost in COMMIT says that nobody knows", async (t) => {
  const db = await withAccounts(t);
  // A deferred trigger runs inside COMMIT, so the session ends there.
  await sql`create function end_session() returns trigger language plpgsql as
    $$ begin perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); return null; end $$`.execute(
    db.kysely,
  );
  await sql`create constraint trigger at_commit after update on account deferrable initially deferred
    for each row execute function end_session()`.execute(db.kysely);
  const update = db.transaction((tx) => tx.updateTable("account").set({ balance: 1 }).execute());
  await assert.rejects(update, { reason: "commit-unknown", audience: "operator" });
  assert.deepEqual(await balances(db), [0, 0]);
});

test("a session that is lost while idle, or while somebody holds it, is an event and not the end of the process", async (t) => {
  const lost: string[] = [];
  const db = await withAccounts(t, {
    ...silentLog,
    warn: (fields, event) => lost.push(`${event} ${String(fields["code"])}`),
  });
  const held = await db.pool.connect();
  await db.pool.query("select 1");
  await db.pool.query("select 1");
  const others =
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and datname = current_database()";
  await using killer = openDatabase({
    url: db.url,
    applicationName: "fairlead killer",
    poolSize: 1,
    log: silentLog,
  });
  await killer.pool.query(others, ["fairlead database.test"]);
  await assert.rejects(held.query("select 1"));
  held.release(true);
  // The pool may still hand out a session whose end it has not read yet.
  assert.deepEqual(await retryWhileDown(() => balances(db), { forMs: 60_000 }), [0, 0]);
  assert.ok(lost.length >= 1);
  for (const event of lost) assert.match(event, /^database\.session-lost /);
});

test("opening a database that is away fails only when it is used", async () => {
  await using db = openDatabase({
    url: "postgresql:///none?host=/nonexistent&port=5432&user=none",
    applicationName: "fairlead",
    poolSize: 1,
    log: silentLog,
  });
  await assert.rejects(db.pool.query("select 1"), { code: "ENOENT" });
});

test("a database that is closed leaves no session behind, whichever way its statements went", async (t) => {
  const { url, db: other } = await emptyTestDatabase(t);
  const applicationName = "fairlead closed";
  const uses: Array<(db: Database) => Promise<unknown>> = [
    (db) => db.pool.query("select 1"),
    (db) => sql`select 1`.execute(db.kysely),
    async () => undefined,
  ];
  for (const use of uses) {
    const db = openDatabase({ url, applicationName, poolSize: 2, log: silentLog });
    await use(db);
    await db[Symbol.asyncDispose]();
    assert.ok(db.pool.ended);
  }
  const left = async () =>
    await other.pool.query("select from pg_stat_activity where application_name = $1", [applicationName]);
  // The server notices a moment later.
  for (let n = 0; n < 100 && (await left()).rowCount !== 0; n += 1) await sleep(50);
  assert.equal((await left()).rowCount, 0);
});
