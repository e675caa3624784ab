import table from "../../data/network-rules.json" with { type: "json" };
import type { NetworkClass } from "@fairlead/report";

/**
 * What stands behind an address, as tables can tell. `education`: a school's or university's network, where hundreds share one
 * address and nobody is its customer.
 */
export type NetworkKind = NetworkClass | "education";

/** One autonomous system, or all whose name fits, and what kind of network it is. */
export interface NetworkRule {
  kind: NetworkKind;
  why: string;
}

/** Dated rules over number and name of an autonomous system. */
export interface NetworkRules {
  source: string;
  /** Day (`YYYY-MM-DD`) by which a person must have checked the rules again (law 9). */
  reviewBy: string;
  byNumber: ReadonlyMap<number, NetworkRule>;
  byName: ReadonlyArray<NetworkRule & { pattern: RegExp }>;
}

/** The rules that come with the package: operators that UK reports name most, and those that hide their users. */
export function defaultNetworkRules(): NetworkRules {
  return networkRules(table);
}

/**
 * Rules from their JSON form.
 * @throws Error for a number that has two rules, or a kind that does not exist
 */
export function networkRules(data: {
  source: string;
  reviewBy: string;
  systems: ReadonlyArray<{ asn: number; class: string; why: string }>;
  names: ReadonlyArray<{ pattern: string; class: string; why: string }>;
}): NetworkRules {
  const byNumber = new Map<number, NetworkRule>();
  for (const { asn, class: kind, why } of data.systems) {
    if (byNumber.has(asn)) throw new Error(`network rules: AS${asn} has two rules; leave one`);
    byNumber.set(asn, { kind: kindOf(kind), why });
  }
  const byName = data.names.map(({ pattern, class: kind, why }) => ({
    pattern: new RegExp(pattern, "i"),
    kind: kindOf(kind),
    why,
  }));
  return { source: data.source, reviewBy: data.reviewBy, byNumber, byName };
}

const KINDS: readonly string[] = ["access", "carrier-nat", "vpn", "tor", "hosting", "education", "unknown"];

function kindOf(text: string): NetworkKind {
  if (!KINDS.includes(text))
    throw new Error(`network rules: "${text}" is no kind of network; use one of ${KINDS.join(", ")}`);
  return text as NetworkKind;
}

/** The rule for a system: its own by number before those by name. Without one it stays unknown. */
export function ruleFor(rules: NetworkRules, asn: number, name: string): NetworkRule | undefined {
  return rules.byNumber.get(asn) ?? rules.byName.find(({ pattern }) => pattern.test(name));
}
