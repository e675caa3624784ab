import { isPlaceholderIp, parseIp, type Claim, type NetworkClass } from "@fairlead/report";
import type { NetworkDatabase } from "./mmdb.ts";
import { ruleFor, type NetworkKind, type NetworkRules } from "./rules.ts";
import type { SystemTable } from "./system-table.ts";

/** The tables that a station has. Each may be missing: what it would have said is then unknown. */
export interface NetworkTables {
  /** Names the tables together, with their days; it is the source of the claims. */
  name: string;
  countries?: NetworkDatabase | undefined;
  systems?: SystemTable | undefined;
  rules: NetworkRules;
}

/** What tables say about an address. Absent is unknown. */
export interface NetworkFacts {
  /** ISO 3166-1 alpha-2 of whom the address is registered to: a gate of a country, and never a place. */
  country?: string;
  asn?: number;
  operator?: string;
  kind: NetworkKind;
  /** Why this kind. */
  why?: string;
}

/**
 * What the tables say about an address: registration country, operator, kind of network. There is no city and no point on a map,
 * because two free tables agree on the force for 18 of 100 UK addresses (agency.md 7.2).
 * @returns `undefined` for what is no address, or one that stands for no subscriber
 */
export function networkFacts(
  address: string,
  { countries, systems, rules }: NetworkTables,
): NetworkFacts | undefined {
  const canonical = parseIp(address)?.address;
  if (canonical === undefined || isPlaceholderIp(canonical)) return undefined;
  const facts: NetworkFacts = { kind: "unknown" };
  const country = countryIn(countries, canonical);
  if (country !== undefined) facts.country = country;
  const system = systems?.lookUp(canonical);
  if (system === undefined) return facts;
  const rule = ruleFor(rules, system.asn, system.name);
  return {
    ...facts,
    asn: system.asn,
    operator: system.name,
    ...(rule === undefined ? {} : { kind: rule.kind, why: rule.why }),
  };
}

function countryIn(countries: NetworkDatabase | undefined, address: string): string | undefined {
  const record = countries?.lookUp(address);
  if (!(record instanceof Map)) return undefined;
  // Tables of this family say it flat; those in MaxMind's own layout nest it.
  const nested = record.get("country");
  const code = record.get("country_code") ?? (nested instanceof Map ? nested.get("iso_code") : undefined);
  return typeof code === "string" && /^[A-Z]{2}$/.test(code) ? code : undefined;
}

/**
 * The claim that follows from the facts, as a station records it beside a report; none where the tables know nothing.
 * @param at when the table was asked (UTC, ISO 8601)
 */
export function networkClaim(address: string, tables: NetworkTables, at: string): Claim | undefined {
  const facts = networkFacts(address, tables);
  if (facts === undefined || (facts.kind === "unknown" && facts.country === undefined)) return undefined;
  return {
    about: { kind: "ip", address },
    source: { kind: "list", name: tables.name },
    madeAt: at,
    states: {
      kind: "network",
      network: classOf(facts.kind, address),
      ...(facts.country === undefined ? {} : { country: facts.country }),
    },
  };
}

/**
 * A report's model knows no schools: their IPv4 addresses are shared like a carrier's, so that only address, port and second
 * together name anybody and no two reports are linked by them; their IPv6 networks are no one customer's, so nothing is known.
 */
function classOf(kind: NetworkKind, address: string): NetworkClass {
  if (kind !== "education") return kind;
  return address.includes(":") ? "unknown" : "carrier-nat";
}
