import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import type { Claim, Place, Report } from "@fairlead/report";
import { caseOf } from "../input/case.ts";
import { defaultRuleSet } from "../rules/rule-set.ts";
import {
  aboutAddress,
  aboutSuspect,
  ANALYST,
  arbitraryInput,
  assessed,
  exampleContext,
  exampleReport,
  exampleSuspect,
  exampleVictim,
  SENDER,
  TEST_NOW,
} from "../testing/index.ts";
import { createDirectory } from "./directory.ts";
import { route } from "./route.ts";
import { ukAgencies, ukAreas } from "./uk.ts";

const place = (parts: Partial<Place>): Place => ({
  basis: "declared",
  addressKind: "unknown",
  verified: "unknown",
  ...parts,
});
const routed = (places: Place[], claims: Claim[] = [], parts: Partial<Report> = {}) =>
  assessed({
    report: exampleReport({ persons: [exampleSuspect({ places })], ...parts }),
    claims,
    context: exampleContext(),
  }).route;
const resolution = (parts: object = {}, source = ANALYST) =>
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
  );
const codes = ({ reasons }: { reasons: readonly { code: string }[] }) => reasons.map(({ code }) => code);

describe("a route", () => {
  it("leads from a resolved installation address to the force, firmly", () => {
    const result = routed([], [resolution()]);
    assert.deepEqual(
      [result.agency?.name, result.basis, result.provisional],
      ["West Yorkshire Police", "resolved", false],
    );
    assert.equal(result.gate?.id, "uk-nca");
  });

  it("is a hint for a declared postcode", () => {
    const result = routed([place({ postcode: "ls1 1ur", country: "GB" })]);
    assert.deepEqual(
      [result.agency?.id, result.basis, result.provisional],
      ["west-yorkshire", "declared", true],
    );
  });

  it("passes the gate of a country and no further for geolocation, however precise it looks", () => {
    const precise = place({
      basis: "estimated",
      city: "Leeds",
      region: "West Yorkshire",
      postcode: "LS1 1UR",
      country: "GB",
    });
    const result = routed([precise], [aboutAddress("access")]);
    assert.deepEqual([result.agency?.id, result.basis, result.provisional], ["uk-nca", "geolocation", true]);
    assert.deepEqual(
      result.candidates.map(({ agency }) => agency.id),
      ["uk-nca"],
    );
  });

  it("takes the country of an address from a network table, and none from a VPN's", () => {
    assert.equal(routed([], [aboutAddress("access")]).agency?.id, "uk-nca");
    assert.equal(routed([], [aboutAddress("vpn")]).basis, "none");
    assert.equal(routed([], [aboutAddress("access", { country: "IE" })]).agency, undefined);
  });

  it("never dispatches to a billing address, or on the sender's word", () => {
    const billing = routed([], [resolution({ addressKind: "billing" })]);
    assert.deepEqual(
      [billing.agency?.id, billing.basis, billing.provisional],
      ["west-yorkshire", "declared", true],
    );
    assert.ok(codes(billing).includes("route.not-installation"));
    const claimed = routed([], [resolution({}, SENDER)]);
    assert.equal(claimed.provisional, true);
    assert.ok(codes(claimed).includes("route.resolved-by-sender"));
    assert.equal(
      routed([place({ basis: "resolved", addressKind: "installation", postcode: "LS1 1UR", country: "GB" })])
        .provisional,
      true,
    );
  });

  it("takes a resolved place from an authenticated peer", () => {
    const sender: Report["sender"] = { kind: "peer", id: "agency", name: "Example Agency" };
    const resolved = place({
      basis: "resolved",
      addressKind: "installation",
      postcode: "LS1 1UR",
      country: "GB",
    });
    assert.equal(routed([resolved], [], { sender }).provisional, false);
  });

  it("names no agency where resolved addresses lead to two forces, and shows both", () => {
    const result = routed([], [resolution(), resolution({ postcode: "YO1 7HH" })]);
    assert.deepEqual([result.agency, result.provisional], [undefined, true]);
    assert.ok(codes(result).includes("route.forces-differ"));
    assert.deepEqual(
      result.candidates.slice(0, 2).map(({ agency }) => agency.id),
      ["west-yorkshire", "north-yorkshire"],
    );
  });

  it("asks for a postcode only where one could name a force", () => {
    const abroad = routed([], [resolution({ postcode: undefined, country: "NL" })]);
    assert.deepEqual([abroad.country, abroad.agency, abroad.basis], ["NL", undefined, "resolved"]);
    assert.deepEqual(codes(abroad), ["route.resolved", "route.no-gate"]);
    assert.ok(codes(routed([place({ country: "GB" })])).includes("route.no-postcode"));
  });

  it("names nobody's country where the places name two", () => {
    const result = routed([place({ country: "GB" }), place({ country: "IE" })]);
    assert.deepEqual([result.country, result.agency], [undefined, undefined]);
    assert.ok(codes(result).includes("route.countries-differ"));
    assert.deepEqual(result.countries, ["GB", "IE"]);
    assert.equal(routed([place({ country: "GB" })]).countries, undefined);
  });

  it("stays provisional where the table contradicts itself, and names the force across the border", () => {
    const result = routed([], [resolution({ postcode: "TD15 1AA" })]);
    assert.deepEqual([result.agency?.id, result.provisional], ["northumbria", true]);
    assert.ok(codes(result).includes("route.contradicted"));
    assert.ok(
      result.candidates.some(({ agency, about }) => agency.id === "police-scotland" && about === "neighbour"),
    );
  });

  it("says that a boundary runs near, without doubting the address", () => {
    const result = routed([], [resolution({ postcode: "YO26 7QQ" })]);
    assert.equal(result.provisional, false);
    assert.ok(codes(result).includes("route.near-boundary"));
    assert.ok(result.candidates.some(({ about }) => about === "neighbour"));
  });

  it("names both forces near a boundary, and needs the full address where only the outward code is known", () => {
    const near = routed([], [resolution({ postcode: "YO26 7QQ" })]);
    const named = near.reasons.find(({ code }) => code === "route.near-boundary");
    assert.match(named?.text ?? "", /North Yorkshire Police or West Yorkshire Police/);
    const half = routed([], [resolution({ postcode: "YO26" })]);
    assert.deepEqual([half.agency?.id, half.provisional], ["north-yorkshire", true]);
    assert.ok(codes(half).includes("route.full-address-needed"));
    assert.equal(routed([], [resolution({ postcode: "LS1" })]).provisional, false);
  });

  const merged = (successors: readonly string[], others: readonly string[] = []) =>
    createDirectory({
      version: "merged",
      reviewBy: "2099-01-01",
      agencies: [
        ...ukAgencies.map((agency) =>
          ["north-yorkshire", ...others].includes(agency.id)
            ? { ...agency, to: "2026-11-01", successors }
            : agency,
        ),
        { id: "yorkshire", name: "Yorkshire Police", kind: "territorial-police", country: "GB" },
      ],
      areas: ukAreas,
    });
  const routedBy = (directory: ReturnType<typeof merged>, at: string) => {
    const report = exampleReport({ persons: [exampleSuspect()] });
    const the = caseOf(
      report,
      [resolution({ postcode: "YO26 7QQ" })],
      exampleContext(),
      defaultRuleSet(),
      TEST_NOW,
    );
    return route(the, directory, Date.parse(at));
  };

  it("goes to the force that an area's force has become since, and still says whose it was", () => {
    const directory = merged(["yorkshire"]);
    assert.equal(routedBy(directory, "2026-10-31T23:59:59Z").agency?.id, "north-yorkshire");
    const after = routedBy(directory, "2026-11-01T00:00:00Z");
    assert.deepEqual([after.agency?.id, after.provisional], ["yorkshire", false]);
    assert.match(after.reasons.find(({ code }) => code === "route.succeeded")?.text ?? "", /north-yorkshire/);
  });

  it("knows no boundary any more between forces that have become one", () => {
    const after = routedBy(
      merged(["yorkshire"], ["west-yorkshire", "humberside", "durham", "cleveland", "cumbria", "lancashire"]),
      "2026-11-02T00:00:00Z",
    );
    assert.equal(after.agency?.id, "yorkshire");
    assert.ok(!codes(after).includes("route.near-boundary"));
    assert.ok(after.candidates.every(({ about }) => about !== "neighbour"));
  });

  it("goes nowhere by itself where the area's force was split, and shows all who may have it", () => {
    const after = routedBy(merged(["yorkshire", "durham"]), "2026-11-02T00:00:00Z");
    assert.equal(after.agency, undefined);
    assert.equal(after.provisional, true);
    assert.match(
      after.reasons.find(({ code }) => code === "route.split")?.text ?? "",
      /Yorkshire Police, Durham|Yorkshire Police or Durham/,
    );
    assert.deepEqual(
      after.candidates
        .slice(0, 2)
        .map(({ agency }) => agency.id)
        .sort(),
      ["durham", "yorkshire"],
    );
  });

  it("goes to the national agency where an address has no postcode that the table knows", () => {
    assert.deepEqual([routed([], [resolution({ postcode: undefined })]).agency?.id], ["uk-nca"]);
    const unknown = routed([place({ postcode: "ZZ99 9ZZ", country: "GB" })]);
    assert.equal(unknown.agency, undefined);
    assert.ok(codes(unknown).includes("route.outcode-unknown"));
    assert.equal(unknown.gate?.id, "uk-nca");
  });

  it("does not read a UK outward code into another country's postcode", () => {
    assert.equal(routed([place({ postcode: "M1", country: "IE" })]).agency, undefined);
  });

  it("takes the child's place where nothing says where the suspect is, and only for safeguarding", () => {
    const victim = exampleVictim({ places: [place({ postcode: "LS1 1UR", country: "GB" })] });
    const persons = [exampleSuspect(), victim];
    const result = routed([], [], { persons });
    assert.deepEqual([result.agency?.id, result.provisional], ["west-yorkshire", true]);
    assert.ok(codes(result).includes("route.victim-only"));
    const both = routed([], [aboutAddress("access")], { persons });
    assert.equal(both.agency?.id, "uk-nca");
    assert.ok(
      both.candidates.some(({ about, agency }) => about === "victim" && agency.id === "west-yorkshire"),
    );
  });

  it("says that it knows nothing where nothing is known", () => {
    const result = routed([]);
    assert.deepEqual([result.agency, result.basis, result.provisional], [undefined, "none", true]);
  });

  it("redirects to the force that a merger made, from its first day", () => {
    const agencies = [
      ...ukAgencies.map((agency) =>
        agency.id === "west-yorkshire" ? { ...agency, to: "2029-04-01", successors: ["yorkshire"] } : agency,
      ),
      {
        id: "yorkshire",
        name: "Yorkshire Police",
        kind: "territorial-police",
        country: "GB",
        from: "2029-04-01",
      },
    ];
    const directory = createDirectory({ version: "2", reviewBy: "2030-01-01", agencies, areas: ukAreas });
    const the = caseOf(
      exampleReport(),
      [resolution()],
      exampleContext(),
      { ...defaultRuleSet(), directory },
      TEST_NOW,
    );
    assert.equal(route(the, directory, Date.UTC(2029, 2, 31)).agency?.id, "west-yorkshire");
    const after = route(the, directory, Date.UTC(2029, 3, 1));
    assert.deepEqual([after.agency?.id, after.provisional], ["yorkshire", false]);
    assert.ok(codes(after).includes("route.succeeded"));
  });
});

describe("routes of arbitrary reports", () => {
  it("never lead from geolocation to a force", () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const geolocated: Report = {
          ...input.report,
          persons: input.report.persons.map((person) => ({
            ...person,
            places: person.places.map((each) => ({ ...each, basis: "estimated" as const })),
          })),
          claims: input.report.claims.filter(({ states }) => states.kind !== "resolution"),
        };
        const claims = input.claims.filter(({ states }) => states.kind !== "resolution");
        const { agency, candidates, provisional } = assessed({ ...input, report: geolocated, claims }).route;
        assert.equal(provisional, true);
        assert.notEqual(agency?.kind, "territorial-police");
        assert.ok(candidates.every((candidate) => candidate.agency.kind !== "territorial-police"));
      }),
    );
  });

  it("are firm only on an installation address that an operator resolved", () => {
    fc.assert(
      fc.property(arbitraryInput, (input) => {
        const { route: result, sufficiency } = assessed(input);
        if (result.provisional) return;
        assert.equal(result.basis, "resolved");
        assert.equal(result.agency?.kind, "territorial-police");
        if (input.report.persons.filter(({ role }) => role === "suspect").length <= 1)
          assert.equal(sufficiency.attributes.place, "P3");
      }),
    );
  });
});
