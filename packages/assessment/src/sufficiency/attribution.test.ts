import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Claim, Event, Person, Report } from "@fairlead/report";
import {
  aboutAddress,
  aboutReport,
  aboutSuspect,
  aFlag,
  ANALYST,
  assessed,
  daysAgo,
  exampleContext,
  exampleEvent,
  exampleFile,
  exampleIdentifier,
  exampleReport,
  exampleSuspect,
  SENDER,
  TABLE,
  warrantInput,
} from "../testing/index.ts";

const attribution = (
  suspect: Partial<Person>,
  claims: Claim[] = [aboutAddress("access")],
  parts: Partial<Report> = {},
) =>
  assessed({
    report: exampleReport({ persons: [exampleSuspect(suspect)], ...parts }),
    claims,
    context: exampleContext(),
  }).sufficiency.graded.attribution;
const event = (parts: { [Key in keyof Event]?: Event[Key] | undefined }, claims?: Claim[]) =>
  attribution({ identifiers: [], events: [exampleEvent(parts)] }, claims);
const only = (...made: Parameters<typeof exampleIdentifier>) =>
  attribution({ identifiers: [exampleIdentifier(...made)], events: [] });
const codes = ({ holds }: { holds: readonly { code: string }[] }) => holds.map(({ code }) => code);

describe("attribution by handles", () => {
  const table: [string, string, Parameters<typeof exampleIdentifier>][] = [
    ["A1", "a user name", ["screen-name", "blue-kite", { platform: "Example Chat" }]],
    ["A2", "an account", ["account", "1000001", { platform: "Example Chat" }]],
    ["A2", "an unverified telephone number", ["phone", "+44 7700 900123"]],
    ["A2", "a verified e-mail address", ["email", "kite@example.com", { verified: "yes" }]],
    ["A2", "a device number that can be reset", ["device", "6d92078a82464ba4", { label: "IDFA" }]],
    ["A2", "an IMEI whose check digit is wrong", ["device", "490154203237519", { label: "IMEI" }]],
    ["A3", "a verified telephone number", ["phone", "+44 7700 900123", { verified: "yes" }]],
    ["A3", "a means of payment", ["payment", "tok_example_1", { label: "Example Pay" }]],
    ["A3", "an IMEI", ["device", "49 015420 323751 8", { label: "imei" }]],
    ["A0", "a group", ["group", "kite-flyers"]],
  ];
  for (const [value, what, made] of table)
    it(`is ${value} for ${what}`, () => assert.equal(only(...made).value, value));

  it("is A1 for a name and A0 for nothing", () => {
    assert.equal(attribution({ identifiers: [], events: [], lastName: "Example" }).value, "A1");
    assert.equal(attribution({ identifiers: [], events: [] }).value, "A0");
  });

  it("does not count a verified telephone number of a compromised account", () => {
    const phone = exampleIdentifier("phone", "+44 7700 900123", { verified: "yes" });
    const result = attribution({ identifiers: [phone], events: [] }, [
      aboutSuspect(aFlag("compromised-account")),
    ]);
    assert.equal(result.value, "A2");
    assert.deepEqual(codes(result), ["attribution.account-compromised"]);
  });

  it("counts an associated person's handles as a lead and no more", () => {
    const parent: Person = {
      ...exampleSuspect(),
      key: "associated-1" as Person["key"],
      role: "associated",
      identifiers: [exampleIdentifier("phone", "+44 7700 900123", { verified: "yes" })],
      events: [],
      associatedWith: { key: exampleSuspect().key, how: "billing" },
    };
    const persons = [exampleSuspect({ identifiers: [], events: [] }), parent];
    assert.equal(attribution({}, [], { persons }).value, "A2");
  });
});

