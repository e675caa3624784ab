import type { Case } from "../input/case.ts";
import { shorten, type Reason } from "../input/reason.ts";
import type { Agency } from "./agency.ts";
import { agencyFor, type Directory, type Found } from "./directory.ts";
import { leadsOf, ROUTE_BASES, type Lead, type RouteBasis } from "./lead.ts";
import { routeReason } from "./messages.ts";

/** Where a report should go. A person refers; this says where to, and how sure that is. */
export interface Route {
  /** Who should act: a force for an address, the national agency where only a country is known. Absent where that is not certain. */
  agency?: Agency;
  basis: RouteBasis;
  /** False only when resolved installation addresses lead to one agency. A provisional route is a hint, never a dispatch. */
  provisional: boolean;
  country?: string;
  /** The national agency of that country, through whose hands a report from abroad comes. */
  gate?: Agency;
  /** Everybody whom something points to, the best supported first. */
  candidates: Candidate[];
  reasons: Reason[];
}

export interface Candidate {
  agency: Agency;
  basis: RouteBasis;
  /** A `neighbour` may be the one when the address lies near a boundary. */
  about: Lead["about"] | "neighbour";
}

interface Located {
  lead: Lead;
  found: Found;
}

/**
 * Where a report should go (agency.md 2.2, 7.2, 7.3).
 *
 * Only a resolved installation address dispatches to a force. A declared postcode is a hint. Geolocation passes the gate of a country
 * and no further: two free city tables agree on the force for 18 of 100 UK addresses.
 * @param at milliseconds since 1970: agencies and areas as of that day
 */
export function route(the: Case, directory: Directory, at: number): Route {
  const day = new Date(at).toISOString().slice(0, 10);
  const leads = leadsOf(the);
  const suspects = leads.filter(({ about }) => about === "suspect");
  const deciding = suspects.length > 0 ? suspects : leads;
  const basis = ROUTE_BASES.find((each) => deciding.some((lead) => lead.basis === each)) ?? "none";
  const best = deciding.filter((lead) => lead.basis === basis);
  const located = best.flatMap((lead): Located[] =>
    lead.outcode === undefined
      ? []
      : [{ lead, found: agencyFor(directory, "uk-outcode", lead.outcode, day) }],
  );
  const force = soleAgency(located);
  const countries = new Set(best.flatMap(({ country }) => country ?? []));
  const country = countries.size > 1 ? undefined : ([...countries][0] ?? force?.country);
  const gate = country === undefined ? undefined : gateOf(directory, country, day);
  const agency = located.length > 0 ? force : gate;
  return {
    ...(agency === undefined ? {} : { agency }),
    basis,
    provisional: !(
      basis === "resolved" &&
      force !== undefined &&
      countries.size <= 1 &&
      isFirm(located, best)
    ),
    ...(country === undefined ? {} : { country }),
    ...(gate === undefined ? {} : { gate }),
    candidates: candidatesOf(leads, directory, day),
    reasons: shorten([
      ...(best.length === 0
        ? [routeReason("route.no-place", "/report/persons", the.sender)]
        : best.slice(0, 1).flatMap((lead) => basisReasons(lead, basis, countries, country, gate))),
      ...leads.flatMap(({ doubts }) => doubts),
      ...located.flatMap(locationReasons),
      ...(located.length > 0 && force === undefined && agencyIds(located).size > 1
        ? located.slice(0, 1).map(({ lead }) => routeReason("route.forces-differ", lead.path, lead.source))
        : []),
      ...(basis !== "geolocation" && best.length > 0 && located.length === 0
        ? best.slice(0, 1).map(({ path, source }) => routeReason("route.no-postcode", path, source))
        : []),
    ]),
  };
}

function agencyIds(located: readonly Located[]): Set<string | undefined> {
  return new Set(located.map(({ found }) => (found.kind === "found" ? found.agency.id : undefined)));
}

/** The one agency that every located place leads to. */
function soleAgency(located: readonly Located[]): Agency | undefined {
  const [first] = located;
  return first?.found.kind === "found" && agencyIds(located).size === 1 ? first.found.agency : undefined;
}

/** No place is the child's only, and none lies where the table contradicts itself. */
function isFirm(located: readonly Located[], best: readonly Lead[]): boolean {
  return (
    best.every(({ about }) => about === "suspect") &&
    located.every(({ found }) => found.kind === "found" && found.area.doubt === undefined)
  );
}

function gateOf(directory: Directory, country: string, day: string): Agency | undefined {
  const found = agencyFor(directory, "country", country, day);
  return found.kind === "found" ? found.agency : undefined;
}

function basisReasons(
  { path, source, about }: Lead,
  basis: RouteBasis,
  countries: ReadonlySet<string>,
  country: string | undefined,
  gate: Agency | undefined,
): Reason[] {
  return [
    ...(basis === "none" ? [] : [routeReason(`route.${basis}`, path, source)]),
    ...(about === "victim" ? [routeReason("route.victim-only", path, source)] : []),
    ...(countries.size > 1 ? [routeReason("route.countries-differ", path, source)] : []),
    ...(country !== undefined && gate === undefined
      ? [routeReason("route.no-gate", path, source, { country })]
      : []),
  ];
}

function locationReasons({ lead: { path, source, outcode = "" }, found }: Located): Reason[] {
  if (found.kind === "unknown") return [routeReason("route.outcode-unknown", path, source, { outcode })];
  if (found.kind === "ended")
    return [routeReason("route.agency-ended", path, source, { agency: found.agency.name })];
  const [former] = found.succeeded;
  const { doubt, neighbours = [] } = found.area;
  return [
    ...(former === undefined ? [] : [routeReason("route.succeeded", path, source, { agency: former })]),
    ...(doubt === undefined ? [] : [routeReason("route.contradicted", path, source, { outcode })]),
    ...(neighbours.length === 0 ? [] : [routeReason("route.near-boundary", path, source, { outcode })]),
  ];
}

/** Every agency that a lead points to, in the order of the bases, each once; neighbours last. */
function candidatesOf(leads: readonly Lead[], directory: Directory, day: string): Candidate[] {
  const direct: Candidate[] = [];
  const beside: Candidate[] = [];
  for (const basis of ROUTE_BASES)
    for (const lead of leads.filter((each) => each.basis === basis)) {
      const local =
        lead.outcode === undefined ? undefined : agencyFor(directory, "uk-outcode", lead.outcode, day);
      if (local?.kind === "found") {
        direct.push({ agency: local.agency, basis, about: lead.about });
        for (const id of local.area.neighbours ?? []) {
          const agency = directory.agencies.get(id);
          if (agency !== undefined) beside.push({ agency, basis, about: "neighbour" });
        }
      }
      const gate = lead.country === undefined ? undefined : gateOf(directory, lead.country, day);
      if (local?.kind !== "found" && gate !== undefined)
        direct.push({ agency: gate, basis, about: lead.about });
    }
  const seen = new Set<string>();
  return [...direct, ...beside].filter(({ agency }) => !seen.has(agency.id) && seen.add(agency.id));
}
