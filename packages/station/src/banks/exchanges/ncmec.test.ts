import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { before, test } from "node:test";
import { writeHashPage } from "@fairlead/cybertipline";
import type { Station } from "../../context.ts";
import { startHashSharing } from "../../testing/hash-sharing.ts";
import { endOfFile, type TestStation } from "../../testing/station.ts";
import { type SaidEntry, saidEntrySchema } from "../entry.ts";
import { writeEntries } from "../write-entries.ts";
import { fetchHashes } from "./fetch.ts";

const end = endOfFile();
const START = Date.parse("2026-11-22T12:00:00Z");
let now = START;
const clock = () => now;
let server: TestStation;
let client: TestStation;
before(async () => {
  ({ server, client } = await startHashSharing(end, clock));
});

const hex = (bytes: number) => randomBytes(bytes).toString("hex");
const boat = (more: object = {}): SaidEntry =>
  saidEntrySchema.parse({
    key: hex(6),
    media: "image",
    signals: [
      { kind: "md5", value: hex(16) },
      { kind: "pdq", value: hex(32) },
    ],
    classification: "B2",
    categories: ["sail"],
    member: { id: "9", name: "Example Harbour" },
    ...more,
  });
const say = async (entries: readonly SaidEntry[], removed: readonly string[] = []) =>
  await server.station.db.transaction(
    async (tx) => await writeEntries(tx, "boats", { entries, removed }, "operator", clock),
  );

interface Stood {
  key: string;
  said: SaidEntry;
  gone: boolean;
  revision: number;
}
const stored = async (bank: string) =>
  (
    await client.station.db.pool.query<Stood>(
      "select key, said, gone, revision from bank_entry where bank_id = $1 order by key",
      [bank],
    )
  ).rows;
const exchangeOf = async (bank: string) =>
  (
    await client.station.db.pool.query<{
      trouble: string | null;
      last_error: string | null;
      attempts: number;
      checkpoint: { from: number; windowSeconds: number; open?: object } | null;
    }>("select trouble, last_error, attempts, checkpoint from bank_exchange where bank_id = $1", [bank])
  ).rows[0];
const values = (entries: ReadonlyArray<{ signals: SaidEntry["signals"] }>) =>
  entries.map(({ signals }) => signals[0]?.value ?? "").toSorted((a, b) => (a < b ? -1 : 1));
const over = (parts: Partial<Station>): Station => ({ ...client.station, ...parts });

test("everything that a server shares comes, with its member's claims; what is taken back leaves a tombstone", async () => {
  const boats = Array.from({ length: 1200 }, () => boat());
  for (let at = 0; at < boats.length; at += 500) await say(boats.slice(at, at + 500));
  now += 60_000;
  let calls = 0;
  const counting: typeof fetch = async (...args) => {
    calls += 1;
    return await fetch(...args);
  };
  await fetchHashes(over({ fetch: counting }), { bankId: "boats" });
  const come = await stored("boats");
  assert.equal((await exchangeOf("boats"))?.last_error, null);
  assert.deepEqual(values(come.map(({ said }) => said)), values(boats));
  const [first] = come;
  assert.deepEqual(
    [first?.said.member, first?.said.classification, first?.said.categories, first?.said.signals.length],
    [{ id: "9", name: "Example Harbour" }, "B2", ["sail"], 2],
  );
  assert.equal(calls, 2, "1,000 entries a page, all in one second");
  const [gone, changed] = boats;
  assert.ok(gone !== undefined && changed !== undefined);
  await say([{ ...changed, classification: "A1" }], [gone.key]);
  now += 60_000;
  await fetchHashes(client.station, { bankId: "boats" });
  const after = await stored("boats");
  assert.equal(after.filter((entry) => entry.gone).length, 1);
  assert.equal(after.filter(({ said }) => said.classification === "A1").length, 1);
  assert.equal(after.filter(({ revision }) => revision > 1).length, 2);
  await fetchHashes(client.station, { bankId: "boats" });
  assert.deepEqual(await stored("boats"), after, "and the same again changes nothing");
});

class Killed extends Error {}

test("killed at any call or look at the clock, nothing is lost and nothing doubled when it starts again", async () => {
  let kills = 0;
  for (let at = 0; ; at += 1) {
    await client.station.db.pool.query(
      "update bank_exchange set checkpoint = null, trouble = null, failing_since = null, attempts = 0 where bank_id = 'other'",
    );
    let left = at;
    // From its death on, it neither calls nor stores.
    const live = () => {
      left -= 1;
      if (left < 0) throw new Killed("killed");
    };
    const dying = over({
      fetch: async (...args) => {
        live();
        const answer = await fetch(...args);
        live();
        return answer;
      },
      clock: () => {
        live();
        return clock();
      },
    });
    const died = await fetchHashes(dying, { bankId: "other" }).then(
      () => false,
      (error: unknown) => {
        if (!(error instanceof Killed)) throw error;
        return true;
      },
    );
    await fetchHashes(client.station, { bankId: "other" });
    const shared = await stored("boats");
    const standing = (rows: readonly Stood[]) =>
      values(rows.filter(({ gone }) => !gone).map(({ said }) => said));
    assert.deepEqual(standing(await stored("other")), standing(shared), `killed at ${at}`);
    if (!died) break;
    kills += 1;
  }
  assert.ok(kills > 8, `${kills} places to die`);
  const { rows } = await client.station.db.pool.query<{ n: string }>(
    "select count(*) as n from bank_change where bank_id = 'other' and entry_id is not null group by entry_id having count(*) > 1",
  );
  assert.equal(rows.length, 0, "the same page twice is no change");
});

