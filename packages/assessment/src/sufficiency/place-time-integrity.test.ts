import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Claim, Evidence, Place, Report } from "@fairlead/report";
import {
  aboutAddress,
  aboutSuspect,
  ANALYST,
  assessed,
  daysAgo,
  exampleContext,
  exampleEvent,
  exampleFile,
  exampleReport,
  exampleSuspect,
  SENDER,
  TEST_NOW,
} from "../testing/index.ts";

const sufficiency = (
  parts: Partial<Report>,
  claims: Claim[] = [],
  context = exampleContext(),
  now = TEST_NOW,
) => assessed({ report: exampleReport(parts), claims, context }, now).sufficiency;
const place = (parts: Partial<Place>, report: Partial<Report> = {}) =>
  sufficiency({
    persons: [
      exampleSuspect({
        places: [{ basis: "declared", addressKind: "unknown", verified: "unknown", ...parts }],
      }),
    ],
    ...report,
  }).graded.place;
const codes = ({ holds }: { holds: readonly { code: string }[] }) => holds.map(({ code }) => code);
const resolution = (parts: object = {}, source = ANALYST) =>
  aboutSuspect(
    {
      kind: "resolution",
      events: 2,
      addressKind: "installation",
      postcode: "LS1 1UR",
      country: "GB",
      corroborated: false,
      ...parts,
    },
    source,
  );

describe("place", () => {
  it("is P0 where nobody says anything", () => assert.equal(sufficiency({}).attributes.place, "P0"));
  it("is P1 for a declared country", () => assert.equal(place({ country: "GB" }).value, "P1"));
  it("is P1 for a network table's country", () =>
    assert.equal(sufficiency({}, [aboutAddress("access")]).attributes.place, "P1"));
  it("is P0 for the country of a VPN", () =>
    assert.equal(sufficiency({}, [aboutAddress("vpn")]).attributes.place, "P0"));
  it("is P2 for a declared postcode or town", () => {
    assert.equal(place({ postcode: "LS1 1UR" }).value, "P2");
    assert.equal(place({ city: "Leeds", country: "GB" }).value, "P2");
  });
  it("is P3 for an operator's answer with an installation address and postcode", () =>
    assert.equal(sufficiency({}, [resolution()]).attributes.place, "P3"));

  it("is held at P1 by geolocation, however precise it looks", () => {
    const result = place({
      basis: "estimated",
      city: "Leeds",
      region: "West Yorkshire",
      postcode: "LS1 1UR",
      country: "GB",
    });
    assert.equal(result.value, "P1");
    assert.ok(codes(result).includes("place.geolocation-only"));
  });

  it("is held at P2 by a billing address, and at P1 by an answer without a postcode", () => {
    const billing = sufficiency({}, [resolution({ addressKind: "billing" })]).graded.place;
    assert.equal(billing.value, "P2");
    assert.ok(codes(billing).includes("place.not-installation"));
    const bare = sufficiency({}, [resolution({ postcode: undefined })]).graded.place;
    assert.equal(bare.value, "P1");
    assert.ok(codes(bare).includes("place.postcode-missing"));
  });

  it("is P2 at most when the sender itself says that an address is resolved", () => {
    const resolved = {
      basis: "resolved",
      addressKind: "installation",
      postcode: "LS1 1UR",
      country: "GB",
    } as const;
    assert.equal(place(resolved).value, "P2");
    assert.equal(
      place(resolved, { sender: { kind: "peer", id: "agency", name: "Example Agency" } }).value,
      "P3",
    );
    assert.equal(sufficiency({}, [resolution({}, SENDER)]).attributes.place, "P1");
  });
});

