import { networkClaim, type NetworkTables } from "@fairlead/assessment";
import ipaddr from "ipaddr.js";
import type { Claim, Report } from "@fairlead/report";
import type { StationConfig } from "../config.ts";

/** The tables that a station asks about an address: its operator's own entries first, then the packaged ones, if it uses them. */
export interface NetworkSources {
  configured: Pick<StationConfig["networks"], "name" | "entries">;
  packaged?: NetworkTables | undefined;
}

/** The sources of a station. */
export function sourcesOf(station: {
  config: Pick<StationConfig, "networks">;
  networks?: NetworkTables | undefined;
}): NetworkSources {
  return { configured: station.config.networks, packaged: station.networks };
}

/**
 * What the station's tables say stands behind each address of a report: a claim by the table that said it, like any other source's.
 * An address that no table knows gets no claim, and unknown stays unknown.
 * @param at when the tables were asked (UTC, ISO 8601)
 * @param more addresses that came beside the report
 */
export function networkClaims(
  report: Report,
  sources: NetworkSources,
  at: string,
  more: readonly string[] = [],
): Claim[] {
  return claimsAbout(new Set([...addressesOf(report), ...more]), sources, at);
}

/** The same of addresses that came otherwise, such as with an answer. */
export function claimsAbout(addresses: Iterable<string>, sources: NetworkSources, at: string): Claim[] {
  return [...addresses].flatMap((address) => {
    const claim = claimAbout(address, sources, at);
    return claim === undefined ? [] : [claim];
  });
}

/** What the operator has entered wins; of its entries the longest prefix does. */
function claimAbout(
  address: string,
  { configured, packaged }: NetworkSources,
  at: string,
): Claim | undefined {
  const entry = lookUp(address, configured.entries);
  if (entry === undefined) return packaged === undefined ? undefined : networkClaim(address, packaged, at);
  const { network, country } = entry;
  return {
    about: { kind: "ip", address },
    source: { kind: "list", name: configured.name },
    madeAt: at,
    states: { kind: "network", network, ...(country === undefined ? {} : { country }) },
  };
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
  if (entries.length === 0) return undefined;
  const parsed = ipaddr.parse(address);
  let best: { bits: number; entry: (typeof entries)[number] } | undefined;
  for (const entry of entries) {
    const [range, bits] = ipaddr.parseCIDR(entry.prefix);
    if (range.kind() !== parsed.kind() || bits <= (best?.bits ?? -1)) continue;
    if (parsed.match(range, bits)) best = { bits, entry };
  }
  return best?.entry;
}
