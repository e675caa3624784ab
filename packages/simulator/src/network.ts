import { parseIp, type NetworkClass } from "@fairlead/report";
import { weighted, type Weighted } from "./draw.ts";
import type { Random } from "./random.ts";

/** One network of the fixture: what stands behind its addresses and where. */
export interface NetworkRow {
  /** CIDR notation, inside a range that is reserved for documentation. */
  prefix: string;
  country: string;
  network: NetworkClass;
}

/** Countries that have networks in the fixture, in the order of their slices. The first has the largest. */
export const NETWORK_COUNTRIES = [
  "GB",
  "IN",
  "US",
  "PH",
  "BD",
  "PK",
  "ID",
  "VN",
  "IQ",
  "MX",
  "DZ",
  "CO",
  "BR",
  "SA",
  "TH",
  "EG",
  "VE",
  "TR",
  "FR",
  "DE",
] as const;

const slice = (index: number) => (index === 0 ? { at: 0, bits: 26 } : { at: 64 + (index - 1) * 8, bits: 29 });

/**
 * What the documentation ranges stand for in a simulation (RFC 5737, RFC 3849): 192.0.2.0/24 and 2001:db8::/32 are access
 * networks, 198.51.100.0/24 carriers' shared addresses, 203.0.113.0/24 VPNs, hosting and Tor. Stations of a demonstration
 * use the same table for their claims about networks, because a real table knows no country for these ranges.
 */
export const networkFixture: readonly NetworkRow[] = [
  ...NETWORK_COUNTRIES.flatMap((country, index): NetworkRow[] => {
    const { at, bits } = slice(index);
    return [
      { prefix: `192.0.2.${at}/${bits}`, country, network: "access" },
      { prefix: `198.51.100.${at}/${bits}`, country, network: "carrier-nat" },
      { prefix: `2001:db8:${(index + 1).toString(16)}00::/40`, country, network: "access" },
    ];
  }),
  { prefix: "203.0.113.0/27", country: "GB", network: "vpn" },
  { prefix: "203.0.113.32/27", country: "US", network: "vpn" },
  { prefix: "203.0.113.64/27", country: "DE", network: "vpn" },
  { prefix: "203.0.113.96/27", country: "IN", network: "vpn" },
  { prefix: "203.0.113.128/28", country: "GB", network: "hosting" },
  { prefix: "203.0.113.144/28", country: "US", network: "hosting" },
  { prefix: "203.0.113.160/28", country: "DE", network: "hosting" },
  { prefix: "203.0.113.176/28", country: "IN", network: "hosting" },
  { prefix: "203.0.113.192/27", country: "DE", network: "tor" },
];

const lookup = networkFixture.map((row) => {
  const [base = "", bits = "0"] = row.prefix.split("/");
  return { row, start: binary(base).slice(0, 1 + Number(bits)) };
});

/** The fixture's row for an address, or `undefined` where the fixture knows nothing about it. */
export function networkOf(address: string): NetworkRow | undefined {
  const parsed = parseIp(address);
  if (parsed === undefined) return undefined;
  const bits = binary(parsed.address);
  // No two prefixes of the table overlap, so the first that fits is the only one.
  return lookup.find(({ start }) => bits.startsWith(start))?.row;
}

/** The version and bits of an address in canonical form, as text, so that a prefix is the start of a text. */
function binary(address: string): string {
  const bits = (value: number, width: number) => value.toString(2).padStart(width, "0");
  if (!address.includes(":"))
    return `4${address
      .split(".")
      .map((part) => bits(Number(part), 8))
      .join("")}`;
  const [before = "", after] = address.split("::");
  const groups = (text: string) =>
    text === "" ? [] : text.split(":").map((group) => bits(Number.parseInt(group, 16), 16));
  const [head, tail] = [groups(before), groups(after ?? "")];
  return `6${head.join("")}${bits(0, 16 * (8 - head.length - tail.length))}${tail.join("")}`;
}

/** Networks that hide where a person is; the fixture's four VPNs are used as often as each other, hosting and Tor seldom. */
const HIDING: ReadonlyArray<Weighted<string>> = [
  ...["203.0.113.0/27", "203.0.113.32/27", "203.0.113.64/27", "203.0.113.96/27"].map(
    (p): Weighted<string> => [p, 22],
  ),
  ["203.0.113.128/28", 3],
  ["203.0.113.144/28", 3],
  ["203.0.113.160/28", 3],
  ["203.0.113.192/27", 3],
];

/** An address of a VPN, a hosting company or Tor. */
export function hidingAddress(random: Random): string {
  return addressIn(random, weighted(random, HIDING));
}

/** An address that a carrier shares among its customers in this country. */
export function sharedAddress(random: Random, country: string): string {
  const { at, bits } = slice(countryIndex(country));
  return addressIn(random, `198.51.100.${at}/${bits}`);
}

/**
 * A person's own address at home: one of IPv4's few in four of ten homes, a /56 of their own in the others. Only 768 IPv4
 * addresses are reserved for documentation, so many people have the same one, as over time they do with real ones.
 */
export function homeAddress(random: Random, country: string): string {
  const index = countryIndex(country);
  if (random.unit() < 0.4) {
    const { at, bits } = slice(index);
    return addressIn(random, `192.0.2.${at}/${bits}`);
  }
  // 2001:db8:NN__:__00::/56, where NN is the country and the rest is drawn: 65,536 homes a country, 256 networks each.
  const home = random.below(65_536);
  const group2 = ((index + 1) << 8) | (home >> 8);
  const group3 = ((home & 0xff) << 8) | random.below(256);
  const host = Array.from({ length: 4 }, () => random.below(65_536).toString(16)).join(":");
  return canonical(`2001:db8:${group2.toString(16)}:${group3.toString(16)}:${host}`);
}

function countryIndex(country: string): number {
  const index = (NETWORK_COUNTRIES as readonly string[]).indexOf(country);
  if (index < 0) throw new RangeError(`networkFixture has no networks in ${country}`);
  return index;
}

/** An address in an IPv4 prefix, neither its first nor its last. */
function addressIn(random: Random, prefix: string): string {
  const [base = "", bits = "32"] = prefix.split("/");
  const [a, b, c, d] = base.split(".").map(Number);
  const size = 2 ** (32 - Number(bits));
  return `${a}.${b}.${c}.${(d ?? 0) + 1 + random.below(size - 2)}`;
}

function canonical(text: string): string {
  const parsed = parseIp(text);
  if (parsed === undefined) throw new RangeError(`${text} is no address`);
  return parsed.address;
}
