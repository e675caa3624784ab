import type { Case } from "../input/case.ts";
import { shorten, type Reason } from "../input/reason.ts";
import type { Agency } from "./agency.ts";
import { agencyAt, agencyFor, type Directory, type Found } from "./directory.ts";
import { leadsOf, POSTCODE_COUNTRIES, ROUTE_BASES, type Lead, type RouteBasis } from "./lead.ts";
import { routeReason } from "./messages.ts";

/** Where a report should go. A person refers; this says where to, and how sure that is. */
export interface Route {
  /** Who should act: a force for an address, the national agency where only a country is known. Absent where that is not certain. */
  agency?: Agency;
  basis: RouteBasis;
  /** False only when resolved installation addresses lead to one agency. A provisional route is a hint, never a dispatch. */
  provisional: boolean;
  country?: string;
  /** All of them, in the order of the alphabet, where the places name several. */
  countries?: readonly string[];
  /** The national agency of that country, through whose hands a report from abroad comes. */
  gate?: Agency;
  /** Everybody whom something points to, the best supported first. */
  candidates: Candidate[];
  reasons: Reason[];
}

export type RouteDecision = Omit<Route, "candidates">;

export interface Candidate {
  agency: Agency;
  basis: RouteBasis;
  /** A `neighbour` may be the one when the address lies near a boundary. */
  about: Lead["about"] | "neighbour";
}

interface Located {
  lead: Lead;
  found: Found;
  /** Who else may have the address: across a boundary that runs near, or by the other half of a row that contradicts itself. */
  beside: Agency[];
}

/**
 * Where a report should go (agency.md 2.2, 7.2, 7.3).
 *
 * Only a resolved installation address dispatches to a force. A declared postcode is a hint. Geolocation passes the gate of a country
 * and no further: two free city tables agree on the force for 18 of 100 UK addresses.
 * @param at milliseconds since 1970: agencies and areas as of that day
 */
export function route(the: Case, directory: Directory, at: number): Route {
  const day = dayOf(at);
  const leads = leadsOf(the);
  const { reasons, ...decision } = decide(leads, the, directory, day);
  return { ...decision, candidates: candidatesOf(leads, directory, day), reasons };
}

/** The same without those whom something else points to. */
export function routeDecision(the: Case, directory: Directory, at: number): RouteDecision {
  return decide(leadsOf(the), the, directory, dayOf(at));
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function decide(leads: readonly Lead[], the: Case, directory: Directory, day: string): RouteDecision {
  const suspects = leads.filter(({ about }) => about === "suspect");
  const deciding = suspects.length > 0 ? suspects : leads;
  const basis = ROUTE_BASES.find((each) => deciding.some((lead) => lead.basis === each)) ?? "none";
  const best = deciding.filter((lead) => lead.basis === basis);
  const located = best.flatMap((lead) => locate(lead, directory, day) ?? []);
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
    ...(countries.size > 1 ? { countries: [...countries].toSorted() } : {}),
    ...(gate === undefined ? {} : { gate }),
    reasons: shorten([
      ...(best.length === 0
        ? [routeReason("route.no-place", "/report/persons", the.sender)]
        : best.slice(0, 1).flatMap((lead) => basisReasons(lead, basis, countries, country, gate))),
      ...leads.flatMap(({ doubts }) => doubts),
      ...located.flatMap(locationReasons),
      ...(located.length > 0 && force === undefined && agencyIds(located).size > 1
        ? located.slice(0, 1).map(({ lead }) => routeReason("route.forces-differ", lead.path, lead.source))
        : []),
      ...(basis !== "geolocation" && best.length > 0 && located.length === 0 && hasForces(countries)
        ? best.slice(0, 1).map(({ path, source }) => routeReason("route.no-postcode", path, source))
        : []),
    ]),
  };
}

/** Whether a postcode could say which force it is: abroad there is none that it could name. */
function hasForces(countries: ReadonlySet<string>): boolean {
  return countries.size === 0 || [...countries].some((country) => POSTCODE_COUNTRIES.has(country));
}

