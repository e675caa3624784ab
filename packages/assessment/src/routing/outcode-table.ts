/** One force's part of the table: its outward codes, and what the source lets us doubt about them. */
export interface OutcodeTable {
  source: string;
  licence: string;
  reviewBy: string;
  /** Agency id to its outward codes. */
  areas: Record<string, string[]>;
  /** Outward codes whose row in the source names two countries. */
  contradicted: string[];
  /** Outward code to the agencies of the outward codes that it borders on. */
  neighbours: Record<string, string[]>;
}

/** How an agency is found from a row of the postcode table. */
export interface RegionRule {
  id: string;
  regions?: readonly string[];
  ukRegions?: readonly string[];
}

interface Row {
  outcode: string;
  agency: string;
  /** The force of the country that the row names, where it is not the country of the row's region. */
  otherAgency: string | undefined;
  contradicted: boolean;
  east: number;
  north: number;
}

/** Centres further apart than this (km) are not taken for neighbours: water and open country lie between them. */
const NEIGHBOUR_KM = 25;

/** The source's `country` for a `uk_region`; every other region is in England, and the islands are countries of their own. */
const REGION_COUNTRY: Readonly<Record<string, string>> = {
  Scotland: "SCT",
  Wales: "WLS",
  "Northern Ireland": "NIR",
};
const ISLANDS = "Crown Dependencies";

/** Countries that are one force's area. */
const COUNTRY_FORCE: Readonly<Record<string, string>> = { SCT: "police-scotland", NIR: "psni" };

/**
 * Builds the outward code table from the CSV and the region rules.
 *
 * The source gives one centre point and one county for each outward code, no outline. So it lets us know two things about
 * codes that straddle a boundary: rows that contradict themselves (county in England, country Scotland), and pairs of codes of
 * different forces whose centres have no third centre between them (Gabriel neighbours), where a boundary must run somewhere.
 * It does not say which of two neighbours the boundary cuts.
 * @throws Error for a region that no agency has
 */
export function outcodeTable(
  csv: string,
  rules: readonly RegionRule[],
): Omit<OutcodeTable, "source" | "licence" | "reviewBy"> {
  const rows = readRows(csv, rules);
  const areas: Record<string, string[]> = {};
  for (const row of rows) (areas[row.agency] ??= []).push(row.outcode);
  const contradicted = rows.filter((row) => row.contradicted).map((row) => row.outcode);
  return { areas, contradicted, neighbours: neighbours(rows) };
}

function readRows(csv: string, rules: readonly RegionRule[]): Row[] {
  const [header, ...lines] = csv.trim().split(/\r?\n/);
  const columns = cells(header ?? "");
  return lines.map((line) => {
    const values = cells(line);
    const cell = (name: string) => values[columns.indexOf(name)] ?? "";
    const rule = rules.find(
      ({ regions, ukRegions }) =>
        regions?.includes(cell("region")) === true || ukRegions?.includes(cell("uk_region")) === true,
    );
    if (rule === undefined)
      throw new Error(`postcodes.csv: no agency has the region "${cell("region")}" of ${cell("postcode")}`);
    const region = cell("uk_region");
    const contradicted = region !== ISLANDS && cell("country") !== (REGION_COUNTRY[region] ?? "ENG");
    return {
      outcode: cell("postcode"),
      agency: rule.id,
      otherAgency: contradicted ? COUNTRY_FORCE[cell("country")] : undefined,
      contradicted,
      east: Number(cell("eastings")) / 1000,
      north: Number(cell("northings")) / 1000,
    };
  });
}

/** One CSV line (RFC 4180, no line breaks in fields). */
function cells(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
}

function neighbours(rows: readonly Row[]): Record<string, string[]> {
  const grid = new Map<string, Row[]>();
  for (const row of rows) {
    const cell = gridKey(row.east, row.north, 0, 0);
    const held = grid.get(cell);
    if (held === undefined) grid.set(cell, [row]);
    else held.push(row);
  }
  const around = (east: number, north: number): Row[] => {
    const found: Row[] = [];
    for (const dx of [-1, 0, 1])
      for (const dy of [-1, 0, 1]) found.push(...(grid.get(gridKey(east, north, dx, dy)) ?? []));
    return found;
  };
  const found = new Map<string, Set<string>>();
  for (const row of rows) {
    if (row.otherAgency !== undefined) found.set(row.outcode, new Set([row.otherAgency]));
    for (const other of around(row.east, row.north)) {
      if (other.agency === row.agency) continue;
      const apart = Math.hypot(row.east - other.east, row.north - other.north);
      if (apart > NEIGHBOUR_KM) continue;
      const east = (row.east + other.east) / 2;
      const north = (row.north + other.north) / 2;
      const between = around(east, north).some(
        (third) =>
          third !== row &&
          third !== other &&
          Math.hypot(third.east - east, third.north - north) < apart / 2 - 1e-9,
      );
      if (between) continue;
      const agencies = found.get(row.outcode) ?? new Set();
      found.set(row.outcode, agencies.add(other.agency));
    }
  }
  return Object.fromEntries([...found].map(([outcode, agencies]) => [outcode, [...agencies].sort()]));
}

function gridKey(east: number, north: number, dx: number, dy: number): string {
  return `${Math.floor(east / NEIGHBOUR_KM) + dx}:${Math.floor(north / NEIGHBOUR_KM) + dy}`;
}
