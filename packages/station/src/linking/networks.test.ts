import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { defaultNetworkRules, type NetworkTables, openSystemTable } from "@fairlead/assessment";
import { exampleEvent, exampleReport, exampleSuspect } from "@fairlead/assessment/testing";
import { StationError } from "../errors.ts";
import { networkClaims } from "./networks.ts";
import { openPackagedTables, packagedTableFiles } from "./packaged-tables.ts";

const AT = "2026-11-22T12:00:00Z";
const packaged: NetworkTables = {
  name: "test tables of 2026-11-22",
  systems: openSystemTable(
    [
      "# day: 2026-11-22",
      "AS64496 Example VPN Service",
      " 192.0.2.0-192.0.2.255",
      "AS64497 University of Example",
      " 198.51.100.0-198.51.100.255",
      "",
    ].join("\n"),
  ),
  rules: defaultNetworkRules(),
};
const configured = {
  name: "our own entries",
  entries: [{ prefix: "192.0.2.0/25", country: "GB", network: "access" as const }],
};
const reportFrom = (...addresses: string[]) =>
  exampleReport({
    persons: [
      exampleSuspect({ events: addresses.map((raw) => exampleEvent({ ip: { raw, address: raw } })) }),
    ],
  });
const said = (...given: Parameters<typeof networkClaims>) =>
  networkClaims(...given).map(({ about, source, states }) => [
    about.kind === "ip" && about.address,
    "name" in source && source.name,
    states.kind === "network" && states.network,
  ]);

test("what the operator has entered wins over the packaged tables, and each claim names its own table", () => {
  const report = reportFrom("192.0.2.7", "192.0.2.200", "198.51.100.9");
  assert.deepEqual(said(report, { configured, packaged }, AT), [
    ["192.0.2.7", "our own entries", "access"],
    ["192.0.2.200", "test tables of 2026-11-22", "vpn"],
    ["198.51.100.9", "test tables of 2026-11-22", "carrier-nat"],
  ]);
});

test("an address that no table knows gets no claim, and without packaged tables only the entries speak", () => {
  const report = reportFrom("203.0.113.5", "192.0.2.200", "192.0.2.7");
  assert.deepEqual(said(report, { configured }, AT), [["192.0.2.7", "our own entries", "access"]]);
  assert.deepEqual(said(reportFrom("203.0.113.5"), { configured, packaged }, AT), []);
});

test("the packaged tables open with the days of their data, and take no documentation address for a subscriber's line", async () => {
  const tables = await openPackagedTables();
  assert.match(
    tables.name,
    /^packaged tables \(countries of \d{4}-\d\d-\d\d, operators of \d{4}-\d\d-\d\d\)$/,
  );
  const none = { name: "none", entries: [] };
  const report = reportFrom("192.0.2.7", "198.51.100.7");
  // A registry counts one of the ranges among its region's: a country, and nothing of what stands behind it.
  for (const [, , network] of said(report, { configured: none, packaged: tables }, AT))
    assert.equal(network, "unknown");
  assert.deepEqual(said(reportFrom("192.0.2.7"), { configured: none, packaged: tables }, AT), []);
});

test("a table that is missing or damaged is named with its path and what to do", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "fairlead-tables-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const whole = packagedTableFiles();
  const short = join(folder, "short.mmdb");
  await copyFile(whole.countries, short);
  await truncate(short, 1000);
  const text = join(folder, "networks.txt");
  await writeFile(text, "# day: 2026-06-17\nno system at all\n");
  const dayless = join(folder, "dayless.txt");
  await writeFile(dayless, "AS64496 Example\n 192.0.2.0-192.0.2.255\n");
  for (const [files, words] of [
    [{ ...whole, countries: join(folder, "nowhere.mmdb") }, /countries .*nowhere\.mmdb cannot be read/],
    [{ ...whole, countries: short }, /countries .*short\.mmdb.*metadata/],
    [{ ...whole, systems: join(folder, "nowhere.txt") }, /systems .*nowhere\.txt cannot be read/],
    [{ ...whole, systems: text }, /systems .*neither a system nor a range/],
    [{ ...whole, systems: dayless }, /systems .*of which day/],
  ] as const)
    await assert.rejects(
      openPackagedTables(files),
      (error: unknown) =>
        error instanceof StationError &&
        error.code === "config.invalid" &&
        error.audience === "operator" &&
        words.test(error.message) &&
        /networks\.tables/.test(error.remedy ?? ""),
    );
});
