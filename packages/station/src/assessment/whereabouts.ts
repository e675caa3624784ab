import { agencyFor, type Assessment } from "@fairlead/assessment";
import type { Station } from "../context.ts";
import type { WhereaboutsView } from "../desk-api/contract.ts";
import type { KnownPeer } from "./destinations.ts";

/**
 * Where the person is, and where a report goes whose person is abroad: to the stations that take in that country's reports, as their
 * peers are recorded today; where there is none, or this station refers nothing, the national centre of its own country decides.
 */
export function whereaboutsOf(
  station: Station,
  peers: readonly KnownPeer[],
  route: Assessment["route"],
): WhereaboutsView {
  const { basis, agency, provisional, reasons } = route;
  const { country: home } = station.config.station;
  const found = countriesOf(route);
  const abroad = home === undefined ? [] : found.filter((each) => each !== home);
  const takers = peers.flatMap(({ id, name, countries: takes }) => {
    const taken = abroad.filter((each) => takes.includes(each));
    return taken.length === 0 ? [] : [{ peer: id, name, countries: taken }];
  });
  const unserved = abroad.filter((each) => !takers.some((taker) => taker.countries.includes(each)));
  const refers = station.config.station.profile !== "police-force";
  const mustDecide = abroad.length > 0 && (!refers || unserved.length > 0);
  return {
    basis,
    countries: found,
    ...(home === undefined ? {} : { home }),
    abroad,
    ...(agency === undefined ? {} : { agency: { id: agency.id, name: agency.name } }),
    provisional,
    takers,
    unserved,
    ...(home !== undefined && mustDecide ? { decides: centreOf(station, home) } : {}),
    reasons: reasons.map(({ text }) => text),
  };
}

/** The national centre of a country on this day: this station itself, or the agency on file. */
function centreOf(station: Station, home: string): NonNullable<WhereaboutsView["decides"]> {
  const { name, profile } = station.config.station;
  if (profile === "national-agency") return { name, here: true };
  const day = new Date(station.clock()).toISOString().slice(0, 10);
  const found = agencyFor(station.rules.directory, "country", home, day);
  return found.kind === "found" ? { name: found.agency.name, here: false } : { name, here: true };
}

/** The countries that the firmest places name. */
export function countriesOf(route: Assessment["route"] | undefined): string[] {
  return [...(route?.countries ?? (route?.country === undefined ? [] : [route.country]))];
}
