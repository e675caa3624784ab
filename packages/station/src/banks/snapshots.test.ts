import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, beforeEach, test } from "node:test";
import { type Database, type EventFields, type EventLog, silentLog } from "../store/index.ts";
import { testDatabase } from "../store/testing.ts";
import { endOfFile } from "../testing/station.ts";
import { type SaidEntry, saidEntrySchema } from "./entry.ts";
import { type Matcher, openMatcher } from "./matcher.ts";
import { bankSettingsSchema, makeBank } from "./settings.ts";
import { writeEntries } from "./write-entries.ts";

const end = endOfFile();
const clock = () => Date.parse("2026-11-22T12:00:00Z");
let db: Database;
let other: Database;
let folder: string;
let told: Array<[event: string, fields: EventFields]>;
const tell = (fields: EventFields, event: string) => void told.push([event, fields]);
const log: EventLog = { ...silentLog, info: tell, warn: tell };
const hex = (bytes: number) => randomBytes(bytes).toString("hex");
const entry = (): SaidEntry =>
  saidEntrySchema.parse({
    key: hex(8),
    signals: [
      { kind: "pdq", value: hex(32) },
      { kind: "md5", value: hex(16) },
      { kind: "sha1", value: hex(20) },
      { kind: "sha256", value: hex(32) },
    ],
  });
const entries = Array.from({ length: 40 }, entry);

async function bank(database: Database, id: string): Promise<void> {
  const settings = bankSettingsSchema.parse({ name: id, source: "Example Kite Society" });
  await database.transaction(async (tx) => await makeBank(tx, id, settings, "operator", clock()));
}
const say = async (database: Database, id: string, added: readonly SaidEntry[], removed: readonly string[]) =>
  await database.transaction(
    async (tx) => await writeEntries(tx, id, { entries: added, removed }, "operator", clock),
  );

before(async () => {
  ({ db } = await testDatabase(end));
  ({ db: other } = await testDatabase(end));
  for (const each of [db, other]) {
    await bank(each, "kites");
    await bank(each, "empty");
  }
  await say(db, "kites", entries, []);
  await say(other, "kites", Array.from({ length: 40 }, entry), []);
});
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "fairlead-test-snapshots-")), "banks");
  end.after(() => rm(join(folder, ".."), { recursive: true, force: true }));
  told = [];
});

const open = async (database = db, more: object = {}) => {
  const matcher = openMatcher({ db: database, log }, { follows: false, snapshots: folder, ...more });
  await matcher.catchUp();
  return matcher;
};
/** Opens one and stops it cleanly, which leaves a snapshot. */
const leave = async () => {
  await (await open())[Symbol.asyncDispose]();
  told = [];
};
const keysOf = async (matcher: Matcher, { signals }: SaidEntry) =>
  (await matcher.lookup(signals, 5)).map(({ matches }) => matches.map((match) => match.entry.key));
/** What `keysOf` says of an entry that every one of its hashes finds. */
const byAll = ({ key, signals }: SaidEntry) => signals.map(() => [key]);
const fromOf = () => told.find(([event]) => event === "banks.read")?.[1]["from"];
const refusalOf = () => told.find(([event]) => event === "banks.snapshot-refused")?.[1]["reason"];
const setOf = async () => {
  const set = (await readdir(folder)).find((name) => name.startsWith("set-")) ?? "";
  return join(folder, set);
};

test("a station that was stopped begins from its snapshot and what changed since, and knows what the database knows", async () => {
  await leave();
  const late = entry();
  const [gone] = entries;
  assert.ok(gone !== undefined);
  await bank(db, "later");
  await say(db, "later", [late], []);
  await say(db, "kites", [], [gone.key]);
  await using booted = await open();
  assert.deepEqual([fromOf(), refusalOf()], ["snapshot", undefined]);
  await using read = openMatcher({ db, log: silentLog }, { follows: false });
  await read.catchUp();
  assert.deepEqual(
    new Map(booted.status().banks.map(({ id, sizes }) => [id, sizes])),
    new Map(read.status().banks.map(({ id, sizes }) => [id, sizes])),
  );
  assert.equal(booted.status().seq, read.status().seq);
  for (const each of entries.slice(1)) assert.deepEqual(await keysOf(booted, each), byAll(each));
  assert.deepEqual(await keysOf(booted, late), byAll(late));
  assert.deepEqual(await keysOf(booted, gone), [[], [], [], []]);
  await say(db, "kites", [gone], []);
  await booted.catchUp();
  assert.deepEqual(await keysOf(booted, gone), byAll(gone));
});

