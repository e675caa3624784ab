import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { momentSchema } from "./moment.ts";
import { readInZone, zoneClock } from "./zone-clock.ts";

const london = zoneClock("Europe/London");
const wall = (text: string) => Date.parse(`${text}Z`);
const shown = (clock: typeof london, text: string) =>
  clock.instantsOf(wall(text)).map((at) => new Date(at).toISOString().slice(0, 19));

test("an hour that clocks show twice has two instants", () => {
  assert.deepEqual(shown(london, "2025-10-26T01:30:00"), ["2025-10-26T00:30:00", "2025-10-26T01:30:00"]);
  assert.deepEqual(shown(london, "2025-10-26T00:59:59"), ["2025-10-25T23:59:59"]);
  assert.deepEqual(shown(london, "2025-10-26T02:00:00"), ["2025-10-26T02:00:00"]);
  assert.equal(shown(zoneClock("America/New_York"), "2025-11-02T01:15:00").length, 2);
});

test("an hour that clocks skip has none", () => {
  assert.deepEqual(shown(london, "2026-03-29T01:00:00"), []);
  assert.deepEqual(shown(london, "2026-03-29T01:59:59"), []);
  assert.deepEqual(shown(london, "2026-03-29T00:59:59"), ["2026-03-29T00:59:59"]);
  assert.deepEqual(shown(london, "2026-03-29T02:00:00"), ["2026-03-29T01:00:00"]);
});

test("zones that change by half an hour, four times a year, or by a whole day are read as they are", () => {
  assert.equal(shown(zoneClock("Australia/Lord_Howe"), "2026-04-05T01:45:00").length, 2);
  assert.equal(shown(zoneClock("Australia/Lord_Howe"), "2026-04-05T01:15:00").length, 1);
  // Morocco leaves its summer time for Ramadan: clocks went back on 15 February 2026 at 03:00.
  assert.equal(shown(zoneClock("Africa/Casablanca"), "2026-02-15T02:30:00").length, 2);
  // Samoa crossed the date line: it had no 30 December 2011.
  assert.deepEqual(shown(zoneClock("Pacific/Apia"), "2011-12-30T12:00:00"), []);
  assert.deepEqual(shown(zoneClock("Pacific/Kiritimati"), "2026-01-01T00:30:00"), ["2025-12-31T10:30:00"]);
});

test("every instant is among the instants of what the clocks show at it", () => {
  const zones = [
    "Europe/London",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
  ];
  const clocks = zones.map((zone) => zoneClock(zone));
  fc.assert(
    fc.property(
      fc.integer({ min: wall("2012-01-02T00:00:00") / 1000, max: wall("2037-01-01T00:00:00") / 1000 }),
      fc.constantFrom(...clocks),
      (second, clock) => {
        const at = second * 1000;
        const parts = new Intl.DateTimeFormat("sv-SE", {
          timeZone: clock.zone,
          dateStyle: "short",
          timeStyle: "medium",
        }).format(at);
        const found = clock.instantsOf(wall(parts.replace(" ", "T")));
        assert.ok(found.includes(at), `${clock.zone} ${parts}`);
        assert.ok(found.length <= 2);
        assert.equal(clock.shownAt(at), wall(parts.replace(" ", "T")));
      },
    ),
    { numRuns: 300 },
  );
});

test("a name that is no zone is refused", () => {
  assert.throws(() => zoneClock("Europe/Nowhere"), RangeError);
});

test("a declared zone gives a time its instant, and its source is named", () => {
  assert.deepEqual(readInZone("2026-07-01T12:00:00.250", london, "sender-default"), {
    raw: "2026-07-01T12:00:00.250",
    at: "2026-07-01T11:00:00.25Z",
    zone: "sender-default",
  });
  assert.equal(readInZone("2026-07-01T12:00:00", london, "assumed")?.zone, "assumed");
  assert.equal(readInZone("2026-07-01T12:00:00+02:00", london, "sender-default")?.at, "2026-07-01T10:00:00Z");
});

test("an hour shown twice or never has no instant in its zone, and none is chosen", () => {
  for (const raw of ["2025-10-26T01:30:00", "2026-03-29T01:30:00"]) {
    assert.deepEqual(readInZone(raw, london, "sender-default"), { raw, zone: "none" });
  }
});

test("what is read in a zone is a valid moment", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date("1990-01-01"), max: new Date("2037-01-01"), noInvalidDate: true }),
      (date) => {
        const moment = readInZone(date.toISOString().slice(0, 23), london, "sender-default");
        assert.ok(moment !== undefined);
        assert.deepEqual(momentSchema.parse(moment), moment);
      },
    ),
  );
});
