import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import * as fc from "fast-check";
import { testDatabase } from "../store/testing.ts";
import type { Database } from "../store/index.ts";
import { silentLog } from "../store/index.ts";
import { endOfFile } from "../testing/station.ts";
import { type SaidEntry, saidEntrySchema } from "./entry.ts";
import { importLists, type ListImport } from "./import.ts";
import { openMatcher } from "./matcher.ts";
import { bankSettingsSchema, makeBank } from "./settings.ts";
import { bankStats } from "./stats.ts";
import { lookupSchema } from "./verify.ts";
import { writeEntries } from "./write-entries.ts";

const end = endOfFile();
let db: Database;
let dir: string;
before(async () => {
  ({ db } = await testDatabase(end));
  dir = await mkdtemp(join(tmpdir(), "fairlead-test-banks-"));
  end.after(() => rm(dir, { recursive: true, force: true }));
});
const clock = () => Date.parse("2026-11-22T12:00:00Z");
const settings = (more: object = {}) =>
  bankSettingsSchema.parse({ name: "Kites", source: "Example Kite Society", ...more });
const hex = (bytes: number) => randomBytes(bytes).toString("hex");
const entry = (more: Partial<SaidEntry> = {}): SaidEntry =>
  saidEntrySchema.parse({ key: hex(8), signals: [{ kind: "md5", value: hex(16) }], ...more });

async function bank(id: string, more: object = {}): Promise<string> {
  await db.transaction(async (tx) => await makeBank(tx, id, settings(more), "operator", clock()));
  return id;
}
const say = async (id: string, entries: readonly SaidEntry[], removed: readonly string[] = []) =>
  await db.transaction(async (tx) => await writeEntries(tx, id, { entries, removed }, "operator", clock));
const matcherOf = async () => {
  const matcher = openMatcher({ db, log: silentLog }, { follows: false });
  await matcher.catchUp();
  return matcher;
};
/** A hash that differs in this many bits. */
function flipped(value: string, bits: number): string {
  const bytes = Buffer.from(value, "hex");
  for (let bit = 0; bit < bits; bit += 1) bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bytes.toString("hex");
}

test("the same word again changes nothing, another one is a revision, and what is taken back leaves a tombstone and its history", async () => {
  const id = await bank("history");
  const first = entry({ key: "kite-1", categories: ["delta"] });
  const second: SaidEntry = { ...first, categories: ["box"], signals: [{ kind: "sha256", value: hex(32) }] };
  assert.equal((await say(id, [first])).added, 1);
  assert.deepEqual(await say(id, [first]), { added: 0, changed: 0, restored: 0, removed: 0, same: 1 });
  assert.equal((await say(id, [second])).changed, 1);
  assert.equal((await say(id, [], ["kite-1", "never-there"])).removed, 1);
  assert.equal((await say(id, [], ["kite-1"])).removed, 0);
  assert.equal((await say(id, [first])).restored, 1);
  const { rows } = await db.pool.query<{ what: string; revision: number; said: SaidEntry }>(
    "select what, revision, said from bank_change where bank_id = $1 and entry_id is not null order by seq",
    [id],
  );
  assert.deepEqual(
    rows.map(({ what, revision, said }) => [what, revision, said.categories]),
    [
      ["added", 1, ["delta"]],
      ["changed", 2, ["box"]],
      ["removed", 3, ["box"]],
      ["restored", 4, ["delta"]],
    ],
  );
});

test("the counts of a bank and of its parts are those of its entries, whatever its source says in which order", async () => {
  const id = await bank("tally");
  const keys = ["kite-1", "kite-2", "kite-3", "kite-4"];
  const words = fc.uniqueArray(fc.constantFrom("delta", "box", "red"), { maxLength: 3 });
  const member = fc.option(
    fc.record({ id: fc.constantFrom("7", "9"), name: fc.constantFrom("Example Harbour", "Example Pier") }),
    { nil: undefined },
  );
  const page = fc.record({
    entries: fc.array(fc.record({ key: fc.constantFrom(...keys), categories: words, tags: words, member }), {
      maxLength: 6,
    }),
    removed: fc.subarray(keys),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(page, { maxLength: 5 }), async (pages) => {
      for (const { entries, removed } of pages) {
        const said = entries.map((each) => saidEntrySchema.parse({ ...each, signals: [] }));
        await say(id, said, removed);
        const { rows: entryRows } = await db.pool.query<{ gone: boolean; said: SaidEntry }>(
          "select gone, said from bank_entry where bank_id = $1",
          [id],
        );
        const live = entryRows.filter(({ gone }) => !gone).map((row) => row.said);
        const counted = new Map<string, number>();
        const count = (part: string) => counted.set(part, (counted.get(part) ?? 0) + 1);
        for (const { categories, tags, member: of } of live) {
          for (const value of categories) count(`category ${value}`);
          for (const value of tags) count(`tag ${value}`);
          if (of !== undefined) count(`member ${of.id}`);
        }
        const { rows: tally } = await db.pool.query(
          "select live::integer, gone::integer from bank_tally where bank_id = $1",
          [id],
        );
        if (entryRows.length > 0)
          assert.deepEqual(tally, [{ live: live.length, gone: entryRows.length - live.length }]);
        const { rows: parts } = await db.pool.query<{ part: string; live: number }>(
          "select sort || ' ' || value as part, live::integer from bank_part where bank_id = $1",
          [id],
        );
        assert.deepEqual(new Map(parts.map((each) => [each.part, each.live])), counted);
      }
    }),
    { numRuns: 40 },
  );
});

