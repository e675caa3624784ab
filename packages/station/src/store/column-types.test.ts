import assert from "node:assert/strict";
import test from "node:test";
import * as fc from "fast-check";
import { isoFromJson, isoInstant } from "./column-types.ts";
import { testDatabase } from "./testing.ts";

test("an instant is ISO 8601 with its decimals and its offset spelt out", () => {
  assert.equal(isoInstant("2026-11-21 10:00:00+00"), "2026-11-21T10:00:00Z");
  assert.equal(isoInstant("2026-11-21 10:00:00.123456+00"), "2026-11-21T10:00:00.123456Z");
  assert.equal(isoInstant("2026-11-21 10:00:00.5+01"), "2026-11-21T10:00:00.5+01:00");
  assert.equal(isoInstant("2026-11-21 10:00:00-03:30"), "2026-11-21T10:00:00-03:30");
  assert.equal(isoInstant("2026-11-21 10:00:00"), "2026-11-21T10:00:00");
});

test("what has no ISO form stays as PostgreSQL writes it", () => {
  for (const text of ["infinity", "-infinity", "0044-03-15 00:00:00+00 BC", "10000-01-01 00:00:00+00"]) {
    assert.equal(isoInstant(text), text);
  }
});

test("each type of column comes out as documented", async (t) => {
  const { db } = await testDatabase(t);
  const { rows } = await db.pool.query(`select
    timestamptz '2026-11-21 12:00:00.123456+02' as instant,
    timestamp '2026-11-21 12:00:00' as local,
    date '2026-11-21' as day,
    interval '1 day 3 hours' as span,
    9007199254740993::bigint as big,
    12.340::numeric as exact,
    '{"a": [1, null]}'::jsonb as json,
    '\\x00ff'::bytea as bytes,
    array[timestamptz '2026-11-21 12:00:00Z', null] as instants,
    array[array['{}', 'b']] as nested,
    array[date '2026-11-21'] as days`);
  assert.deepEqual(rows[0], {
    instant: "2026-11-21T10:00:00.123456Z",
    local: "2026-11-21T12:00:00",
    day: "2026-11-21",
    span: "P1DT3H",
    big: "9007199254740993",
    exact: "12.340",
    json: { a: [1, null] },
    bytes: Buffer.from([0, 255]),
    instants: ["2026-11-21T12:00:00Z", null],
    nested: [["{}", "b"]],
    days: ["2026-11-21"],
  });
});

test("an instant inside JSON is the same text as in a column of its own", async (t) => {
  const { db } = await testDatabase(t);
  const instants = ["2026-11-21 12:00:00.123456+02", "2026-11-21 10:00:00Z", "2026-11-21 10:00:00.5Z"];
  const { rows } = await db.pool.query<{ column: string; json: string }>(
    "select i as column, to_json(i) as json from unnest($1::timestamptz[]) as i",
    [instants],
  );
  assert.equal(rows.length, instants.length);
  for (const { column, json } of rows) assert.equal(isoFromJson(json), column);
});

test("instants come in UTC although the role's own zone is another", async (t) => {
  const { db } = await testDatabase(t);
  const user = (await db.pool.query<{ name: string }>("select quote_ident(current_user) as name")).rows[0]
    ?.name;
  const name = (await db.pool.query<{ name: string }>("select quote_ident(current_database()) as name"))
    .rows[0]?.name;
  await db.pool.query(`alter role ${user} in database ${name} set timezone = 'Pacific/Auckland'`);
  // A second session at the same time has to be a new one.
  const [first, second] = [await db.pool.connect(), await db.pool.connect()];
  try {
    const { rows } = await second.query("select timestamptz '2026-06-01 00:00:00Z' as instant");
    assert.equal(rows[0]?.instant, "2026-06-01T00:00:00Z");
  } finally {
    first.release();
    second.release();
  }
});

test("an instant that is stored and read is the same to the microsecond", async (t) => {
  const { db } = await testDatabase(t);
  const microseconds = fc.bigInt({ min: 0n, max: 4_102_444_800_000_000n });
  await fc.assert(
    fc.asyncProperty(fc.array(microseconds, { minLength: 1, maxLength: 20 }), async (instants) => {
      const written = instants.map(isoOf);
      const { rows } = await db.pool.query<{ read: readonly string[] }>("select $1::timestamptz[] as read", [
        written,
      ]);
      assert.deepEqual(rows[0]?.read.map(microsecondsOf), instants);
    }),
    { numRuns: 20 },
  );
});

function isoOf(microseconds: bigint): string {
  const seconds = new Date(Number(microseconds / 1_000_000n) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(microseconds % 1_000_000n).padStart(6, "0")}Z`;
}

function microsecondsOf(iso: string): bigint {
  const [, seconds = "", decimals = ""] = /^([^.]*?)(?:\.(\d+))?Z$/.exec(iso) ?? [];
  return BigInt(Date.parse(`${seconds}Z`)) * 1000n + BigInt(decimals.padEnd(6, "0"));
}
