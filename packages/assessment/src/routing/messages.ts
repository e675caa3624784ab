import type { Reason } from "../input/reason.ts";
import { fill } from "../input/reason.ts";

/** Every reason that routing gives, in an officer's words. */
export const ROUTE_TEXTS = {
  "route.no-place": "Nothing says where the person is.",
  "route.resolved": "An installation address was resolved.",
  "route.declared": "An address was declared; it is a hint.",
  "route.geolocation": "Only geolocation: it passes the gate of a country and no further.",
  "route.not-installation": "The resolved address is not known to be the installation address ({kind}).",
  "route.resolved-by-sender":
    "The sender says that the address is resolved; only an operator's answer counts.",
  "route.country-missing": "The resolved address names no country.",
  "route.victim-only": "Only the child's place is known; it serves safeguarding.",
  "route.countries-differ": "The places name different countries.",
  "route.no-gate": "No national agency is on file for this country ({country}).",
  "route.no-postcode": "No postcode says which force; the national agency decides.",
  "route.outcode-unknown": "The outward code is not in the table ({outcode}).",
  "route.agency-ended":
    "The agency that answered for this area has ended and no successor is on file ({agency}).",
  "route.succeeded": "The area was {agency}'s; its successor answers for it.",
  "route.split":
    "The area was {agency}'s, whose work went to several agencies ({forces}); which of them has it is for a person to find out.",
  "route.forces-differ": "The places lead to different forces.",
  "route.contradicted":
    "The table contradicts itself about this outward code; check the full address ({outcode}: {forces}).",
  "route.near-boundary":
    "A boundary runs near this outward code; check the full address ({outcode}: {forces}).",
  "route.full-address-needed":
    "A boundary runs near this outward code, and no full postcode is known: either force may have the address ({outcode}: {forces}).",
} as const satisfies Record<string, string>;

export type RouteCode = keyof typeof ROUTE_TEXTS;

export function routeReason(
  code: RouteCode,
  path: string,
  source: Reason["source"],
  values?: Readonly<Record<string, string>>,
): Reason {
  return { code, path, text: fill(ROUTE_TEXTS[code], values), source };
}
