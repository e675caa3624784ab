import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  aboutAddress,
  aboutFile,
  aFlag,
  assessed,
  attributableInput,
  daysAgo,
  exampleContext,
  exampleEvent,
  exampleFile,
  exampleReport,
  exampleSuspect,
  exampleVictim,
  TEST_NOW,
  warrantInput,
} from "../testing/index.ts";

const DAY_MS = 86_400_000;

describe("a report's level", () => {
  it("is L1 for metadata alone, says so, and asks for the content", () => {
    const { sufficiency } = assessed({
      report: exampleReport({ evidence: [] }),
      claims: [aboutAddress("access")],
      context: exampleContext(),
    });
    assert.equal(sufficiency.level, "L1");
    assert.ok(sufficiency.reasons.some(({ code }) => code === "level.metadata-alone"));
    assert.equal(sufficiency.wouldRaise[0]?.id, "send-file");
  });

  it("is L3 for a viewed file and an upload that can be resolved", () => {
    const { sufficiency } = assessed(attributableInput());
    assert.equal(sufficiency.level, "L3");
    assert.deepEqual(sufficiency.attributes, {
      offence: "O3",
      attribution: "A3",
      place: "P1",
      time: "T3",
      integrity: "I2",
    });
    assert.deepEqual(sufficiency.line, { evidence: exampleFile().id, person: "suspect-1" });
    assert.equal(sufficiency.wouldRaise[0]?.id, "resolve-two-events");
    assert.equal(sufficiency.wouldRaise[0].expectedLevel, "L4");
  });

  it("is L4 with a resolved, corroborated installation address, until the activity is stale", () => {
    const input = warrantInput();
    const { sufficiency } = assessed(input);
    assert.equal(sufficiency.level, "L4");
    assert.equal(sufficiency.clock?.id, "currency");
    const stale = assessed(input, TEST_NOW + 81 * DAY_MS).sufficiency;
    assert.equal(stale.level, "L3");
    assert.ok(stale.reasons.some(({ code }) => code === "level.not-current"));
    assert.equal(stale.wouldRaise[0]?.id, "recent-activity");
  });

  it("stays L4 when a strongly linked report shows newer activity", () => {
    const later = TEST_NOW + 81 * DAY_MS;
    const input = warrantInput();
    const context = exampleContext({ lastLinkedActivityAt: new Date(later - 5 * DAY_MS).toISOString() });
    assert.equal(assessed({ ...input, context }, later).sufficiency.level, "L4");
    const future = exampleContext({ lastLinkedActivityAt: new Date(later + 5 * DAY_MS).toISOString() });
    assert.equal(assessed({ ...input, context: future }, later).sufficiency.level, "L3");
  });

  it("is a safeguarding L2 for a known child and content, with nobody to point to", () => {
    const report = exampleReport({ persons: [exampleVictim()] });
    const { sufficiency } = assessed({ report, claims: [], context: exampleContext() });
    assert.equal(sufficiency.level, "L2");
    assert.equal(sufficiency.attributes.attribution, "A0");
    assert.equal(sufficiency.safeguard, true);
  });

  it("is L0 for content that points to nobody, and asks who is behind it", () => {
    const { sufficiency } = assessed({
      report: exampleReport({ persons: [] }),
      claims: [],
      context: exampleContext(),
    });
    assert.equal(sufficiency.level, "L0");
    assert.deepEqual(
      sufficiency.wouldRaise
        .slice(0, 2)
        .map(({ id }) => id)
        .sort(),
      ["account-record", "identify-victim"],
    );
  });
});

describe("the next best request", () => {
  const first = (
    parts: Parameters<typeof exampleEvent>[0],
    network: Parameters<typeof aboutAddress>[0] = "access",
  ) => {
    const { report, context } = attributableInput();
    const persons = [exampleSuspect({ events: [exampleEvent(parts)] })];
    return assessed({ report: { ...report, persons }, claims: [aboutAddress(network)], context }).sufficiency
      .wouldRaise[0];
  };

  it("asks a carrier's customer's port of the provider", () => {
    const best = first({}, "carrier-nat");
    assert.equal(best?.id, "source-port");
    assert.deepEqual([best.from, best.to, best.expectedLevel], ["A2", "A3", "L3"]);
    assert.deepEqual(best.because, ["attribution.port-missing"]);
  });

  it("asks for the zone where only the zone is missing, and for all at once where more is", () => {
    assert.equal(first({ moment: { raw: "2026-11-12T12:00:00", zone: "none" } })?.id, "time-zone");
    assert.equal(
      first({ moment: { raw: "2026-11-12T12:00:00", zone: "none" } }, "carrier-nat")?.id,
      "complete-event",
    );
  });

  it("asks for other events where the network hides its user, and for the upload where only a login is known", () => {
    assert.equal(first({}, "vpn")?.id, "outside-the-vpn");
    assert.equal(first({ kind: "login" })?.id, "event-address");
  });

  it("asks first for what gives most: newer activity for L4 rather than a kept time for L3", () => {
    const { wouldRaise, level } = assessed(warrantInput(), TEST_NOW + 400 * DAY_MS).sufficiency;
    assert.equal(level, "L2");
    assert.deepEqual(
      wouldRaise.slice(0, 2).map(({ id, expectedLevel }) => [id, expectedLevel]),
      [
        ["recent-activity", "L4"],
        ["later-events", "L3"],
      ],
    );
  });

  it("looks an address up before it asks anybody", () =>
    assert.equal(first({}, "unknown")?.id, "look-up-network"));

  it("asks trained staff to view a file that nobody has viewed", () => {
    const { claims, context } = attributableInput();
    const best = assessed({ report: exampleReport(), claims, context }).sufficiency.wouldRaise[0];
    assert.equal(best?.id, "view-file");
    assert.equal(best.expectedLevel, "L3");
  });

  it("asks for the original where the content differs from its declared hash", () => {
    const { report, claims, context } = attributableInput();
    const evidence = [exampleFile({ declaredHashes: [{ algorithm: "MD5", value: "9".repeat(32) }] })];
    const best = assessed({ report: { ...report, evidence }, claims, context }).sufficiency.wouldRaise[0];
    assert.equal(best?.id, "send-original");
  });

  it("has nothing left to ask at L4", () =>
    assert.deepEqual(assessed(warrantInput()).sufficiency.wouldRaise, []));
});

describe("what is unknown", () => {
  it("is listed, and is neither yes nor no", () => {
    const { sufficiency } = assessed({ report: exampleReport(), claims: [], context: exampleContext() });
    const codes = new Set(sufficiency.unknown.map(({ code }) => code));
    for (const code of [
      "offence.content-unviewed",
      "attribution.network-unknown",
      "place.unknown",
      "victim.unknown",
    ])
      assert.ok(codes.has(code), code);
  });

  it("does not fill the page with ten thousand equal reasons", () => {
    const events = Array.from({ length: 2000 }, (_, index) =>
      exampleEvent({ kind: "login", moment: daysAgo(10.001 + index / 100) }),
    );
    const report = exampleReport({
      persons: [exampleSuspect({ events })],
      claims: [aboutFile(aFlag("viewed-in-full"))],
    });
    const { sufficiency } = assessed({ report, claims: [aboutAddress("access")], context: exampleContext() });
    assert.ok(sufficiency.graded.attribution.holds.length <= 8);
    assert.ok(JSON.stringify(sufficiency).length < 40_000);
  });
});