const page = (next?: string) =>
  writeHashPage({ entries: [], deleted: [], ...(next === undefined ? {} : { next }) });
const answer = (body: string | Uint8Array<ArrayBuffer>, status = 200) => new Response(body, { status });
const HOSTILE: ReadonlyArray<readonly [string, () => Response | Promise<Response>, string, RegExp]> = [
  ["cut off", () => answer(page().slice(0, 150)), "answer-invalid", /cannot be read/],
  ["empty", () => answer(""), "answer-invalid", /cannot be read/],
  ["of another kind", () => answer('{"count": 1}'), "answer-invalid", /cannot be read/],
  ["with a DOCTYPE", () => answer(`<!DOCTYPE a>${page()}`), "answer-invalid", /document type/],
  ["huge", () => answer(new Uint8Array(5 * 1024 * 1024)), "answer-invalid", /longer than 4 MiB/],
  ["leading elsewhere", () => answer(page("//example.net/v2/entries?a")), "answer-invalid", /same list/],
  [
    "that never comes",
    () => Promise.reject(new DOMException("late", "TimeoutError")),
    "unreachable",
    /no answer/,
  ],
  ["of a server in trouble", () => answer("", 503), "unreachable", /503/],
  ["that refuses us", () => answer("", 401), "blocked", /401/],
];
for (const [name, made, trouble, words] of HOSTILE)
  test(`an answer ${name} stores nothing, is noted with what was wrong, and the next good one is taken`, async () => {
    const before = await stored("boats");
    const checkpoint = (await exchangeOf("boats"))?.checkpoint;
    now += 120_000;
    const fresh = boat();
    await say([fresh]);
    now += 120_000;
    await fetchHashes(over({ fetch: async () => await made() }), { bankId: "boats" });
    const noted = await exchangeOf("boats");
    assert.deepEqual([noted?.trouble, noted?.attempts], [trouble, 1]);
    assert.match(noted?.last_error ?? "", words);
    assert.equal(noted?.checkpoint?.from, checkpoint?.from);
    assert.deepEqual(await stored("boats"), before);
    await fetchHashes(client.station, { bankId: "boats" });
    assert.deepEqual(
      [(await exchangeOf("boats"))?.trouble, (await stored("boats")).length],
      [null, before.length + 1],
    );
  });

test("pages that go round in a ring are noticed", async () => {
  now += 120_000;
  await fetchHashes(over({ fetch: async () => answer(page("/v2/entries?round=1")) }), { bankId: "boats" });
  assert.match((await exchangeOf("boats"))?.last_error ?? "", /ring/);
});

test("a window that the server cannot serve shrinks until it can, and grows again", async () => {
  await client.station.db.pool.query(
    "update bank_exchange set checkpoint = null, trouble = null, failing_since = null, attempts = 0 where bank_id = 'other'",
  );
  const spans: number[] = [];
  const narrow: typeof fetch = async (input, init) => {
    const asked = new URL(input).searchParams;
    const seconds = (Date.parse(asked.get("to") ?? "") - Date.parse(asked.get("from") ?? "")) / 1000;
    if (seconds > 2 * 24 * 3600) return answer("", 504);
    spans.push(seconds);
    return await fetch(input, init);
  };
  for (let attempt = 0; attempt < 12; attempt += 1)
    await fetchHashes(over({ fetch: narrow }), { bankId: "other" });
  await fetchHashes(client.station, { bankId: "other" });
  assert.ok(
    spans.some((seconds, place) => seconds > (spans[place - 1] ?? seconds)),
    spans.join(" "),
  );
  const standing = (rows: readonly Stood[]) =>
    values(rows.filter(({ gone }) => !gone).map(({ said }) => said));
  assert.deepEqual(standing(await stored("other")), standing(await stored("boats")));
});

test("nobody who cannot sign in is told anything", async () => {
  const ask = async (path: string, secret: string) =>
    await fetch(`${server.url}/hashsharing${path}`, {
      headers: { authorization: `Basic ${Buffer.from(`platform-one:${secret}`).toString("base64")}` },
    });
  assert.equal((await ask("/v2/status", "wrong")).status, 401);
  assert.equal((await ask("/v2/entries?from=yesterday&to=today", "wrong")).status, 401);
});
