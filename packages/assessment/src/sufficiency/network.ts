import { isPlaceholderIp, type ClaimSource, type NetworkClass } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import type { Stated } from "../input/statements.ts";

/** What is known about the network behind an address. */
export interface NetworkKnowledge {
  network: NetworkClass;
  /** ISO 3166-1 alpha-2; absent when nobody says, or two tables disagree. */
  country?: string;
  /** Whether it can stand for nobody: loopback, private and the like. */
  isPlaceholder: boolean;
  path: string;
  source: ClaimSource;
}

/** From least to most damaging to an attribution; the worst that anybody says counts. */
const SEVERITY: Readonly<Record<NetworkClass, number>> = {
  unknown: 0,
  access: 1,
  "carrier-nat": 2,
  hosting: 3,
  vpn: 4,
  tor: 5,
};

/**
 * What the claims about an address say together. An unknown network is not an access network: silence never helps.
 * A sender's word counts only against an address (it says "VPN"), because it has no better table than we have.
 */
export function networkOf(address: string, the: Omit<Case, "doubts">): NetworkKnowledge {
  const held = the.networks.get(address);
  if (held !== undefined) return held;
  const known = knowledgeOf(address, the);
  the.networks.set(address, known);
  return known;
}

function knowledgeOf(address: string, { statements, sender }: Omit<Case, "doubts">): NetworkKnowledge {
  const isPlaceholder = isPlaceholderIp(address);
  let worst: Stated<"network"> | undefined;
  let country: string | undefined;
  let disagree = false;
  for (const { states, path, source } of statements.about({ kind: "ip", address })) {
    if (states.kind !== "network") continue;
    const severity = SEVERITY[states.network];
    if (source.kind === "sender") {
      if (severity <= SEVERITY["carrier-nat"]) continue;
    } else if (states.country !== undefined) {
      disagree ||= country !== undefined && country !== states.country;
      country = states.country;
    }
    if (worst === undefined || severity > SEVERITY[worst.states.network]) worst = { states, path, source };
  }
  if (worst === undefined) return { network: "unknown", isPlaceholder, path: "", source: sender };
  const { states, path, source } = worst;
  const known = { network: states.network, isPlaceholder, path, source };
  return country === undefined || disagree ? known : { ...known, country };
}
