import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { untilGone } from "../embedded/launch.testing.ts";
import {
  type AfterHook,
  emptyTestDatabase,
  startTestServer,
  testDatabase,
  testServerVariable,
} from "../testing.ts";
import { withClient } from "./client.ts";

const door = JSON.stringify(new URL("../testing.ts", import.meta.url).href);

/** A test file that works on a fresh database; `body` can use `t`, `url` and `db`. */
function fileOf(body: string): string {
  return `
    import test from "node:test";
    import { testDatabase } from ${door};
    test("works on its own database", async (t) => {
      const { url, db } = await testDatabase(t);
      ${body}
    });`;
}

/** A folder for temporary files of a run, so that what it leaves can be seen. */
function scratch(t: AfterHook): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "fairlead-scratch-")));
  t.after(async () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs a test file alone, as a person would, without a server from outside unless `env` gives one. */
function runFile(
  folder: string,
  name: string,
  text: string,
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, text);
  const {
    DATABASE_URL: _given,
    [testServerVariable]: _shared,
    NODE_TEST_CONTEXT: _runner,
    ...rest
  } = process.env;
  return spawn(process.execPath, [file], {
    env: { ...rest, TMPDIR: folder, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function outcome(child: ChildProcess): Promise<{ code: unknown; output: string }> {
  const chunks: string[] = [];
  child.stdout?.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  const [code]: unknown[] = await once(child, "close");
  return { code, output: chunks.join("") };
}

function serverFolder(folder: string): string | undefined {
  return readdirSync(folder).find((name) => name.startsWith("fairlead-test-postgres-"));
}

test("a test file that runs alone gets a server, ends by itself and leaves nothing", async (t) => {
  const folder = scratch(t);
  const text = fileOf(
    'const { rows } = await db.pool.query("select 41 + 1 as sum"); t.diagnostic("sum " + rows[0].sum);',
  );
  const { code, output } = await outcome(runFile(folder, "alone", text));
  assert.match(output, /sum 42/);
  assert.equal(code, 0);
  assert.equal(serverFolder(folder), undefined);
});

test("a test file that fails ends as well, and says so", async (t) => {
  const folder = scratch(t);
  const { code } = await outcome(runFile(folder, "failing", fileOf('throw new Error("on purpose");')));
  assert.equal(code, 1);
  assert.equal(serverFolder(folder), undefined);
});

test("a test file that is killed leaves no process", async (t) => {
  const folder = scratch(t);
  const child = runFile(
    folder,
    "killed",
    fileOf('console.log("ready"); setInterval(() => {}, 1000); await new Promise(() => {});'),
  );
  for await (const chunk of child.stdout ?? []) if (String(chunk).includes("ready")) break;
  const name = serverFolder(folder);
  assert.ok(name !== undefined);
  child.kill("SIGKILL");
  await untilGone(join(folder, name));
});

test("files of one run share a server, each on a database of its own", {
  skip: process.env["DATABASE_URL"] !== undefined,
}, async (t) => {
  const folder = scratch(t);
  const shared = process.env[testServerVariable];
  const server = shared === undefined ? await startTestServer() : null;
  const environment = server?.environment ?? { [testServerVariable]: shared ?? "" };
  const text = fileOf(`await db.pool.query("create table only_mine (id integer)");
    const { rows } = await db.pool.query("select current_database() as name, pg_postmaster_start_time() as server");
    t.diagnostic("at " + JSON.stringify(rows[0]));`);
  const results = await Promise.all(
    ["one", "two", "three"].map((name) => outcome(runFile(folder, name, text, environment))),
  );
  const places = results.map(({ code, output }) => {
    assert.equal(code, 0, output);
    return JSON.parse(/at (\{.*\})/.exec(output)?.[1] ?? "null") as { name: string; server: string };
  });
  assert.equal(new Set(places.map((place) => place.name)).size, 3);
  assert.equal(new Set(places.map((place) => place.server)).size, 1);
  assert.equal(serverFolder(folder), undefined);
  await server?.[Symbol.asyncDispose]();
});

test("two databases of one file are apart, and both are dropped at the end", async () => {
  const [first, second] = [await testDatabase(), await emptyTestDatabase()];
  await first.db.pool.query("create table only_here (id integer)");
  await assert.rejects(second.db.pool.query("select * from only_here"), { code: "42P01" });
  const names = [first, second].map(({ url }) => new URL(url).pathname.slice(1));
  await using witness = await emptyTestDatabase();
  await first[Symbol.asyncDispose]();
  await second[Symbol.asyncDispose]();
  await withClient(witness.url, async (client) => {
    const { rowCount } = await client.query("select from pg_database where datname = any($1)", [names]);
    assert.equal(rowCount, 0);
  });
});
