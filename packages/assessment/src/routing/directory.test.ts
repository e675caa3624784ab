import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Agency, Area } from "./agency.ts";
import { agencyFor, createDirectory } from "./directory.ts";
import { ukAgencies, ukAreas, ukDirectory } from "./uk.ts";

const agency = (id: string, parts: Partial<Agency> = {}): Agency => ({
  id,
  name: id,
  kind: "territorial-police",
  country: "GB",
  ...parts,
});
const area = (of: string, parts: Partial<Area> = {}): Area => ({
  agency: of,
  kind: "uk-outcode",
  value: "LS1",
  source: "test",
  ...parts,
});
const directory = (agencies: Agency[], areas: Area[]) =>
  createDirectory({ version: "1", reviewBy: "2099-01-01", agencies, areas });

describe("the directory of the United Kingdom", () => {
  const uk = ukDirectory();

  it("maps all 2,856 outward codes to 45 forces, Guernsey, Jersey and the Isle of Man", () => {
    const codes = ukAreas.filter(({ kind }) => kind === "uk-outcode");
    assert.equal(codes.length, 2856);
    assert.equal(new Set(codes.map(({ value }) => value)).size, 2856);
    const found = codes.map(({ value }) => agencyFor(uk, "uk-outcode", value, "2026-11-22"));
    assert.ok(found.every(({ kind }) => kind === "found"));
    const ids = new Set(found.map((each) => (each.kind === "found" ? each.agency.id : "")));
    assert.equal(ids.size, 48);
    const gb = ukAgencies.filter(({ kind, country }) => kind === "territorial-police" && country === "GB");
    assert.equal(gb.length, 45);
    for (const { id } of gb) assert.ok(ids.has(id), id);
    for (const id of ["guernsey", "jersey", "isle-of-man"]) assert.ok(ids.has(id), id);
  });

  const known: [string, string][] = [
    ["LS1", "West Yorkshire Police"],
    ["SW1A", "Metropolitan Police Service"],
    ["EC2V", "City of London Police"],
    ["YO1", "North Yorkshire Police"],
    ["EH1", "Police Scotland"],
    ["BT1", "Police Service of Northern Ireland"],
    ["CF10", "South Wales Police"],
    ["GY1", "Guernsey Police"],
    ["JE2", "States of Jersey Police"],
    ["IM1", "Isle of Man Constabulary"],
  ];
  for (const [outcode, name] of known)
    it(`gives ${outcode} to ${name}`, () => {
      const found = agencyFor(uk, "uk-outcode", outcode, "2026-11-22");
      assert.equal(found.kind === "found" ? found.agency.name : found.kind, name);
    });

  it("has the national agency for the country, and none for the islands", () => {
    const found = agencyFor(uk, "country", "GB", "2026-11-22");
    assert.equal(found.kind === "found" ? found.agency.id : found.kind, "uk-nca");
    assert.equal(agencyFor(uk, "country", "JE", "2026-11-22").kind, "unknown");
  });
});

describe("agencies with dates", () => {
  it("hand their areas to their successor on the day they end", () => {
    const merged = directory(
      [agency("old", { to: "2028-04-01", successor: "new" }), agency("new", { from: "2028-04-01" })],
      [area("old")],
    );
    const on = (day: string) => {
      const found = agencyFor(merged, "uk-outcode", "LS1", day);
      return found.kind === "found" ? [found.agency.id, found.succeeded] : found.kind;
    };
    assert.deepEqual(on("2028-03-31"), ["old", []]);
    assert.deepEqual(on("2028-04-01"), ["new", ["old"]]);
  });

  it("follow a chain of successors, and answer for nothing when it breaks or turns in a circle", () => {
    const chain = [
      agency("a", { to: "2027-01-01", successor: "b" }),
      agency("b", { to: "2028-01-01", successor: "c" }),
      agency("c"),
    ];
    const found = agencyFor(directory(chain, [area("a")]), "uk-outcode", "LS1", "2030-01-01");
    assert.equal(found.kind === "found" ? found.agency.id : found.kind, "c");
    assert.equal(
      agencyFor(
        directory([agency("a", { to: "2027-01-01" })], [area("a")]),
        "uk-outcode",
        "LS1",
        "2030-01-01",
      ).kind,
      "ended",
    );
    const circle = [
      agency("a", { to: "2027-01-01", successor: "b" }),
      agency("b", { to: "2027-01-01", successor: "a" }),
    ];
    assert.equal(agencyFor(directory(circle, [area("a")]), "uk-outcode", "LS1", "2030-01-01").kind, "ended");
  });

  it("do not answer before their first day", () => {
    const early = directory([agency("a", { from: "2030-01-01" })], [area("a")]);
    assert.equal(agencyFor(early, "uk-outcode", "LS1", "2029-12-31").kind, "ended");
  });

  it("take the newest area that holds on the day", () => {
    const moved = directory([agency("a"), agency("b")], [area("b", { from: "2027-01-01" }), area("a")]);
    const on = (day: string) => {
      const found = agencyFor(moved, "uk-outcode", "LS1", day);
      return found.kind === "found" ? found.agency.id : found.kind;
    };
    assert.deepEqual([on("2026-12-31"), on("2027-01-01")], ["a", "b"]);
    assert.equal(
      agencyFor(
        directory([agency("a")], [area("a", { to: "2027-01-01" })]),
        "uk-outcode",
        "LS1",
        "2027-01-01",
      ).kind,
      "unknown",
    );
  });

  it("are refused when a record names nobody, or two have one id", () => {
    assert.throws(() => directory([], [area("a")]), /names "a"/);
    assert.throws(() => directory([agency("a", { successor: "b" })], []), /successor "b"/);
    assert.throws(() => directory([agency("a"), agency("a")], []), /two agencies/);
  });
});
