import type { Claim, Report } from "@fairlead/report";
import { yearNetworkOf } from "@fairlead/simulator";

/** Name of the table that says what a year's reserved addresses stand for. */
const TABLE = { kind: "list", name: "year-networks" } as const;

/** What the year's table says of each address of a report: a claim by that table, as a station's own table makes them. */
export function yearNetworkClaims(report: Report, madeAt: string): Claim[] {
  const claims = new Map<string, Claim>();
  for (const events of [...report.persons, ...report.evidence].map((one) => one.events))
    for (const { ip } of events) {
      const address = ip?.address;
      if (address === undefined || claims.has(address)) continue;
      const row = yearNetworkOf(address);
      if (row === undefined) continue;
      const states = { kind: "network", network: row.network, country: row.country } as const;
      claims.set(address, { about: { kind: "ip", address }, source: TABLE, madeAt, states });
    }
  return [...claims.values()];
}
