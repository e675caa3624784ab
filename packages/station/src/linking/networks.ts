import ipaddr from "ipaddr.js";
import type { Claim, Report } from "@fairlead/report";
import type { StationConfig } from "../config.ts";

/**
 * What the station's table says stands behind each address of a report: a claim by that table, like any other source's.
 * The longest prefix wins; an address that the table does not know gets no claim, and unknown stays unknown.
 */
export function networkClaims(report: Report, table: StationConfig["networks"], at: string): Claim[] {
  return claimsAbout(addressesOf(report), table, at);
}

/** The same of addresses that came otherwise, such as with an answer. */
export function claimsAbout(
  addresses: Iterable<string>,
  table: StationConfig["networks"],
  at: string,
): Claim[] {
  const claims: Claim[] = [];
  for (const address of addresses) {
    const entry = lookUp(address, table.entries);
    if (entry === undefined) continue;
    claims.push({
      about: { kind: "ip", address },
      source: { kind: "list", name: table.name },
      madeAt: at,
      states: {
        kind: "network",
        network: entry.network,
        ...(entry.country === undefined ? {} : { country: entry.country }),
      },
    });
  }
  return claims;
}

function addressesOf(report: Report): Set<string> {
  const events = [
    ...report.persons.flatMap((person) => person.events),
    ...report.evidence.flatMap((item) => item.events),
    ...(report.incident.channel?.kind === "peer-to-peer" ? report.incident.channel.events : []),
  ];
  return new Set(events.flatMap((event) => (event.ip?.address === undefined ? [] : [event.ip.address])));
}

function lookUp(address: string, entries: StationConfig["networks"]["entries"]) {
  const parsed = ipaddr.parse(address);
  let best: { bits: number; entry: (typeof entries)[number] } | undefined;
  for (const entry of entries) {
    const [range, bits] = ipaddr.parseCIDR(entry.prefix);
    if (range.kind() !== parsed.kind() || bits <= (best?.bits ?? -1)) continue;
    if (parsed.match(range, bits)) best = { bits, entry };
  }
  return best?.entry;
}