test("a match names bank, distance, semantics, probe, source and what the source claims", async () => {
  const value = hex(32);
  const id = await bank("claims", { trust: "vetted-graded", semantics: "pdq/full", threshold: 20 });
  await say(id, [
    entry({
      key: "kite-2",
      signals: [{ kind: "pdq", value, quality: 80 }],
      classification: "K1",
      tags: ["red"],
      member: { id: "7", name: "Example Member" },
    }),
  ]);
  await using matcher = await matcherOf();
  const asked = { kind: "pdq" as const, value: flipped(value, 20), probe: "pad-2.6" };
  const [found, beyond] = await matcher.lookup([asked, { kind: "pdq", value: flipped(value, 21) }], 10);
  assert.deepEqual(
    {
      ...found?.matches[0],
      entry: found?.matches[0]?.entry.key,
      signal: { ...found?.matches[0]?.signal, id: 0 },
    },
    {
      bank: "claims",
      bankName: "Kites",
      source: "Example Kite Society",
      trust: "vetted-graded",
      match: "perceptual",
      distance: 20,
      signal: { id: 0, kind: "pdq", value, semantics: "pdq/full", quality: 80 },
      probe: "pad-2.6",
      entry: "kite-2",
      claims: {
        classification: "K1",
        tags: ["red"],
        categories: [],
        unread: [],
        member: { id: "7", name: "Example Member" },
      },
    },
  );
  assert.deepEqual(beyond, { matches: [], more: false });
});

test("additions, removals and restorations by anybody are found by the log, each hash as its entry has it now", async () => {
  const id = await bank("live");
  await using matcher = await matcherOf();
  const one = entry({
    signals: [
      { kind: "md5", value: hex(16) },
      { kind: "pdq", value: hex(32) },
    ],
  });
  const known = async () =>
    (await matcher.lookup(one.signals, 10)).map(({ matches }) => matches.map(({ bank: at }) => at));
  assert.deepEqual(await known(), [[], []]);
  await say(id, [one]);
  await matcher.catchUp();
  assert.deepEqual(await known(), [["live"], ["live"]]);
  await say(id, [], [one.key]);
  assert.deepEqual(await known(), [[], []], "even before the log was followed");
  await matcher.catchUp();
  await say(id, [one]);
  await matcher.catchUp();
  assert.deepEqual(await known(), [["live"], ["live"]]);
  assert.equal(matcher.status().banks.find((each) => each.id === id)?.sizes.pdq, 1);
  const seqs = await db.pool.query<{ seq: string }>("select seq from bank_head");
  assert.equal(matcher.status().seq, seqs.rows[0]?.seq);
});

test("a matcher that boots holds what one that followed holds", async () => {
  const id = await bank("boot");
  await using follower = await matcherOf();
  const entries = Array.from({ length: 60 }, (_, at) =>
    entry({ signals: [{ kind: at % 2 === 0 ? "sha1" : "pdq", value: hex(at % 2 === 0 ? 20 : 32) }] }),
  );
  await say(id, entries);
  await say(
    id,
    [],
    entries.slice(0, 20).map(({ key }) => key),
  );
  await follower.catchUp();
  await using booted = await matcherOf();
  assert.deepEqual(booted.status(), follower.status());
});

test("only the parts that are switched on match, and only hashes that are good enough", async () => {
  const id = await bank("parts", { tags: ["red", "blue"], members: ["7"], quality: 60 });
  const of = (more: Partial<SaidEntry>, quality = 60) =>
    entry({
      signals: [{ kind: "pdq", value: hex(32), quality }],
      tags: ["red"],
      member: { id: "7" },
      ...more,
    });
  const cases: Array<[SaidEntry, number]> = [
    [of({}), 1],
    [of({ tags: ["green"] }), 0],
    [of({ tags: ["green", "blue"] }), 1],
    [of({ member: { id: "8" } }), 0],
    [of({ member: undefined }), 0],
    [of({}, 59), 0],
  ];
  await say(
    id,
    cases.map(([each]) => each),
  );
  await using matcher = await matcherOf();
  for (const [each, count] of cases)
    assert.equal((await matcher.lookup(each.signals, 10))[0]?.matches.length, count, JSON.stringify(each));
  await db.pool.query("update bank set enabled = false where id = $1", [id]);
  const first = cases[0]?.[0];
  assert.ok(first !== undefined);
  assert.equal((await matcher.lookup(first.signals, 10))[0]?.matches.length, 0);
});

