import assert from "node:assert/strict";
import test from "node:test";
import { Database, openDatabase } from "./database.ts";
import {
  assertDurable,
  durabilityProblems,
  encodingProblems,
  type ServerFacts,
  versionProblems,
} from "./durable.ts";
import { silentLog } from "./log.ts";
import { type AfterHook, emptyTestDatabase } from "./testing.ts";
import { withClient } from "./testing/client.ts";

const goodFacts: ServerFacts = {
  versionNumber: 150_000,
  version: "15.0",
  encoding: "UTF8",
  settings: new Map([
    ["fsync", "on"],
    ["full_page_writes", "on"],
    ["synchronous_commit", "remote_apply"],
  ]),
};

function withSetting(name: string, value: string): ServerFacts {
  return { ...goodFacts, settings: new Map([...goodFacts.settings, [name, value]]) };
}

/** The same database by a session that starts with a setting, as a role or an operator could have set it. */
function openWith(t: AfterHook, url: string, setting: string): Database {
  const changed = new URL(url);
  changed.searchParams.set("options", `-c ${setting}`);
  const db = openDatabase({
    url: changed.href,
    applicationName: "fairlead test",
    poolSize: 1,
    log: silentLog,
  });
  t.after(() => db[Symbol.asyncDispose]());
  return db;
}

test("a server that keeps its promises passes", () => {
  assert.deepEqual(
    [...durabilityProblems(goodFacts), ...versionProblems(goodFacts), ...encodingProblems(goodFacts)],
    [],
  );
});

test("each setting that may lose what was acknowledged is named with what to do", () => {
  for (const name of ["fsync", "full_page_writes", "synchronous_commit"]) {
    const problems = durabilityProblems(withSetting(name, "off"));
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? "", new RegExp(`${name} = off: .* Set ${name} = on`));
  }
});

test("a version below 15 is refused by its number", () => {
  assert.match(
    versionProblems({ ...goodFacts, versionNumber: 140_012, version: "14.12" })[0] ?? "",
    /14\.12; Fairlead needs 15/,
  );
});

test("a session whose commits do not wait for the disk is refused, unless its data is thrown away", async (t) => {
  const { url } = await emptyTestDatabase(t);
  const db = openWith(t, url, "synchronous_commit=off");
  await assert.rejects(assertDurable(db), {
    reason: "not-durable",
    code: "database.unfit",
    message: /synchronous_commit = off/,
  });
  await assertDurable(db, { dataIsThrowAway: true });
});

test("a database of another encoding is refused even for tests", async (t) => {
  const { url, db } = await emptyTestDatabase(t);
  const name = `${new URL(url).pathname.slice(1)}_latin`;
  await db.pool.query(`create database ${name} template template0 encoding 'LATIN1' locale 'C'`);
  try {
    const latin = new URL(url);
    latin.pathname = `/${name}`;
    await using other = openDatabase({
      url: latin.href,
      applicationName: "fairlead test",
      poolSize: 1,
      log: silentLog,
    });
    await assert.rejects(assertDurable(other, { dataIsThrowAway: true }), {
      reason: "server-unsuitable",
      message: /LATIN1/,
    });
  } finally {
    await withClient(url, (client) => client.query(`drop database ${name} with (force)`));
  }
});