test("one snapshot is kept, and one that says nothing new is not written", async () => {
  await leave();
  const set = await setOf();
  await leave();
  assert.equal(await setOf(), set);
  await say(db, "kites", [entry()], []);
  await leave();
  assert.notEqual(await setOf(), set);
  assert.equal((await readdir(folder)).length, 2);
});

test("after enough changes one is written while the station works", async () => {
  await using matcher = await open(db, { snapshotChanges: 3n });
  while (!told.some(([event]) => event === "banks.snapshot-written"))
    await new Promise((done) => setImmediate(done));
  const first = await setOf();
  told = [];
  for (const _ of [1, 2]) await say(db, "kites", [entry()], []);
  await matcher.catchUp();
  assert.equal(await setOf(), first);
  const last = entry();
  await say(db, "kites", [last], []);
  await matcher.catchUp();
  while (!told.some(([event]) => event === "banks.snapshot-written"))
    await new Promise((done) => setImmediate(done));
  assert.notEqual(await setOf(), first);
  // As after a crash: another begins from it while the first has not stopped.
  told = [];
  await using second = await open();
  assert.equal(fromOf(), "snapshot");
  assert.deepEqual(await keysOf(second, last), byAll(last));
});

type Fault = [name: string, reason: RegExp, spoil: () => Promise<void>];
const FAULTS: Fault[] = [
  ["a manifest that is cut off", /^altered$/, () => truncate(join(folder, "manifest.json"), 50)],
  [
    "a manifest that was altered",
    /^altered$/,
    async () => {
      const path = join(folder, "manifest.json");
      await writeFile(path, (await readFile(path, "utf8")).replace('"kites"', '"kitez"'));
    },
  ],
  ["a near index that is cut off", /^torn$/, async () => truncate(join(await setOf(), "0.near"), 5000)],
  ["a near index that is gone", /^unreadable$/, async () => rm(join(await setOf(), "1.near"))],
  ["an exact index that is gone", /^unreadable$/, async () => rm(join(await setOf(), "0.sha1"))],
  ...["0.near", "0.md5", "0.sha256"].map(
    (name): Fault => [
      `a byte of ${name} that was altered`,
      /^altered$/,
      async () => {
        const path = join(await setOf(), name);
        const bytes = await readFile(path);
        const place = name.endsWith("near") ? 4096 : bytes.length - 40;
        bytes[place] = (bytes[place] ?? 0) ^ 4;
        await writeFile(path, bytes);
      },
    ],
  ),
];
for (const [name, reason, spoil] of FAULTS)
  test(`${name} is told, the banks are read from the database, and another is written`, async () => {
    await leave();
    await spoil();
    const matcher = await open();
    assert.match(String(refusalOf()), reason);
    assert.equal(fromOf(), "database");
    for (const each of entries.slice(1)) assert.deepEqual(await keysOf(matcher, each), byAll(each));
    await matcher[Symbol.asyncDispose]();
    told = [];
    await using again = await open();
    assert.deepEqual([fromOf(), refusalOf()], ["snapshot", undefined]);
    assert.deepEqual(again.status().ready, true);
  });

test("a snapshot of another database is foreign, though it has the same banks and as many changes", async () => {
  await leave();
  await using matcher = await open(other);
  assert.deepEqual([fromOf(), refusalOf()], ["database", "foreign"]);
  assert.deepEqual((await keysOf(matcher, entries[1] ?? entry()))[0], []);
});

test("killed while it wrote, a station begins from the snapshot before, and what was left half goes with the next", async () => {
  await leave();
  const set = await setOf();
  const half = join(folder, "set-00000000-0000-4000-8000-000000000000");
  await mkdir(half);
  await writeFile(join(half, "0.near.new"), "half");
  await writeFile(join(folder, "manifest.json.set-00000000-0000-4000-8000-000000000000"), "{");
  await say(db, "kites", [entry()], []);
  await leave();
  assert.notEqual(await setOf(), set);
  assert.equal((await readdir(folder)).length, 2);
  await using _ = await open();
  assert.equal(fromOf(), "snapshot");
});

test("what cannot be written is told, and nothing else is the worse for it", async () => {
  await writeFile(folder, "not a folder");
  const matcher = await open();
  assert.equal(refusalOf(), "unreadable");
  await matcher[Symbol.asyncDispose]();
  const [, fields] = told.find(([event]) => event === "banks.snapshot-not-written") ?? [];
  assert.match(String(fields?.["reason"]), /^(ENOTDIR|EEXIST)$/);
  assert.doesNotMatch(JSON.stringify(told), new RegExp(folder));
});