describe("time", () => {
  const at = (
    parts: Parameters<typeof exampleEvent>[0],
    more: Partial<Report> = {},
    context = exampleContext(),
  ) => sufficiency({ persons: [exampleSuspect({ events: [exampleEvent(parts)] })], ...more }, [], context);

  it("is T3 for an exact event inside the network's window, with the days left", () => {
    const { graded, clock } = at({ moment: daysAgo(355) });
    assert.equal(graded.time.value, "T3");
    assert.deepEqual(
      [clock?.id, clock?.daysLeft, clock?.path],
      ["gb-network", 10, "/report/persons/0/events/0/moment"],
    );
  });

  it("is T2 for an exact event outside the window", () => {
    const { graded, clock } = at({ moment: daysAgo(396) });
    assert.equal(graded.time.value, "T2");
    assert.ok(codes(graded.time).includes("time.window-passed"));
    assert.equal(clock, undefined);
  });

  const ambiguous: [string, string, Parameters<typeof exampleEvent>[0]][] = [
    ["time.zone-missing", "a time without a zone", { moment: { raw: "2026-11-12T12:00:00", zone: "none" } }],
    [
      "time.zone-assumed",
      "an assumed zone",
      { moment: { raw: "2026-11-12T12:00:00", at: "2026-11-12T12:00:00Z", zone: "assumed" } },
    ],
    ["time.meaning-unknown", "an event of unknown kind", { kind: "unknown" }],
    ["time.in-future", "a time that has not happened", { moment: daysAgo(-1) }],
  ];
  for (const [code, what, parts] of ambiguous)
    it(`is held at T1 by ${what}`, () => {
      const { graded } = at(parts);
      assert.equal(graded.time.value, "T1");
      assert.ok(codes(graded.time).includes(code));
    });

  it("is T1 for an incident time that the sender does not explain, and T3 for one that it does", () => {
    const incident = exampleReport().incident;
    const persons = [exampleSuspect({ events: [] })];
    assert.equal(sufficiency({ persons }).attributes.time, "T1");
    assert.equal(
      sufficiency({ persons, incident: { ...incident, occurredMeaning: "upload" } }).attributes.time,
      "T3",
    );
  });

  it("runs the provider's clock from its own report, however old the incident is", () => {
    const reported = (days: number) => {
      const receivedAt = new Date(TEST_NOW - days * 86_400_000).toISOString();
      return exampleContext({ receivedAt, firstReportedAt: receivedAt });
    };
    const parts = {
      persons: [exampleSuspect({ events: [] })],
      evidence: [exampleFile({ uploadedAt: daysAgo(1100) })],
      incident: { ...exampleReport().incident, occurred: daysAgo(401) },
    };
    const { attributes, clock } = sufficiency(parts, [], reported(100));
    assert.equal(attributes.time, "T3");
    assert.equal(clock?.daysLeft, 265);
    const unknown = { ...reported(100), firstReportedAt: undefined };
    assert.equal(sufficiency(parts, [], unknown).attributes.time, "T2");
    assert.equal(sufficiency(parts, [], reported(400)).attributes.time, "T2");
  });

  it("is T2 for an event without an address: it names nothing that a network or a provider could be asked for", () => {
    assert.equal(at({ ip: undefined }).attributes.time, "T2");
    assert.equal(at({ ip: { raw: "10.0.0.1", address: "10.0.0.1" } }).attributes.time, "T2");
  });

  it("counts a network's clock by the newest event and names the clock that ends first", () => {
    const persons = [
      exampleSuspect({
        events: [exampleEvent({ moment: daysAgo(360) }), exampleEvent({ moment: daysAgo(300) })],
      }),
    ];
    const evidence = [exampleFile({ uploadedAt: daysAgo(300) })];
    const { clock, clocks } = sufficiency({ persons, evidence });
    assert.equal(clocks.length, 2);
    assert.deepEqual([clock?.id, clock?.daysLeft], ["gb-network", 65]);
  });

  it("asks for preservation when few days are left", () => {
    assert.deepEqual(
      at({ moment: daysAgo(355) }).wouldHold.map(({ id }) => id),
      ["preserve"],
    );
    assert.deepEqual(at({ moment: daysAgo(10) }).wouldHold, []);
  });
});

describe("integrity", () => {
  const integrity = (
    parts: { [Key in keyof Evidence]?: Evidence[Key] | undefined },
    context = exampleContext(),
  ) => sufficiency({ evidence: [exampleFile(parts)] }, [], context).graded.integrity;
  const same = [{ algorithm: "MD5", value: "A".repeat(32) }];

  it("is I0 where nothing was received", () => assert.equal(integrity({ received: undefined }).value, "I0"));
  it("is I1 for content that differs from its declared hash", () => {
    const result = integrity({ declaredHashes: [...same, { algorithm: "sha-1", value: "9".repeat(40) }] });
    assert.equal(result.value, "I1");
    assert.deepEqual(codes(result), ["integrity.hash-differs"]);
  });
  it("is I1 from a sender that was not authenticated, and when custody is broken", () => {
    assert.equal(integrity({}, exampleContext({ senderAuthenticated: false })).value, "I1");
    assert.equal(integrity({}, exampleContext({ custody: "broken" })).value, "I1");
  });
  it("is I2 when the hash was recorded at receipt", () => assert.equal(integrity({}).value, "I2"));
  it("is I3 when the declared original hash agrees and every hand-off was signed", () => {
    assert.equal(integrity({ declaredHashes: same }).value, "I3");
    assert.equal(integrity({ declaredHashes: same }, exampleContext({ handOffs: "unknown" })).value, "I2");
  });
  it("leaves hashes that it did not measure out of account", () =>
    assert.equal(integrity({ declaredHashes: [{ algorithm: "PhotoDNA", value: "1,2,3" }] }).value, "I2"));
});