test("a copy with a border finds only what the border brought much nearer", async () => {
  const id = await bank("borders");
  const value = hex(32);
  await say(id, [entry({ signals: [{ kind: "pdq", value }] })]);
  await using matcher = await matcherOf();
  const asked = (from: number) => ({
    kind: "pdq" as const,
    value: flipped(value, 28),
    probe: "pad-2",
    unpadded: flipped(value, from),
  });
  const found = await matcher.lookup([asked(34), asked(70), { kind: "pdq", value: flipped(value, 28) }], 5);
  assert.deepEqual(
    found.map(({ matches }) => matches.length),
    [0, 1, 1],
  );
});

test("what is said of a border is a perceptual hash, or the lookup is refused", () => {
  const value = hex(32);
  const problems = (lookup: object) =>
    lookupSchema.safeParse(lookup).error?.issues.map(({ path }) => path.join("/")) ?? [];
  assert.deepEqual(problems({ kind: "pdq", value, probe: "pad-2.6+flipplus1", unpadded: value }), []);
  assert.deepEqual(problems({ kind: "pdq", value, unpadded: "2.6" }), ["unpadded"]);
  assert.deepEqual(problems({ kind: "sha256", value, unpadded: value }), ["unpadded"]);
});

test("a bank full of one hash hides nothing of another, and the answer says that there is more", async () => {
  const value = hex(32);
  const crowd = await bank("crowd");
  await say(
    crowd,
    Array.from({ length: 1100 }, () => entry({ signals: [{ kind: "pdq", value }] })),
  );
  const small = await bank("small");
  await say(small, [entry({ key: "kite-3", signals: [{ kind: "pdq", value: flipped(value, 3) }] })]);
  await using matcher = await matcherOf();
  const [found] = await matcher.lookup([{ kind: "pdq", value }], 1500);
  assert.equal(found?.more, true);
  assert.equal(found?.matches.filter((match) => match.bank === small).length, 1);
  const [few] = await matcher.lookup([{ kind: "pdq", value }], 5);
  assert.deepEqual([few?.matches.length, few?.more], [5, true]);
});

const list = async (name: string, text: string) => {
  await writeFile(join(dir, name), text);
  return join(dir, name);
};
const imported = async (parts: Partial<ListImport> & Pick<ListImport, "bank" | "paths">) =>
  await importLists({ db, clock }, { settings: settings(), whole: false, ...parts }, "operator");

test("a list is read whole or not at all; the same again changes nothing; a whole list takes back what it leaves out", async () => {
  const [one, two, three] = [hex(16), hex(32), hex(20)];
  const csv = await list(
    "kites.csv",
    `\uFEFFkey,MD5,pdq,categories,member,quality\r\na,${one.toUpperCase()},,"box;de""lta",7,\r\n\r\nb,,${two},,,77\r\n`,
  );
  const json = await list(
    "kites.json",
    JSON.stringify({ entries: [{ key: "c", signals: [{ kind: "sha1", value: three }] }] }),
  );
  assert.equal((await imported({ bank: "lists", paths: [csv, json] })).added, 3);
  assert.equal((await imported({ bank: "lists", paths: [csv, json] })).same, 3);
  const { rows } = await db.pool.query<{ said: SaidEntry }>(
    "select said from bank_entry where bank_id = 'lists' and key = 'a'",
  );
  assert.deepEqual(rows[0]?.said.categories, ["box", 'de"lta']);
  assert.equal(rows[0]?.said.signals[0]?.value, one);
  const wrong = await list("wrong.csv", `md5\n${hex(16)}\n${hex(15)}\n`);
  await assert.rejects(imported({ bank: "lists", paths: [wrong] }), /nothing of it was taken/);
  await assert.rejects(imported({ bank: "lists", paths: [csv, csv] }), /stands twice/);
  const cut = await list("cut.json", `[{"key": "d", "signals": [`);
  await assert.rejects(imported({ bank: "lists", paths: [cut] }), /nothing of it was taken/);
  assert.equal((await imported({ bank: "lists", paths: [json], whole: true })).removed, 2);
  const stats = (await bankStats(db)).find(({ id }) => id === "lists");
  assert.deepEqual([stats?.entries, stats?.tombstones, stats?.signals.sha1], [1, 2, 1]);
});

test("writers of several processes number their changes in the order in which they commit", async () => {
  const id = await bank("order");
  await Promise.all(Array.from({ length: 20 }, async () => await say(id, [entry(), entry()])));
  const { rows } = await db.pool.query<{ n: string; most: string }>(
    "select count(*) as n, max(seq) - min(seq) + 1 as most from bank_change where bank_id = $1",
    [id],
  );
  assert.equal(Number(rows[0]?.n), 41);
  assert.equal(rows[0]?.n, rows[0]?.most);
});
