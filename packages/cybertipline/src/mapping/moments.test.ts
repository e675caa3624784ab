import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { momentSchema } from "@fairlead/report";
import * as fc from "fast-check";
import { readDateTime } from "../document/date-time.ts";
import { DATE_TIME } from "../schema/simple-types.ts";
import { element } from "../testing/arbitrary.ts";
import { fromMoment, toMoment } from "./moments.ts";

const time = element({
  kind: "element",
  name: "t",
  type: DATE_TIME,
  required: true,
  repeats: false,
}) as fc.Arbitrary<string>;

describe("a time of the wire", () => {
  it("is a moment that the report's schema takes and that names the same instant, or none", () => {
    fc.assert(
      fc.property(time, (text) => {
        const moment = toMoment(text);
        momentSchema.parse(moment);
        const reading = readDateTime(text);
        assert.ok(reading);
        assert.equal(moment.zone, moment.at === undefined ? "none" : "stated");
        if (moment.at === undefined) return;
        assert.equal(Math.floor(Date.parse(moment.at)), reading.epochMilliseconds);
      }),
    );
  });

  it("comes back as it was sent", () => {
    fc.assert(
      fc.property(time, (text) => {
        assert.deepEqual(fromMoment(toMoment(text)), { text, exact: true });
      }),
    );
  });

  it("keeps its instant where only XML Schema knows such a time", () => {
    assert.deepEqual(toMoment("2026-01-01T24:00:00+01:00"), {
      raw: "2026-01-01T24:00:00+01:00",
      at: "2026-01-01T23:00:00.000Z",
      zone: "stated",
      offset: "+01:00",
    });
    assert.deepEqual(toMoment("-2026-01-01T00:00:00Z"), { raw: "-2026-01-01T00:00:00Z", zone: "none" });
    const long = toMoment(`2026-01-01T00:00:00.${"1".repeat(60)}Z`);
    assert.deepEqual([long.raw, long.at], ["2026-01-01T00:00:00.111111111Z", "2026-01-01T00:00:00.111Z"]);
  });
});

describe("a moment", () => {
  it("goes onto the wire with the zone it has, and says when the wire cannot say how the zone is known", () => {
    const at = "2026-01-01T00:00:00Z";
    assert.deepEqual(fromMoment({ raw: "1 January 2026", at, zone: "stated", offset: "Z" }), {
      text: at,
      exact: true,
    });
    assert.deepEqual(
      fromMoment({ raw: "2026-01-01T01:00:00", at, zone: "sender-default", offset: "+01:00" }),
      { text: at, exact: false },
    );
    assert.deepEqual(fromMoment({ raw: "2026-01-01T01:00:00", at, zone: "assumed" }), {
      text: at,
      exact: false,
    });
    assert.deepEqual(fromMoment({ raw: "2026-01-01T01:00:00", zone: "none" }), {
      text: "2026-01-01T01:00:00",
      exact: true,
    });
    assert.equal(fromMoment({ raw: "yesterday", zone: "none" }), undefined);
  });
});
