import type { Claim, Evidence, Person, Report, ReportId } from "@fairlead/report";
import { accountValue } from "../linking/identifier-key.ts";

/** One file of one report, as seen: a fact that is only ever added. What a campaign shows is derived from these. */
export interface Sighting {
  report: ReportId;
  /** Who had it: the account, or the report where none is known. Different holders make a campaign. */
  holder: string;
  sender: string;
  /** ISO 3166-1 alpha-2 of the person, where somebody says so. */
  country?: string;
  /** When the report came, in milliseconds since 1970. */
  at: number;
  /** SHA-256 of the bytes that came, 64 hexadecimal digits. */
  exact?: string;
  /** A perceptual hash of 256 bits, 64 hexadecimal digits. */
  perceptual?: string;
}

/** The name of the perceptual hash whose distances the rules mean (PDQ, Davis and Rosen 2019). */
const PERCEPTUAL = /^pdq$/i;

/**
 * The sightings of a report: one for each different file.
 * @param receivedAt milliseconds since 1970
 */
export function sightingsOf(
  id: ReportId,
  report: Report,
  claims: readonly Claim[],
  receivedAt: number,
): Sighting[] {
  const suspects = report.persons.filter(({ role }) => role === "suspect");
  const [only] = suspects;
  const holder = suspects.length === 1 && only !== undefined ? accountOf(only) : undefined;
  const country = only === undefined ? undefined : countryOf(only, claims);
  const found = new Map<string, Sighting>();
  for (const item of report.evidence) {
    if (item.kind !== "file") continue;
    const exact = item.received?.sha256;
    const perceptual = perceptualOf(item);
    if (exact === undefined && perceptual === undefined) continue;
    found.set(`${exact ?? ""} ${perceptual ?? ""}`, {
      report: id,
      holder: holder ?? `report:${id}`,
      sender: report.sender.id,
      ...(country === undefined ? {} : { country }),
      at: receivedAt,
      ...(exact === undefined ? {} : { exact }),
      ...(perceptual === undefined ? {} : { perceptual }),
    });
  }
  return [...found.values()];
}

function accountOf({ identifiers }: Person): string | undefined {
  const [first] = identifiers
    .flatMap(({ kind, platform, value }) =>
      kind === "account" && platform !== undefined ? [accountValue(platform, value)] : [],
    )
    .sort();
  return first === undefined ? undefined : `account:${first}`;
}

function perceptualOf({ declaredHashes }: Evidence): string | undefined {
  const value = declaredHashes.find(({ algorithm }) => PERCEPTUAL.test(algorithm))?.value.toLowerCase();
  return value !== undefined && /^[\da-f]{64}$/.test(value) ? value : undefined;
}

/** A country that a place or an address of the person names; nobody routes by it. */
function countryOf({ places, events }: Person, claims: readonly Claim[]): string | undefined {
  const stated = places.find(({ country }) => country !== undefined)?.country;
  if (stated !== undefined) return stated;
  const addresses = new Set(events.flatMap(({ ip }) => ip?.address ?? []));
  for (const { about, states } of claims)
    if (about.kind === "ip" && states.kind === "network" && addresses.has(about.address)) {
      if (states.country !== undefined) return states.country;
    }
  return undefined;
}