function locate(lead: Lead, directory: Directory, day: string): Located | undefined {
  if (lead.outcode === undefined) return undefined;
  const found = agencyFor(directory, "uk-outcode", lead.outcode, day);
  if (found.kind !== "found") return { lead, found, beside: [] };
  // Where the two sides have become one force since, the boundary is gone.
  const others = (found.area.neighbours ?? []).flatMap((id) => agenciesAt(directory, id, day));
  const beside = others.filter(
    ({ id }, index) => id !== found.agency.id && others.findIndex((other) => other.id === id) === index,
  );
  return { lead, found, beside };
}

function agenciesAt(directory: Directory, id: string, day: string): Agency[] {
  const at = agencyAt(directory, id, day);
  return at.kind === "current" ? [at.agency] : at.kind === "split" ? at.agencies : [];
}

function agencyIds(located: readonly Located[]): Set<string | undefined> {
  return new Set(located.map(({ found }) => (found.kind === "found" ? found.agency.id : undefined)));
}

/** The one agency that every located place leads to. */
function soleAgency(located: readonly Located[]): Agency | undefined {
  const [first] = located;
  return first?.found.kind === "found" && agencyIds(located).size === 1 ? first.found.agency : undefined;
}

/**
 * No place is the child's only, none lies where the table contradicts itself, and where a boundary runs near, the full postcode is
 * known, so that somebody can look on which side the address lies.
 */
function isFirm(located: readonly Located[], best: readonly Lead[]): boolean {
  return (
    best.every(({ about }) => about === "suspect") &&
    located.every(
      ({ lead, found, beside }) =>
        found.kind === "found" &&
        found.area.doubt === undefined &&
        (beside.length === 0 || lead.whole === true),
    )
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

function locationReasons({ lead: { path, source, outcode = "", whole }, found, beside }: Located): Reason[] {
  if (found.kind === "unknown") return [routeReason("route.outcode-unknown", path, source, { outcode })];
  const agency = found.agency.name;
  if (found.kind === "ended") return [routeReason("route.agency-ended", path, source, { agency })];
  if (found.kind === "split")
    return [routeReason("route.split", path, source, { agency, forces: names(found.agencies) })];
  const { doubt } = found.area;
  const values = { outcode, forces: names([found.agency, ...beside]) };
  const boundary = whole === true ? "route.near-boundary" : "route.full-address-needed";
  return [
    ...(found.succeeded.length === 0
      ? []
      : [routeReason("route.succeeded", path, source, { agency: found.succeeded.join(", then ") })]),
    ...(doubt === undefined ? [] : [routeReason("route.contradicted", path, source, values)]),
    ...(beside.length === 0 ? [] : [routeReason(boundary, path, source, values)]),
  ];
}

function names(agencies: readonly Agency[]): string {
  return agencies.map(({ name }) => name).join(" or ");
}

/** Every agency that a lead points to, in the order of the bases, each once; neighbours last. */
function candidatesOf(leads: readonly Lead[], directory: Directory, day: string): Candidate[] {
  const direct: Candidate[] = [];
  const near: Candidate[] = [];
  for (const basis of ROUTE_BASES)
    for (const lead of leads.filter((each) => each.basis === basis)) {
      const { about } = lead;
      const local = locate(lead, directory, day);
      const found = local?.found;
      const forces = found?.kind === "found" ? [found.agency] : found?.kind === "split" ? found.agencies : [];
      for (const agency of forces) direct.push({ agency, basis, about });
      for (const agency of local?.beside ?? []) near.push({ agency, basis, about: "neighbour" });
      const gate = lead.country === undefined ? undefined : gateOf(directory, lead.country, day);
      if (forces.length === 0 && gate !== undefined) direct.push({ agency: gate, basis, about });
    }
  const seen = new Set<string>();
  return [...direct, ...near].filter(({ agency }) => !seen.has(agency.id) && seen.add(agency.id));
}
