import agencies from "../../data/uk-agencies.json" with { type: "json" };
import outcodes from "../../data/uk-outcodes.json" with { type: "json" };
import type { Agency, Area } from "./agency.ts";
import { createDirectory, type Directory } from "./directory.ts";

/** The agencies of the United Kingdom and the Crown Dependencies as records. */
export const ukAgencies: readonly Agency[] = agencies.agencies.map(({ id, name, kind, country }) => ({
  id,
  name,
  kind,
  country,
}));

/**
 * The areas as records: a country for the national agency, outward codes for the forces. Guernsey, Jersey and the Isle of Man
 * have forces but no national agency here: which body takes a report that only says the country is for a station to record.
 */
export const ukAreas: readonly Area[] = [
  ...agencies.agencies.flatMap((agency) =>
    (agency.countries ?? []).map(
      (value): Area => ({ agency: agency.id, kind: "country", value, source: agencies.source }),
    ),
  ),
  ...agencies.agencies.flatMap((agency) =>
    (agency.roles ?? []).map(
      (value): Area => ({ agency: agency.id, kind: "subject-role", value, source: agencies.source }),
    ),
  ),
  ...Object.entries(outcodes.areas).flatMap(([agency, values]) =>
    values.map((value) => outcodeArea(agency, value)),
  ),
];

function outcodeArea(agency: string, value: string): Area {
  const neighbours = (outcodes.neighbours as Record<string, readonly string[]>)[value];
  return {
    agency,
    kind: "uk-outcode",
    value,
    source: outcodes.source,
    ...(outcodes.contradicted.includes(value) ? { doubt: "contradicted" } : {}),
    ...(neighbours === undefined ? {} : { neighbours }),
  };
}

/** The directory that a station in the United Kingdom starts with. */
export function ukDirectory(): Directory {
  return createDirectory({
    version: "uk-2026-11-2",
    reviewBy: agencies.reviewBy < outcodes.reviewBy ? agencies.reviewBy : outcodes.reviewBy,
    agencies: ukAgencies,
    areas: ukAreas,
  });
}
