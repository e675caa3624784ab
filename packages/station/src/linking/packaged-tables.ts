import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import {
  defaultNetworkRules,
  NetworkTableError,
  type NetworkTables,
  openNetworkDatabase,
  openSystemTable,
} from "@fairlead/assessment";
import { StationError } from "../errors.ts";

/** Where the tables lie: countries as an `.mmdb` file, autonomous systems in the assessment package's text form. */
export interface TableFiles {
  countries: string;
  systems: string;
}

const COUNTRIES = "@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb";

/** The tables that are installed with the assessment package; see its data/README.md for their origin and licence. */
export function packagedTableFiles(): TableFiles {
  const assessment = import.meta.resolve("@fairlead/assessment");
  return {
    countries: resolved(assessment),
    systems: fileURLToPath(new URL("../data/networks.txt", assessment)),
  };
}

function resolved(assessment: string): string {
  try {
    return createRequire(assessment).resolve(COUNTRIES);
  } catch (cause) {
    throw unusable("countries", `${COUNTRIES} is not installed`, cause);
  }
}

/**
 * Reads the tables once; about a second, and 80 MB while they are in use. They are named with the days of their data, so that a claim
 * says which tables it rests on.
 * @throws StationError `config.invalid` for a file that is missing or damaged
 */
export async function openPackagedTables(files: TableFiles = packagedTableFiles()): Promise<NetworkTables> {
  const countries = await opened("countries", files.countries, openNetworkDatabase);
  const systems = await opened("systems", files.systems, (bytes) => {
    const table = openSystemTable(new TextDecoder().decode(bytes));
    if (table.day === "") throw new NetworkTableError("table.row", "it does not say of which day it is");
    return table;
  });
  const day = new Date(countries.builtAt * 1000).toISOString().slice(0, 10);
  return {
    name: `packaged tables (countries of ${day}, operators of ${systems.day})`,
    countries,
    systems,
    rules: defaultNetworkRules(),
  };
}

async function opened<T>(what: keyof TableFiles, path: string, open: (bytes: Uint8Array) => T): Promise<T> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw unusable(what, `${path} cannot be read`, cause);
  });
  try {
    return open(bytes);
  } catch (cause) {
    if (!(cause instanceof NetworkTableError)) throw cause;
    throw unusable(what, `${path}: ${cause.message}`, cause);
  }
}

function unusable(what: keyof TableFiles, why: string, cause: unknown): StationError {
  return new StationError("config.invalid", `The packaged network table of ${what} cannot be used: ${why}`, {
    audience: "operator",
    remedy:
      'Install the packages again, or set networks.tables to "none": what stands behind addresses is then unknown.',
    cause,
  });
}
