import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { epochMs, momentOf, momentSchema, parseMoment, wallClockOf } from "./moment.ts";

const pad = (n: number) => String(n).padStart(2, "0");
const offsets = fc
  .tuple(fc.constantFrom("+", "-"), fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 59 }))
  .map(([sign, hours, minutes]) => ({
    text: `${sign}${pad(hours)}:${pad(minutes)}`,
    minutes: (sign === "-" ? -1 : 1) * (hours * 60 + minutes),
  }));
const wallClocks = fc
  .date({ min: new Date("1971-01-01T00:00:00Z"), max: new Date("2099-12-30T00:00:00Z"), noInvalidDate: true })
  .map((date) => Math.floor(date.getTime() / 1000) * 1000);

test("a time is read as RFC 3339 section 5.8 shows it", () => {
  assert.equal(parseMoment("1985-04-12T23:20:50.52Z")?.at, "1985-04-12T23:20:50.52Z");
  // "This represents 39 minutes and 57 seconds after the 16th hour of December 19th, 1996 with an offset of -08:00" (5.8)
  assert.equal(parseMoment("1996-12-19T16:39:57-08:00")?.at, "1996-12-20T00:39:57Z");
  assert.equal(parseMoment("1937-01-01T12:00:27.87+00:20")?.at, "1937-01-01T11:40:27.87Z");
});

test("an offset is read with and without its colon, and the text as stated is kept", () => {
  const moment = parseMoment("2026-03-01 09:30:00 +0530");
  assert.deepEqual(moment, {
    raw: "2026-03-01 09:30:00 +0530",
    at: "2026-03-01T04:00:00Z",
    zone: "stated",
    offset: "+05:30",
  });
});

test("a time without a zone has no instant, and none is guessed", () => {
  assert.deepEqual(parseMoment("2026-03-01T09:30:00"), { raw: "2026-03-01T09:30:00", zone: "none" });
  assert.equal(epochMs(parseMoment("2026-03-01T09:30:00")), undefined);
});

test("a sender's declared default is used only where no zone is stated, and is named as the source", () => {
  assert.equal(parseMoment("2026-03-01T09:30:00", "+01:00")?.zone, "sender-default");
  assert.equal(parseMoment("2026-03-01T09:30:00", "+01:00")?.at, "2026-03-01T08:30:00Z");
  assert.equal(parseMoment("2026-03-01T09:30:00Z", "+01:00")?.zone, "stated");
  assert.equal(parseMoment("2026-03-01T09:30:00Z", "+01:00")?.at, "2026-03-01T09:30:00Z");
  assert.equal(parseMoment("2026-03-01T09:30:00", "Europe/London")?.zone, "none");
});

test("nanoseconds are kept to the last digit", () => {
  assert.equal(parseMoment("2026-03-01T09:30:00.123456789Z")?.at, "2026-03-01T09:30:00.123456789Z");
  assert.equal(parseMoment("2026-03-01T09:30:00.500000000Z")?.at, "2026-03-01T09:30:00.5Z");
  assert.equal(parseMoment("2026-03-01T09:30:00.000Z")?.at, "2026-03-01T09:30:00Z");
});

test("a date or time that cannot be is no moment", () => {
  for (const raw of [
    "2026-02-31T09:30:00Z",
    "2025-02-29T09:30:00Z",
    "2026-13-01T09:30:00Z",
    "2026-00-10T09:30:00Z",
    "2026-03-01T24:00:00Z",
    "2026-03-01T25:00:00Z",
    "2026-03-01T09:60:00Z",
    "2026-03-01T09:30:60Z",
    "2026-03-01T09:30:00+15:00",
    "2026-03-01T09:30:00+01:60",
    "01/03/2026 09:30",
    "2026-03-01",
    "9.30 am",
    `2026-03-01T09:30:00Z${" ".repeat(64)}`,
    "",
  ])
    assert.equal(parseMoment(raw), undefined, raw);
});

