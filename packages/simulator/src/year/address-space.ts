import type { NetworkClass } from "@fairlead/report";
import { NETWORK_COUNTRIES } from "../network.ts";
import { mixed, type Keyed } from "./keyed.ts";

/**
 * A year's people need more addresses than documentation has, so IPv4 addresses of a year lie in 240.0.0.0/4: reserved since 1989
 * (RFC 1112 section 4), neither source nor destination nor forwarded nor global (RFC 6890, table 15), so that nobody has ever had
 * one and no packet of anybody's carries one. 198.18.0.0/15 (RFC 2544) would be as innocent and is too small: 131,072 addresses.
 * IPv6 addresses lie in 3fff::/20, which RFC 9637 (2024) reserved for documentation beside 2001:db8::/32.
 *
 * 240.0.0.0/6 are access networks, 244.0.0.0/6 carriers' shared addresses, a /11 of each for a country; 248.0.0.0/6 hides people:
 * a /11 for each VPN, hosting company or Tor. Each country has a /25 of 3fff::/20, which holds thousands of millions of homes.
 */
export interface YearNetwork {
  /** CIDR notation. */
  prefix: string;
  country: string;
  network: NetworkClass;
}

const SLICE_BITS = 21;
const SLICE = 2 ** SLICE_BITS;
const ACCESS = 240;
const CARRIER = 244;
const HIDING = 248;

const HIDERS: ReadonlyArray<Pick<YearNetwork, "country" | "network">> = [
  { country: "GB", network: "vpn" },
  { country: "US", network: "vpn" },
  { country: "DE", network: "vpn" },
  { country: "IN", network: "vpn" },
  { country: "US", network: "hosting" },
  { country: "DE", network: "hosting" },
  { country: "DE", network: "tor" },
];
/** Of each twenty who hide, eighteen have a VPN, one an address of a hosting company and one Tor. */
const HIDER_OF_TWENTY = [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 6] as const;
/** Exits that each VPN, hosting company and Tor has. */
const EXITS = 4096;

/** What the ranges stand for: give this table to the stations that receive a year's reports. */
export const yearNetworks: readonly YearNetwork[] = [
  ...NETWORK_COUNTRIES.flatMap((country, index): YearNetwork[] => [
    { prefix: `${v4(ACCESS, index * SLICE)}/${32 - SLICE_BITS}`, country, network: "access" },
    { prefix: `${v4(CARRIER, index * SLICE)}/${32 - SLICE_BITS}`, country, network: "carrier-nat" },
    { prefix: `3fff:${group(index << 7)}::/25`, country, network: "access" },
  ]),
  ...HIDERS.map((hider, index) => ({ prefix: `${v4(HIDING, index * SLICE)}/${32 - SLICE_BITS}`, ...hider })),
];

const byRow = new Map(yearNetworks.map((row) => [row.prefix, row]));
const v4Rows = [ACCESS, CARRIER, HIDING].map((base) =>
  Array.from({ length: 32 }, (_, index) => byRow.get(`${v4(base, index * SLICE)}/${32 - SLICE_BITS}`)),
);
const v6Rows = NETWORK_COUNTRIES.map((_, index) => byRow.get(`3fff:${group(index << 7)}::/25`));

/**
 * The row for an address in canonical form, or `undefined` where the table knows nothing about it.
 * Found by arithmetic, because it is asked for each address of some thirty million reports.
 */
export function yearNetworkOf(address: string): YearNetwork | undefined {
  if (address.startsWith("3fff:")) {
    const second = Number.parseInt(address.slice(5), 16);
    return second >= 0 && second < 0x1000 ? v6Rows[second >> 7] : undefined;
  }
  const dot = address.indexOf(".");
  const [first, second] = [Number(address.slice(0, dot)), Number.parseInt(address.slice(dot + 1), 10)];
  return v4Rows[(first >> 2) - (ACCESS >> 2)]?.[((first & 3) << 3) | (second >> 5)];
}

/** The addresses that a person has: at home, among a carrier's customers, and behind a network that hides. */
export interface YearAddresses {
  own: string;
  shared: string;
  hidden: string;
}

