import type { Assessment } from "@fairlead/assessment";
import type { Station } from "../context.ts";
import type { Destination } from "../desk-api/contract.ts";
import type { Peer } from "../peers/index.ts";

/** What a peer takes. */
export type KnownPeer = Pick<Peer, "id" | "name" | "wire" | "agencies" | "countries">;

/**
 * Where this station could send a report, with what the route recommends first. The machine recommends; a person refers.
 * A clearinghouse peer takes what its wire takes; a force is found by its agency; another country's station by the country.
 */
export function destinationsFor(
  station: Station,
  peers: readonly KnownPeer[],
  returnTo: string | null,
  route: Assessment["route"] | undefined,
): Destination[] {
  return peers
    .filter((peer) => peer.id !== returnTo)
    .flatMap((peer) => destinationsAt(station, peer, route))
    .toSorted((a, b) => Number(b.recommended) - Number(a.recommended));
}

function destinationsAt(
  station: Station,
  peer: KnownPeer,
  route: Assessment["route"] | undefined,
): Destination[] {
  // A UK direct report is made by a form of its own.
  if (peer.wire === "uk-direct") return [];
  const reasons = route?.reasons.map((reason) => reason.text) ?? [];
  if (peer.wire === "cybertipline")
    return [
      {
        peer: peer.id,
        name: peer.name,
        recommended: true,
        provisional: false,
        reasons: ["Reports of this platform go to this clearinghouse."],
      },
    ];
  if (peer.countries.length > 0) {
    const fits = route?.country !== undefined && peer.countries.includes(route.country);
    return [{ peer: peer.id, name: peer.name, recommended: fits, provisional: false, reasons }];
  }
  const candidates = [route?.agency, ...(route?.candidates.map((candidate) => candidate.agency) ?? [])];
  const served = new Map(
    candidates.flatMap((agency) =>
      agency !== undefined && peer.agencies.includes(agency.id) ? [[agency.id, agency]] : [],
    ),
  );
  return [...served.values()].map((agency) => ({
    peer: peer.id,
    name: peer.name,
    agency: agency.id,
    agencyName: agencyName(station, agency.id),
    recommended: agency.id === route?.agency?.id,
    provisional: route?.provisional ?? true,
    reasons,
  }));
}

/** What an agency is called; its id where the directory does not know it. */
export function agencyName(station: Station, id: string): string {
  return station.rules.directory.agencies.get(id)?.name ?? id;
}