describe("attribution by address", () => {
  it("is A3 for an upload with second and zone from an access network inside its window", () => {
    assert.equal(event({}).value, "A3");
    assert.equal(event({ kind: "send" }).value, "A3");
  });

  const held: [string, string, Parameters<typeof event>[0], Claim[]?][] = [
    ["attribution.login-address", "a login", { kind: "login" }],
    ["attribution.event-unknown", "an event of unknown kind", { kind: "unknown" }],
    ["attribution.time-missing", "an event without a time", { moment: undefined }],
    [
      "attribution.zone-missing",
      "a time without a zone",
      { moment: { raw: "2026-11-12T12:00:00", zone: "none" } },
    ],
    [
      "attribution.zone-assumed",
      "an assumed zone",
      { moment: { raw: "2026-11-12T12:00:00", at: "2026-11-12T12:00:00Z", zone: "assumed" } },
    ],
    [
      "attribution.second-missing",
      "a time without seconds",
      { moment: { ...daysAgo(10), raw: "2026-11-12T12:00Z" } },
    ],
    ["attribution.time-in-future", "a time that has not happened", { moment: daysAgo(-1) }],
    ["attribution.window-passed", "an event of thirteen months ago", { moment: daysAgo(396) }],
    ["attribution.proxy-stated", "a stated proxy", { possibleProxy: true }],
    ["attribution.network-unknown", "an address that no table knows", {}, []],
    [
      "attribution.network-unknown",
      "an access network on the sender's word",
      {},
      [aboutAddress("access", { source: SENDER })],
    ],
    [
      "attribution.port-missing",
      "a carrier's shared address without a port",
      {},
      [aboutAddress("carrier-nat")],
    ],
    ["attribution.network-hides", "a VPN", {}, [aboutAddress("vpn")]],
    ["attribution.network-hides", "a Tor exit", {}, [aboutAddress("tor")]],
    ["attribution.network-hides", "a hosting network", {}, [aboutAddress("hosting")]],
    [
      "attribution.network-hides",
      "an access network that another table calls a VPN",
      {},
      [aboutAddress("access"), aboutAddress("vpn", { source: SENDER })],
    ],
    [
      "attribution.country-unknown",
      "a network of unknown country",
      {},
      [aboutAddress("access", { country: "" })],
    ],
    [
      "attribution.country-unknown",
      "tables that disagree on the country",
      {},
      [aboutAddress("access"), aboutAddress("access", { country: "IE" })],
    ],
    [
      "attribution.window-unknown",
      "a country without a window on file",
      {},
      [aboutAddress("access", { country: "IE" })],
    ],
  ];
  for (const [code, what, parts, claims] of held)
    it(`is held at A2 by ${what}`, () => {
      const result = event(parts, claims);
      assert.equal(result.value, "A2");
      assert.deepEqual(codes(result), [code]);
    });

  it("takes a carrier's shared address with a port, and an IPv6 address without one", () => {
    assert.equal(event({ port: 40_000 }, [aboutAddress("carrier-nat")]).value, "A3");
    const v6 = { ip: { raw: "2001:db8:1:2::3", address: "2001:db8:1:2::3" } };
    assert.equal(event(v6, [aboutAddress("carrier-nat", { address: "2001:db8:1:2::3" })]).value, "A3");
  });

  it("finds the network of an address however the claim writes it", () => {
    const ip = { raw: "2001:DB8:1:2:0:0:0:3", address: "2001:db8:1:2::3" };
    assert.equal(event({ ip }, [aboutAddress("access", { address: "2001:0db8:0001:0002::3" })]).value, "A3");
  });

  it("takes nothing from a private address or from text that is no address", () => {
    assert.equal(event({ ip: { raw: "10.0.0.1", address: "10.0.0.1" } }).value, "A0");
    const unreadable = event({ ip: { raw: "192.0.2.010" } });
    assert.equal(unreadable.value, "A0");
    assert.ok(codes(unreadable).includes("attribution.address-unreadable"));
  });

  it("reads the window's last day by the calendar: twelve months to the second", () => {
    const claims = [aboutAddress("access")];
    // Reported in time, and looked at a year later: an event a year older than its report would be a doubt of its own.
    const receivedAt = "2025-12-01T08:00:00Z";
    const input = (at: string) => ({
      report: exampleReport({
        incident: { ...exampleReport().incident, occurred: { raw: at, at, zone: "stated", offset: "Z" } },
        persons: [
          exampleSuspect({
            identifiers: [],
            events: [exampleEvent({ moment: { raw: at, at, zone: "stated", offset: "Z" } })],
          }),
        ],
      }),
      claims,
      context: exampleContext({ receivedAt, firstReportedAt: receivedAt }),
    });
    const lastSecond = Date.parse("2026-11-12T11:59:59Z");
    assert.equal(
      assessed(input("2025-11-12T12:00:00Z"), lastSecond).sufficiency.attributes.attribution,
      "A3",
    );
    assert.equal(
      assessed(input("2025-11-12T12:00:00Z"), lastSecond + 1000).sufficiency.attributes.attribution,
      "A2",
    );
  });

  it("gives the uploader of a file to the only suspect, and to nobody among several", () => {
    const evidence = [exampleFile({ events: [exampleEvent()] })];
    const bare = exampleSuspect({ identifiers: [], events: [] });
    const persons = [bare, { ...bare, key: "suspect-2" as Person["key"] }];
    const one = assessed({
      report: exampleReport({ persons: [bare], evidence }),
      claims: [aboutAddress("access")],
      context: exampleContext(),
    });
    assert.equal(one.sufficiency.attributes.attribution, "A3");
    assert.equal(one.sufficiency.line.person, bare.key);
    const two = assessed({
      report: exampleReport({ persons, evidence }),
      claims: [aboutAddress("access")],
      context: exampleContext(),
    });
    assert.equal(two.sufficiency.attributes.attribution, "A3");
    assert.equal(two.sufficiency.line.person, undefined);
  });
});