export interface AddressRates {
  /** Homes with an IPv6 prefix of their own; the others share one IPv4 address with `homesPerAddress` over a year. */
  ipv6Share: number;
  homesPerAddress: number;
  /** Customers behind one address of a carrier: from 10^least to 10^most. */
  carrierUsers: { least: number; most: number };
  /** Accounts behind the one most crowded address of all. */
  mostCrowded: number;
}

/**
 * The addresses of a person.
 * @param household whoever gives their home its number: themselves, or somebody with whom they live
 * @param peers how many people of the stream are in the country, with whom they share
 */
export function addressesIn(
  draw: Keyed,
  rates: AddressRates,
  person: number,
  household: number,
  country: string,
  peers: number,
): YearAddresses {
  const index = countryIndex(country);
  return {
    own: homeIn(draw, rates, household, index, peers),
    shared: carrierIn(draw, rates, person, index, peers),
    hidden: hiddenAddress(draw, person),
  };
}

/** An address of a VPN, a hosting company or Tor. */
export function hiddenAddress(draw: Keyed, person: number): string {
  const word = draw.word("hidden", person);
  const hider = HIDER_OF_TWENTY[word % HIDER_OF_TWENTY.length] ?? 0;
  return v4(HIDING, hider * SLICE + spread((word >>> 8) % EXITS));
}

function homeIn(draw: Keyed, rates: AddressRates, person: number, index: number, peers: number): string {
  if (draw.unit("ipv6", person) < rates.ipv6Share) {
    const [home, host] = [draw.word("home", person), draw.word("host", person)];
    // 3fff:0CCH:HHHH:HHss::/56 with the country in CC, the home in H and one of its 256 networks in ss.
    const second = (index << 7) | (home >>> 25);
    const third = ((home >>> 9) & 0xffff) | 1;
    const fourth = ((home << 7) & 0xff00) | (host & 0xff) | 1;
    const [low, high] = [((host >>> 16) & 0x7fff) | 1, (host & 0x7fff) | 0x8000];
    // No two groups in a row are nought, so the text is canonical (RFC 5952).
    return `3fff:${group(second)}:${group(third)}:${group(fourth)}:${group(high)}:${group(low)}:${group(high ^ 0x5a5a)}:${group(low)}`;
  }
  const lines = Math.min(SLICE - 2, Math.max(1, Math.ceil(peers / rates.homesPerAddress)));
  return v4(ACCESS, index * SLICE + spread(draw.word("line", person) % lines));
}

/** One address of each country is the most crowded one; the others have as many customers as their class has. */
function carrierIn(draw: Keyed, rates: AddressRates, person: number, index: number, peers: number): string {
  if (draw.unit("crowded", person) < rates.mostCrowded / Math.max(peers, rates.mostCrowded * 4))
    return v4(CARRIER, index * SLICE + 1);
  const { least, most } = rates.carrierUsers;
  const users = 10 ** (least + (draw.word("carrier-class", person) % 6) * ((most - least) / 5));
  const lines = Math.max(1, Math.ceil(peers / 6 / users));
  const first = 2 + (draw.word("carrier-class", person) % 6) * 2 ** 18;
  return v4(CARRIER, index * SLICE + first + (draw.word("carrier", person) % Math.min(lines, 2 ** 18)));
}

/** Numbers next to each other become addresses far apart, never the first or last of the slice. */
function spread(number: number): number {
  return 1 + ((mixed(number + 0x2545f491) >>> (32 - SLICE_BITS)) % (SLICE - 2));
}

function v4(base: number, offset: number): string {
  return `${base + (offset >>> 24)}.${(offset >>> 16) & 255}.${(offset >>> 8) & 255}.${offset & 255}`;
}

function group(value: number): string {
  return value.toString(16);
}

function countryIndex(country: string): number {
  const index = (NETWORK_COUNTRIES as readonly string[]).indexOf(country);
  if (index < 0) throw new RangeError(`yearNetworks has no networks in ${country}`);
  return index;
}
