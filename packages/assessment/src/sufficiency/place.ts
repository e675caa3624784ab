import type { Place } from "@fairlead/report";
import type { Case } from "../input/case.ts";
import type { Reason } from "../input/reason.ts";
import { bestRank, PLACE, type Graded, type PlaceGrade } from "./attribute.ts";
import type { ReadGroup } from "./event-address.ts";
import type { Group } from "./group.ts";
import { because } from "./messages.ts";
import { isUsablePostcode } from "./resolution.ts";

interface Finding {
  rank: number;
  reason: Reason;
  holds: Reason[];
}

/**
 * Where the person of a group is (agency.md 4.1).
 *
 * Two geolocation sources that agree would be a hint at a force (P2), but a place in a report names no source, so two entries may
 * be one source twice: geolocation gives a country here and nothing more.
 */
export function placeOf(group: ReadGroup, the: Case): Graded<PlaceGrade> {
  const findings = resolutionFindings(group);
  putPlaceFindings(findings, group, the);
  putNetworkFindings(findings, group);
  const best = bestRank(findings);
  const value = PLACE[best] ?? "P0";
  if (best === 0) {
    const unknown = because("place.unknown", group.path, the.sender);
    return { value, reasons: [unknown], holds: [unknown] };
  }
  const reasons = findings.filter((finding) => finding.rank === best).map(({ reason }) => reason);
  if (best === 3) return { value, reasons, holds: [] };
  return {
    value,
    reasons,
    holds: [because("place.not-resolved", group.path, the.rule), ...findings.flatMap(({ holds }) => holds)],
  };
}

function resolutionFindings({ resolutions: { accepted, refused } }: ReadGroup): Finding[] {
  return [
    ...accepted.map(({ states, path, source }): Finding => {
      const country = because("place.country", `${path}/states/country`, source, { country: states.country });
      if (!isUsablePostcode(states.postcode, states.country))
        return { rank: 1, reason: country, holds: [because("place.postcode-missing", path, source)] };
      if (states.addressKind === "installation")
        return { rank: 3, reason: because("place.resolved", path, source), holds: [] };
      return {
        rank: 2,
        reason: because("place.declared", `${path}/states/postcode`, source),
        holds: [
          because("place.not-installation", `${path}/states/addressKind`, source, {
            kind: states.addressKind,
          }),
        ],
      };
    }),
    ...refused.map(({ states, path, source }) => ({
      rank: 1,
      reason: because("place.country", `${path}/states/country`, source, { country: states.country }),
      holds: [because("place.resolved-by-sender", path, source)],
    })),
  ];
}

function putPlaceFindings(into: Finding[], { person, path }: Group, the: Case): void {
  for (const [index, place] of (person?.places ?? NO_PLACES).entries())
    into.push(...placeFinding(place, `${path}/places/${index}`, the));
}

const NO_PLACES: readonly Place[] = [];

function placeFinding(place: Place, path: string, the: Case): Finding[] {
  const { sender, statements } = the;
  const local = [place.street, place.city, place.region, place.postcode].some((part) => part !== undefined);
  const country: Finding[] =
    place.country === undefined
      ? []
      : [
          {
            rank: 1,
            reason: because("place.country", `${path}/country`, sender, { country: place.country }),
            holds: [],
          },
        ];
  if (place.basis === "ip-country" || place.basis === "estimated")
    return country.map((finding) => ({
      ...finding,
      holds: [because("place.geolocation-only", path, sender)],
    }));
  if (!local) return country;
  const hint = (...holds: Reason[]): Finding[] => [
    { rank: 2, reason: because("place.declared", path, sender), holds },
  ];
  if (place.basis === "declared") return hint();
  if (!statements.senderSpeaksForOthers) return hint(because("place.resolved-by-sender", path, sender));
  if (place.addressKind !== "installation")
    return hint(
      because("place.not-installation", `${path}/addressKind`, sender, { kind: place.addressKind }),
    );
  if (place.country === undefined || !isUsablePostcode(place.postcode, place.country))
    return hint(because("place.postcode-missing", path, sender));
  return [{ rank: 3, reason: because("place.resolved", path, sender), holds: [] }];
}

/** The country that a network table gives for an address the person used; one that hides its user says nothing about a country. */
function putNetworkFindings(into: Finding[], group: ReadGroup): void {
  for (const { found } of group.events) {
    if (found === undefined || found === "unreadable") continue;
    const { country, network, path, source } = found.known;
    if (country === undefined || (network !== "access" && network !== "carrier-nat")) continue;
    into.push({
      rank: 1,
      reason: because("place.country", path, source, { country }),
      holds: [because("place.geolocation-only", path, source)],
    });
  }
}
