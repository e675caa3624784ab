// Writes data/uk-outcodes.json from data/postcodes.csv and data/uk-agencies.json.
// Run from the repository's root: node packages/assessment/scripts/build-outcodes.ts
import { readFile, writeFile } from "node:fs/promises";
import agencies from "../data/uk-agencies.json" with { type: "json" };
import { outcodeTable, type OutcodeTable } from "../src/routing/outcode-table.ts";

const data = new URL("../data/", import.meta.url);
const csv = await readFile(new URL("postcodes.csv", data), "utf8");
const table: OutcodeTable = {
  source: "Gibbs/uk-postcodes, 2017 (postcodes.csv)",
  licence: "CC0-1.0",
  reviewBy: agencies.reviewBy,
  ...outcodeTable(csv, agencies.agencies),
};
await writeFile(
  new URL("uk-outcodes.json", data),
  `${JSON.stringify(table, null, 1)
    .replaceAll(/\n {3,}/g, " ")
    .replaceAll(/\n {2}\]/g, "]")}\n`,
);
