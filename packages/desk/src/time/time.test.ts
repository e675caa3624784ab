import assert from "node:assert/strict";
import { suite, test } from "node:test";
import * as fc from "fast-check";
import { formatInstant } from "./instant.ts";
import { nearness, timeAgo, timeLeft } from "./left.ts";
import { statedTime } from "./stated-time.ts";

const NOW = Date.parse("2026-03-14T12:00:00Z");
const later = (ms: number) => new Date(NOW + ms).toISOString();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

suite("instants", () => {
  test("always say UTC", () => {
    assert.equal(formatInstant("2026-03-14T09:05:00.000Z"), "14 Mar 2026, 09:05 UTC");
  });

  test("keep every digit of a second that was stated", () => {
    assert.equal(formatInstant("2026-03-14T09:05:33.120456Z", "second"), "14 Mar 2026, 09:05:33.120456 UTC");
    assert.equal(formatInstant("2026-03-14T09:05:33.120Z", "second"), "14 Mar 2026, 09:05:33.12 UTC");
    assert.equal(formatInstant("2026-03-14T09:05:33.000Z", "second"), "14 Mar 2026, 09:05:33 UTC");
  });

  test("a text that is not a UTC instant is shown as it stands", () => {
    for (const text of ["14/03/2026 09:05", "2026-03-14T09:05:00+01:00", "2026-03-14T09:05:00", ""])
      assert.equal(formatInstant(text), text);
  });

  test("agree with the platform's own calendar", () => {
    const months = new Intl.DateTimeFormat("en-US", { month: "short", timeZone: "UTC" });
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("2199-12-31"), noInvalidDate: true }), (date) => {
        const iso = date.toISOString();
        const expected = `${date.getUTCDate()} ${months.format(date)} ${date.getUTCFullYear()}, ${iso.slice(11, 16)} UTC`;
        assert.equal(formatInstant(iso), expected);
      }),
    );
  });
});

suite("time left", () => {
  test("is rounded down", () => {
    assert.equal(timeLeft(later(4 * DAY - 1), NOW), "3 days left");
    assert.equal(timeLeft(later(DAY + 4 * HOUR), NOW), "1 day 4 h left");
    assert.equal(timeLeft(later(2 * DAY), NOW), "2 days left");
    assert.equal(timeLeft(later(20 * HOUR + 59 * MINUTE), NOW), "20 hours left");
    assert.equal(timeLeft(later(90 * MINUTE), NOW), "1 h 30 min left");
    assert.equal(timeLeft(later(HOUR), NOW), "1 hour left");
    assert.equal(timeLeft(later(MINUTE), NOW), "1 min left");
    assert.equal(timeLeft(later(1), NOW), "under a minute left");
  });

  test("says that a clock has ended, and when", () => {
    assert.equal(timeLeft(later(0), NOW), "ended under a minute ago");
    assert.equal(timeLeft(later(-2 * DAY), NOW), "ended 2 days ago");
  });

  test("an instant that is ahead of this computer's clock was just now", () => {
    assert.equal(timeAgo(later(5 * MINUTE), NOW), "just now");
    assert.equal(timeAgo(later(-17 * MINUTE), NOW), "17 min ago");
    assert.equal(timeAgo(later(-(HOUR + 59 * MINUTE)), NOW), "1 hour ago");
    assert.equal(timeAgo(later(-(DAY + 23 * HOUR)), NOW), "1 day ago");
  });

  test("is near within a day and soon within a fortnight", () => {
    assert.equal(nearness(later(0), NOW), "over");
    assert.equal(nearness(later(DAY - 1), NOW), "today");
    assert.equal(nearness(later(DAY), NOW), "soon");
    assert.equal(nearness(later(14 * DAY - 1), NOW), "soon");
    assert.equal(nearness(later(14 * DAY), NOW), "far");
  });
});

suite("stated times", () => {
  test("show the instant, how the zone is known, and the sender's own text", () => {
    const moment = {
      raw: "2026-03-14T22:05:33+01:00",
      at: "2026-03-14T21:05:33Z",
      zone: "stated",
      offset: "+01:00",
    };
    assert.deepEqual(statedTime(moment), {
      text: "14 Mar 2026, 21:05:33 UTC",
      how: "Zone +01:00, stated in the time itself",
      certain: true,
      at: "2026-03-14T21:05:33Z",
      raw: "2026-03-14T22:05:33+01:00",
    });
  });

  test("a time without a zone is never shown as an instant", () => {
    const { text, how, certain, at } = statedTime({ raw: "14/03/2026 09:05", zone: "none" });
    assert.equal(text, "14/03/2026 09:05");
    assert.equal(how, "No zone stated: the hour is not certain");
    assert.equal(certain, false);
    assert.equal(at, undefined);
  });

  test("an assumed zone is not certain", () => {
    const moment = { raw: "2026-03-14 09:05", at: "2026-03-14T09:05:00Z", zone: "assumed", offset: "Z" };
    assert.equal(statedTime(moment).certain, false);
  });

  test("a zone by the sender's default says so", () => {
    const moment = {
      raw: "2026-03-14T09:05:00",
      at: "2026-03-14T09:05:00Z",
      zone: "sender-default",
      offset: "Z",
    };
    assert.match(statedTime(moment).how, /sender’s declared default/);
  });
});
