import type { ClaimSource, NetworkClass } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import { ofKind } from "../input/statements.ts";

/** What is known about the network behind an address. */
export interface NetworkKnowledge {
  network: NetworkClass;
  /** ISO 3166-1 alpha-2; absent when nobody says, or two tables disagree. */
  country?: string;
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
export function networkOf(address: string, the: Case): NetworkKnowledge {
  const known = the.networks.get(address) ?? knowledgeOf(address, the);
  the.networks.set(address, known);
  return known;
}

function knowledgeOf(address: string, { statements, sender }: Case): NetworkKnowledge {
  const stated = ofKind(statements.about({ kind: "ip", address }), "network").filter(
    ({ states, source }) => source.kind !== "sender" || SEVERITY[states.network] > SEVERITY["carrier-nat"],
  );
  const worst = [...stated].sort((a, b) => SEVERITY[b.states.network] - SEVERITY[a.states.network])[0];
  if (worst === undefined) return { network: "unknown", path: "", source: sender };
  const countries = new Set(
    stated.flatMap(({ states, source }) =>
      source.kind === "sender" || states.country === undefined ? [] : [states.country],
    ),
  );
  const [country] = countries;
  return {
    network: worst.states.network,
    path: worst.path,
    source: worst.source,
    ...(countries.size === 1 && country !== undefined ? { country } : {}),
  };
}
