import { ukOutcode, type Place } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import type { Reason } from "../input/reason.ts";
import { ofKind } from "../input/statements.ts";
import { networkOf } from "../sufficiency/network.ts";
import { routeReason } from "./messages.ts";

/** How a place is known, from firmest to loosest. */
export const ROUTE_BASES = ["resolved", "declared", "geolocation", "none"] as const;
export type RouteBasis = (typeof ROUTE_BASES)[number];

/** One place that somebody gave. */
export interface Lead {
  /** Whose place: a suspect's decides, a victim's serves safeguarding. */
  about: "suspect" | "victim";
  basis: Exclude<RouteBasis, "none">;
  country?: string;
  /** UK outward code. Never on a geolocated place: a city from an address table does not tell a force. */
  outcode?: string;
  /** Whether the whole postcode is known, of which the outward code is the first half. */
  whole?: boolean;
  path: string;
  source: Reason["source"];
  /** Why it is not firmer. */
  doubts: Reason[];
}

/** Countries whose postcodes the table holds. */
export const POSTCODE_COUNTRIES: ReadonlySet<string> = new Set(["GB", "GG", "JE", "IM"]);

/** Every place in a case that could lead to an agency. */
export function leadsOf(the: Case): Lead[] {
  const leads = resolutionLeads(the);
  for (const lead of placeLeads(the)) leads.push(lead);
  for (const lead of networkLeads(the)) leads.push(lead);
  return leads;
}

function resolutionLeads(the: Case): Lead[] {
  const { report, statements } = the;
  const targets = [
    { about: "suspect" as const, stated: statements.about({ kind: "report" }) },
    ...report.persons.flatMap(({ key, role }) =>
      role === "suspect" || role === "victim"
        ? [{ about: role, stated: statements.about({ kind: "person", key }) }]
        : [],
    ),
  ];
  return targets.flatMap(({ about, stated }) =>
    ofKind(stated, "resolution").map(({ states, path, source }): Lead => {
      const answered = source.kind === "person" || source.kind === "station";
      const installed = states.addressKind === "installation";
      return {
        about,
        basis: answered && installed ? "resolved" : "declared",
        ...outcodeOf(states.postcode, states.country),
        country: states.country,
        path,
        source,
        doubts: [
          ...(answered ? [] : [routeReason("route.resolved-by-sender", path, source)]),
          ...(installed
            ? []
            : [routeReason("route.not-installation", path, source, { kind: states.addressKind })]),
        ],
      };
    }),
  );
}

function placeLeads(the: Case): Lead[] {
  return the.report.persons.flatMap(({ role, places }, index) =>
    role === "suspect" || role === "victim"
      ? places.map((place, p) => placeLead(place, role, `/report/persons/${index}/places/${p}`, the))
      : [],
  );
}

function placeLead(place: Place, about: Lead["about"], path: string, { sender, statements }: Case): Lead {
  const country = place.country === undefined ? {} : { country: place.country };
  const common = { about, path, source: sender, ...country };
  const postcode = outcodeOf(place.postcode, place.country);
  if (place.basis === "declared") return { ...common, ...postcode, basis: "declared", doubts: [] };
  if (place.basis !== "resolved") return { ...common, basis: "geolocation", doubts: [] };
  const installed = place.addressKind === "installation";
  const firm = statements.senderSpeaksForOthers && installed && place.country !== undefined;
  return {
    ...common,
    ...postcode,
    basis: firm ? "resolved" : "declared",
    doubts: [
      ...(statements.senderSpeaksForOthers ? [] : [routeReason("route.resolved-by-sender", path, sender)]),
      ...(installed
        ? []
        : [routeReason("route.not-installation", path, sender, { kind: place.addressKind })]),
      ...(place.country === undefined ? [routeReason("route.country-missing", path, sender)] : []),
    ],
  };
}

/** Countries that network tables give for the addresses that a suspect used. */
function networkLeads(the: Case): Lead[] {
  const addresses = new Set<string>();
  for (const { events } of the.groups)
    for (const { event } of events) if (event.ip?.address !== undefined) addresses.add(event.ip.address);
  return [...addresses].flatMap((address): Lead[] => {
    const { country, network, path, source } = networkOf(address, the);
    const hides = network !== "access" && network !== "carrier-nat" && network !== "unknown";
    return country === undefined || hides
      ? []
      : [{ about: "suspect", basis: "geolocation", country, path, source, doubts: [] }];
  });
}

function outcodeOf(
  postcode: string | undefined,
  country: string | undefined,
): { outcode?: string; whole?: boolean } {
  if (postcode === undefined || (country !== undefined && !POSTCODE_COUNTRIES.has(country))) return {};
  const outcode = ukOutcode(postcode);
  if (outcode === undefined) return {};
  return { outcode, whole: postcode.replaceAll(/\s/g, "").length > outcode.length };
}