describe("attribution by an operator's answer", () => {
  const input = warrantInput();
  const answer = (parts: object, source = ANALYST, more: Claim[] = []): Claim[] => [
    aboutAddress("access"),
    aboutSuspect(
      {
        kind: "resolution",
        events: 2,
        addressKind: "installation",
        postcode: "LS1 1UR",
        country: "GB",
        corroborated: true,
        ...parts,
      },
      source,
    ),
    ...more,
  ];
  const resolved = (claims: Claim[], report = input.report) =>
    assessed({ report, claims, context: input.context }).sufficiency.graded.attribution;

  it("is A4 for two independent facts that resolve to one installation address, corroborated", () => {
    assert.equal(resolved(answer({})).value, "A4");
    assert.equal(
      resolved([aboutAddress("access"), { ...answer({})[1]!, about: { kind: "report" } }]).value,
      "A4",
    );
  });

  const held: [string, string, Claim[]][] = [
    ["attribution.not-resolved", "no answer", [aboutAddress("access")]],
    ["attribution.not-installation", "a billing address", answer({ addressKind: "billing" })],
    ["attribution.one-event-resolved", "one event only", answer({ events: 1 })],
    ["attribution.not-corroborated", "no corroboration", answer({ corroborated: false })],
    ["attribution.resolution-by-sender", "the sender's own word", answer({}, SENDER)],
    ["attribution.resolution-by-sender", "a list", answer({}, TABLE)],
    [
      "attribution.resolutions-disagree",
      "two answers with different places",
      [
        ...answer({}),
        aboutSuspect(
          {
            kind: "resolution",
            events: 2,
            addressKind: "installation",
            postcode: "YO1 7HH",
            country: "GB",
            corroborated: true,
          },
          ANALYST,
        ),
      ],
    ],
  ];
  for (const [code, what, claims] of held)
    it(`is held at A3 by ${what}`, () => {
      const result = resolved(claims);
      assert.equal(result.value, "A3");
      assert.ok(codes(result).includes(code), codes(result).join(" "));
    });

  it("asks for two independent facts: two uploads of one hour from one address are one", () => {
    const events = [
      exampleEvent(),
      exampleEvent({ moment: { ...daysAgo(10), raw: "2026-11-12T11:30:00Z", at: "2026-11-12T11:30:00Z" } }),
    ];
    const report = exampleReport({ persons: [exampleSuspect({ events })], claims: input.report.claims });
    const result = resolved(answer({}), report);
    assert.equal(result.value, "A3");
    assert.ok(codes(result).includes("attribution.one-fact"));
    const withPhone = exampleSuspect({
      events,
      identifiers: [exampleIdentifier("phone", "+44 7700 900123", { verified: "yes" })],
    });
    assert.equal(resolved(answer({}), { ...report, persons: [withPhone] }).value, "A4");
  });

  it("keeps A4 when the window passes, because the answer is already here", () => {
    const late = Date.UTC(2028, 0, 1);
    assert.equal(assessed(input, late).sufficiency.attributes.attribution, "A4");
    assert.equal(
      assessed({ ...input, claims: [aboutAddress("access")] }, late).sufficiency.attributes.attribution,
      "A2",
    );
  });

  it("does not take an answer about somebody else in a report of several", () => {
    const other: Person = {
      ...exampleSuspect(),
      key: "suspect-2" as Person["key"],
      identifiers: [],
      events: [],
    };
    const report = {
      ...input.report,
      persons: [...input.report.persons, other],
      claims: [...input.report.claims, aboutReport(aFlag("batched"))],
    };
    const aboutOther = answer({}).map((claim) =>
      claim.about.kind === "person"
        ? { ...claim, about: { kind: "person" as const, key: other.key } }
        : claim,
    );
    assert.equal(resolved(aboutOther, report).value, "A3");
  });
});