test("a time whose instant falls outside the years 0000 to 9999 is no moment", () => {
  assert.equal(parseMoment("0000-01-01T00:00:00+14:00"), undefined);
  assert.equal(parseMoment("9999-12-31T23:59:59-14:00"), undefined);
  assert.equal(parseMoment("9999-12-31T23:59:59Z")?.at, "9999-12-31T23:59:59Z");
});

test("the instant is the wall clock less the offset", () => {
  fc.assert(
    fc.property(wallClocks, offsets, (wall, offset) => {
      const local = new Date(wall).toISOString().slice(0, 19);
      const moment = parseMoment(`${local}${offset.text}`);
      assert.equal(epochMs(moment), wall - offset.minutes * 60_000);
    }),
  );
});

test("what parseMoment makes of any text is valid and survives a second reading", () => {
  const texts = fc.oneof(
    fc.string({ maxLength: 80 }),
    fc.stringMatching(/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,9})?)? {0,40}(Z|[+-]\d\d:?\d\d)?$/),
  );
  fc.assert(
    fc.property(texts, fc.option(fc.string({ maxLength: 7 }), { nil: undefined }), (raw, senderDefault) => {
      const moment = parseMoment(raw, senderDefault);
      if (moment === undefined) return;
      assert.deepEqual(momentSchema.parse(moment), moment);
      assert.equal(moment.raw, raw);
      if (moment.at !== undefined) assert.equal(parseMoment(moment.at)?.at, moment.at);
    }),
    { numRuns: 300 },
  );
});

test("a clock's reading is a certain moment", () => {
  const moment = momentOf(1_772_357_400_123);
  assert.deepEqual(momentSchema.parse(moment), moment);
  assert.equal(epochMs(moment), 1_772_357_400_123);
});

test("the schema refuses an instant without a known zone, and a known zone without an instant", () => {
  assert.equal(momentSchema.safeParse({ raw: "x", zone: "none", at: "2026-03-01T09:30:00Z" }).success, false);
  assert.equal(momentSchema.safeParse({ raw: "x", zone: "stated" }).success, false);
  assert.equal(
    momentSchema.safeParse({ raw: "x", zone: "assumed", at: "2026-03-01T09:30:00Z" }).success,
    true,
  );
});

test("an instant is the same as the runtime reads it, also for dates that are not in the calendar and for no dates at all", () => {
  const two = fc.integer({ min: 0, max: 99 }).map(pad);
  const written = fc
    .tuple(
      fc.integer({ min: 0, max: 9999 }),
      two,
      two,
      two,
      two,
      two,
      fc.constantFrom("Z", "z", ".5Z", "", "x"),
    )
    .map(([y, m, d, h, min, s, end]) => `${String(y).padStart(4, "0")}-${m}-${d}T${h}:${min}:${s}${end}`);
  const near = wallClocks.map((at) => `${new Date(at).toISOString().slice(0, 19)}Z`);
  fc.assert(
    fc.property(fc.oneof(written, near, fc.string({ minLength: 18, maxLength: 22 })), (at) => {
      assert.equal(epochMs({ raw: at, at, zone: "stated" }), Date.parse(at));
    }),
    { numRuns: 2000 },
  );
});

test("a wall clock is the same whether its text is plain or has a space, a fraction or a zone", () => {
  fc.assert(
    fc.property(wallClocks, fc.constantFrom(".25", "Z", "+01:00", " "), (at, end) => {
      const plain = new Date(at).toISOString().slice(0, 19);
      assert.equal(wallClockOf({ raw: plain, zone: "none" }), at);
      assert.equal(wallClockOf({ raw: `${plain}${end}`, zone: "none" }), at);
    }),
  );
  for (const raw of [
    "2026-02-29T10:00:00",
    "2026-13-01T10:00:00",
    "2026-03-01T24:00:00",
    "2026-03-0xT10:00:00",
  ])
    assert.equal(wallClockOf({ raw, zone: "none" }), undefined, raw);
});
