import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import agencies from "../../data/uk-agencies.json" with { type: "json" };
import outcodes from "../../data/uk-outcodes.json" with { type: "json" };
import { outcodeTable } from "./outcode-table.ts";

const HEADER = "postcode,eastings,northings,latitude,longitude,town,region,uk_region,country,country_string";
const row = (outcode: string, km: number, region: string, ukRegion = "England", country = "ENG") =>
  `${outcode},${km * 1000},0,0,0,"Town, of ""${outcode}""",${region},${ukRegion},${country},x`;
const rules = [
  { id: "west", regions: ["West"] },
  { id: "east", regions: ["East"] },
  { id: "police-scotland", ukRegions: ["Scotland"] },
];
const table = (...rows: string[]) => outcodeTable([HEADER, ...rows].join("\n"), rules);

describe("the outward code table", () => {
  it("is what its source and the region rules give", async () => {
    const csv = await readFile(new URL("../../data/postcodes.csv", import.meta.url), "utf8");
    const { source: _source, licence: _licence, reviewBy: _reviewBy, ...committed } = outcodes;
    assert.deepEqual(
      committed,
      outcodeTable(csv, agencies.agencies),
      "run packages/assessment/scripts/build-outcodes.ts again",
    );
  });

  it("gives each outward code to the agency of its region", () => {
    assert.deepEqual(table(row("W1", 0, "West"), row("E1", 100, "East")).areas, {
      west: ["W1"],
      east: ["E1"],
    });
  });

  it("refuses a region that no agency has", () => {
    assert.throws(() => table(row("N1", 0, "North")), /no agency has the region "North" of N1/);
  });

  it("marks a row that names two countries and the other country's force", () => {
    const { contradicted, neighbours } = table(
      row("W1", 0, "West", "England", "SCT"),
      row("W2", 100, "West"),
    );
    assert.deepEqual(contradicted, ["W1"]);
    assert.deepEqual(neighbours, { W1: ["police-scotland"] });
  });

  it("knows neighbours of another agency with no third centre between them", () => {
    assert.deepEqual(table(row("W1", 0, "West"), row("E1", 10, "East")).neighbours, {
      W1: ["east"],
      E1: ["west"],
    });
    assert.deepEqual(table(row("W1", 0, "West"), row("W2", 5, "West"), row("E1", 10, "East")).neighbours, {
      W2: ["east"],
      E1: ["west"],
    });
    assert.deepEqual(table(row("W1", 0, "West"), row("E1", 40, "East")).neighbours, {});
  });
});
