import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { NetworkClass, Report } from "@fairlead/report";
import { assessed, exampleContext, exampleEvent, exampleReport, exampleSuspect } from "../testing/index.ts";
import {
  defaultNetworkRules,
  networkClaim,
  networkFacts,
  networkRules,
  NetworkTableError,
  openNetworkDatabase,
  openSystemTable,
  type NetworkDatabase,
  type NetworkTables,
} from "./index.ts";

const installed = new URL(
  import.meta.resolve("@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb"),
);
const file = new Uint8Array(await readFile(installed));
const shipped = await readFile(new URL("../../data/networks.txt", import.meta.url), "utf8");
const countries = openNetworkDatabase(file);
const rules = defaultNetworkRules();
const AT = "2026-11-22T12:00:00Z";

/** A table over documentation ranges, as a station's tables are over real ones. */
const systems = openSystemTable(
  [
    "# day: 2026-11-22",
    "# source: made for this test",
    "AS64496 Example Broadband",
    " 192.0.2.0-192.0.2.127 2001:db8:100::-2001:db8:1ff:ffff:ffff:ffff:ffff:ffff",
    "AS64497 Example Mobile",
    " 198.51.100.0-198.51.100.255",
    "AS64498 Example VPN Service",
    " 203.0.113.0-203.0.113.63",
    "AS64499 University of Example",
    " 203.0.113.64-203.0.113.127 2001:db8:200::-2001:db8:2ff:ffff:ffff:ffff:ffff:ffff",
    "AS64500 Example Cloud",
    " 203.0.113.128-203.0.113.255",
    "AS64501 Example Nobody",
    " 192.0.2.128-192.0.2.255",
    "",
  ].join("\n"),
);
const made = networkRules({
  source: "made for this test",
  reviewBy: "2099-01-01",
  systems: [
    { asn: 64496, class: "access", why: "fixed lines" },
    { asn: 64497, class: "carrier-nat", why: "mobile" },
    { asn: 64500, class: "hosting", why: "servers" },
  ],
  names: [
    { pattern: "\\bvpn\\b", class: "vpn", why: "says so" },
    { pattern: "\\buniversity\\b", class: "education", why: "says so" },
  ],
});
const GB: NetworkDatabase = { type: "made", builtAt: 0, lookUp: () => new Map([["country_code", "GB"]]) };
const tables: NetworkTables = { name: "Example tables", countries: GB, systems, rules: made };
const classOf = (address: string): NetworkClass | undefined => {
  const states = networkClaim(address, tables, AT)?.states;
  return states?.kind === "network" ? states.network : undefined;
};

