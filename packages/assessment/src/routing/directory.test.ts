import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { holdsOn, type Agency, type Area } from "./agency.ts";
import { agencyAt, agencyFor, createDirectory } from "./directory.ts";
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

  it("knows the forces that no place leads to by the subject's role, and by nothing else", () => {
    const roles = {
      railway: "btp",
      "defence-land": "mdp",
      "nuclear-site": "cnc",
      "royal-navy": "royal-navy-police",
      army: "royal-military-police",
      "royal-air-force": "raf-police",
    };
    for (const [role, id] of Object.entries(roles)) {
      const found = agencyFor(uk, "subject-role", role, "2026-11-22");
      assert.equal(found.kind === "found" ? found.agency.id : found.kind, id);
      assert.ok(ukAreas.every((each) => each.agency !== id || each.kind === "subject-role"));
    }
    assert.equal(agencyFor(uk, "subject-role", "gardener", "2026-11-22").kind, "unknown");
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
      [agency("old", { to: "2028-04-01", successors: ["new"] }), agency("new", { from: "2028-04-01" })],
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
      agency("a", { to: "2027-01-01", successors: ["b"] }),
      agency("b", { to: "2028-01-01", successors: ["c"] }),
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
      agency("a", { to: "2027-01-01", successors: ["b"] }),
      agency("b", { to: "2027-01-01", successors: ["a"] }),
    ];
    assert.equal(agencyFor(directory(circle, [area("a")]), "uk-outcode", "LS1", "2030-01-01").kind, "ended");
  });

  const on = (agencies: Agency[], id: string, day: string) => {
    const at = agencyAt(directory(agencies, []), id, day);
    if (at.kind === "current") return [at.agency.id, ...at.past];
    return at.kind === "split"
      ? [`split: ${at.agencies.map((each) => each.id).join()}`, ...at.past]
      : at.kind;
  };

  it("that split have no one successor: a person decides among them", () => {
    const split = [
      agency("old", { to: "2028-04-01", successors: ["east", "west"] }),
      agency("east"),
      agency("west"),
    ];
    assert.deepEqual(on(split, "old", "2028-03-31"), ["old"]);
    assert.deepEqual(on(split, "old", "2028-04-01"), ["split: east,west", "old"]);
    const found = agencyFor(directory(split, [area("old")]), "uk-outcode", "LS1", "2028-04-01");
    assert.deepEqual(found.kind === "split" ? found.agencies.map(({ id }) => id) : found.kind, [
      "east",
      "west",
    ]);
    const told = agencyFor(
      directory(split, [area("old", { to: "2028-04-01" }), area("west", { from: "2028-04-01" })]),
      "uk-outcode",
      "LS1",
      "2028-04-01",
    );
    assert.equal(told.kind === "found" ? told.agency.id : told.kind, "west");
  });

  it("that split and merge again have one successor", () => {
    const rejoined = [
      agency("old", { to: "2027-01-01", successors: ["east", "west"] }),
      agency("east", { to: "2028-01-01", successors: ["national"] }),
      agency("west", { to: "2029-01-01", successors: ["national"] }),
      agency("national"),
    ];
    assert.deepEqual(on(rejoined, "old", "2028-06-01"), ["split: west,national", "old", "east"]);
    assert.deepEqual(on(rejoined, "old", "2029-01-01"), ["national", "old", "east", "west"]);
  });

  it("with one heir that ended at nobody are in doubt, because somebody's work is not accounted for", () => {
    const lost = [
      agency("old", { to: "2027-01-01", successors: ["east", "west"] }),
      agency("east", { to: "2028-01-01" }),
      agency("west"),
    ];
    assert.deepEqual(on(lost, "old", "2027-06-01"), ["split: east,west", "old"]);
    assert.deepEqual(on(lost, "old", "2028-06-01"), ["split: west", "old", "east"]);
    assert.equal(on(lost, "nobody-of-this-name", "2028-06-01"), "nobody");
  });

  it("lead to agencies that exist on the day, whatever the record says, and say how they got there", () => {
    const ids = ["a", "b", "c", "d", "e"];
    const day = fc.integer({ min: 2020, max: 2030 }).map((year) => `${year}-01-01`);
    const record = fc.record({ to: fc.option(day, { nil: undefined }), heirs: fc.subarray(ids) });
    fc.assert(
      fc.property(fc.tuple(record, record, record, record, record), day, (records, when) => {
        const agencies = records.map(({ to, heirs }, i) =>
          agency(ids[i] ?? "", to === undefined ? {} : { to, successors: heirs }),
        );
        const at = agencyAt(directory(agencies, []), "a", when);
        const named = at.kind === "current" ? [at.agency] : at.kind === "split" ? at.agencies : [];
        for (const each of named) assert.ok(holdsOn(each, when));
        assert.equal(new Set(at.past).size, at.past.length);
        for (const id of at.past) assert.ok(!holdsOn(agencies[ids.indexOf(id)] ?? agency("x"), when));
        if (at.past.length > 0) assert.equal(at.past[0], "a");
        if (at.kind === "current")
          for (const id of at.past) assert.ok((agencies[ids.indexOf(id)]?.successors ?? []).length > 0);
      }),
    );
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
    assert.throws(() => directory([agency("a", { successors: ["b"] })], []), /successor "b"/);
    assert.throws(() => directory([agency("a"), agency("a")], []), /two agencies/);
  });
});
