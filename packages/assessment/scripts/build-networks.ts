// Writes data/networks.txt: the ranges of the autonomous systems that data/network-rules.json has a rule for.
// Get the source first (65 MB, not a dependency): npm pack @ip-location-db/asn@2.3.2026061719 && tar xzf ip-location-db-asn-*.tgz
// Run from the repository's root: node packages/assessment/scripts/build-networks.ts package 2026-06-17
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { defaultNetworkRules, ruleFor } from "../src/networks/rules.ts";
import { hex } from "../src/networks/system-table.ts";

const [folder = "package", day = ""] = process.argv.slice(2);
const rules = defaultNetworkRules();
const systems = new Map<number, { name: string; ranges: Array<{ first: string; last: string }> }>();
for (const file of ["asn-ipv4.csv", "asn-ipv6.csv"]) {
  const text = await readFile(join(folder, file), "utf8");
  for (const line of text.split("\n")) {
    const [, first = "", last = "", number = "", quoted, plain = ""] =
      /^([^,]+),([^,]+),(\d+),(?:"((?:[^"]|"")*)"|([^,]*))$/.exec(line) ?? [];
    const asn = Number(number);
    const name = (quoted?.replaceAll('""', '"') ?? plain).trim();
    if (first === "" || ruleFor(rules, asn, name) === undefined) continue;
    const system = systems.get(asn) ?? { name, ranges: [] };
    systems.set(asn, system);
    const before = system.ranges.at(-1);
    if (before !== undefined && isNext(before.last, first)) before.last = last;
    else system.ranges.push({ first, last });
  }
}

/** Whether an address follows another one at once. */
function isNext(last: string, first: string): boolean {
  const [a, b] = [hex(last), hex(first)];
  return (
    a !== undefined && b !== undefined && a.length === b.length && BigInt(`0x${a}`) + 1n === BigInt(`0x${b}`)
  );
}

const lines = [
  `# day: ${day}`,
  "# source: @ip-location-db/asn, from RouteViews (routeviews.org), RIPE RIS and DB-IP (db-ip.com), CC BY 4.0; only systems that have a rule, neighbouring ranges joined",
  ...[...systems]
    .sort(([a], [b]) => a - b)
    .flatMap(([asn, { name, ranges }]) => [
      `AS${asn} ${name}`,
      ` ${ranges.map(({ first, last }) => `${first}-${last}`).join(" ")}`,
    ]),
];
await writeFile(new URL("../data/networks.txt", import.meta.url), `${lines.join("\n")}\n`);