describe("the country of an address", () => {
  it("comes from the installed table, for both versions of the protocol", () => {
    // A root name server of the Internet, run by RIPE NCC in the Netherlands.
    const of = (address: string) => networkFacts(address, { name: "t", countries, rules })?.country;
    assert.equal(of("193.0.14.129"), "NL");
    assert.equal(of("2001:7fd::1"), "NL");
    assert.equal(of("::ffff:193.0.14.129"), "NL");
    assert.ok(countries.builtAt > Date.UTC(2026, 0, 1) / 1000);
  });

  it("is not asked for addresses that stand for nobody", () => {
    for (const address of ["10.0.0.1", "127.0.0.1", "::1", "fe80::1", "not an address", ""])
      assert.equal(networkFacts(address, tables), undefined, address);
  });

  it("is refused from a file that is cut short, and never read beyond one that is damaged", () => {
    assert.throws(() => openNetworkDatabase(file.subarray(0, 1_000_000)), NetworkTableError);
    assert.throws(() => openNetworkDatabase(new Uint8Array()), { code: "table.damaged" });
    const small = file.subarray(file.length - 200_000);
    assert.throws(() => openNetworkDatabase(small), { code: "table.damaged" });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 400 }), fc.nat(255)), { minLength: 1, maxLength: 8 }),
        (changes) => {
          const tail = file.slice();
          for (const [back, byte] of changes) tail[tail.length - back] = byte;
          try {
            openNetworkDatabase(tail).lookUp("193.0.14.129");
          } catch (error) {
            assert.ok(error instanceof NetworkTableError, String(error));
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe("the operator of an address", () => {
  it("has a kind by its number, else by its name, else none", () => {
    const kinds = [
      "192.0.2.127",
      "198.51.100.9",
      "203.0.113.63",
      "203.0.113.64",
      "203.0.113.200",
      "192.0.2.128",
    ];
    assert.deepEqual(
      kinds.map((address) => networkFacts(address, tables)?.kind),
      ["access", "carrier-nat", "vpn", "education", "hosting", "unknown"],
    );
    assert.equal(networkFacts("192.0.2.9", tables)?.operator, "Example Broadband");
    assert.equal(networkFacts("2001:db8:1ab::7", tables)?.asn, 64496);
    assert.equal(networkFacts("2001:db8:300::7", tables)?.asn, undefined);
  });

  it("of a school is shared like a carrier's over IPv4, and nobody's over IPv6", () => {
    assert.equal(classOf("203.0.113.70"), "carrier-nat");
    assert.equal(classOf("2001:db8:200::7"), "unknown");
  });

  it("is one of the table's own ranges, first and last address included", () => {
    fc.assert(
      fc.property(fc.nat(255), (host) => {
        assert.equal(networkFacts(`192.0.2.${host}`, tables)?.asn, host < 128 ? 64496 : 64501);
        assert.equal(
          networkFacts(`203.0.113.${host}`, tables)?.asn,
          host < 64 ? 64498 : host < 128 ? 64499 : 64500,
        );
      }),
    );
  });

  it("comes with the package for the systems that have a rule, with its day and its source", () => {
    const table = openSystemTable(shipped);
    assert.equal(table.day, "2026-06-17");
    assert.match(table.source, /RouteViews.*DB-IP.*CC BY 4\.0/);
    const numbers = new Set([...shipped.matchAll(/^AS(\d+) /gm)].map(([, number]) => Number(number)));
    for (const [asn, { kind }] of rules.byNumber)
      assert.ok(numbers.has(asn) || asn === 12_576 || asn === 200_052, `AS${asn} ${kind}`);
    for (const [, first = ""] of shipped.matchAll(/^ ([^-\n]+)-/gm)) assert.ok(table.lookUp(first), first);
    assert.equal(table.lookUp("192.0.2.7"), undefined);
  });

  it("is refused for a line that is no system and no range", () => {
    assert.throws(() => openSystemTable("AS64496 Example\n 192.0.2.9-192.0.2.1\n"), { code: "table.row" });
    assert.throws(() => openSystemTable("192.0.2.0-192.0.2.9\n"), { code: "table.row" });
    assert.throws(() =>
      networkRules({ source: "", reviewBy: "", systems: [], names: [{ pattern: "x", class: "y", why: "" }] }),
    );
  });
});

describe("tables in an assessment", () => {
  const reportFrom = (...addresses: string[]): Report =>
    exampleReport({
      persons: [
        exampleSuspect({
          events: addresses.map((address) => exampleEvent({ ip: { raw: address, address } })),
        }),
      ],
    });
  const assess = (report: Report) => {
    const addresses = new Set(
      report.persons.flatMap(({ events }) => events.map(({ ip }) => ip?.address ?? "")),
    );
    const claims = [...addresses].flatMap((address) => networkClaim(address, tables, AT) ?? []);
    return assessed({ report, claims, context: exampleContext() });
  };
  const held = (address: string) =>
    assess(reportFrom(address)).sufficiency.graded.attribution.holds.map(({ code }) => code);

  it("let an access network's address stand, and ask a carrier's and a school's for the port", () => {
    assert.equal(assess(reportFrom("192.0.2.7")).sufficiency.attributes.attribution, "A3");
    assert.ok(held("198.51.100.23").includes("attribution.port-missing"));
    assert.ok(held("203.0.113.70").includes("attribution.port-missing"));
    assert.ok(held("203.0.113.9").includes("attribution.network-hides"));
    assert.ok(held("203.0.113.200").includes("attribution.network-hides"));
    assert.ok(held("192.0.2.200").includes("attribution.network-unknown"));
  });

  it("never give a force: geolocation of any precision passes the gate of a country and no further", () => {
    const address = fc.oneof(
      fc.nat(255).map((host) => `192.0.2.${host}`),
      fc.nat(255).map((host) => `203.0.113.${host}`),
      fc
        .nat(0xffff)
        .map((group) => `2001:db8:1${(group & 0xff).toString(16).padStart(2, "0")}::${group.toString(16)}`),
    );
    const place = fc.record({
      basis: fc.constantFrom("estimated" as const, "ip-country" as const),
      addressKind: fc.constantFrom("home" as const, "installation" as const, "unknown" as const),
      city: fc.constantFrom("Leeds", "York"),
      postcode: fc.constantFrom("LS1 1UR", "YO1 7HH", "EC1A 1BB"),
      country: fc.constant("GB"),
      verified: fc.constantFrom("yes" as const, "unknown" as const),
    });
    fc.assert(
      fc.property(
        fc.array(address, { maxLength: 4 }),
        fc.array(place, { maxLength: 3 }),
        (addresses, places) => {
          const report = reportFrom(...addresses);
          for (const person of report.persons) person.places = places;
          const { route, sufficiency } = assess(report);
          assert.ok(route.agency === undefined || route.agency.kind === "national-agency", route.agency?.id);
          assert.equal(route.provisional, true);
          assert.ok(route.candidates.every(({ agency }) => agency.kind === "national-agency"));
          assert.ok(["P0", "P1"].includes(sufficiency.attributes.place));
        },
      ),
    );
  });
});
