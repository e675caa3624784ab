import ipaddr from "ipaddr.js";

/** The canonical form of an IP address: IPv4 dotted, IPv6 compressed lower case, IPv4-mapped IPv6 folded to IPv4 (RFC 5952). */
export interface CanonicalIp {
  version: 4 | 6;
  address: string;
}

/**
 * Reads an IP address.
 * @returns the canonical address, or `undefined` for text that is not one (octal, hex and short IPv4 forms are refused:
 *   `192.0.2.010` may mean two addresses, and ambiguity blocks)
 */
export function parseIp(text: string): CanonicalIp | undefined {
  const trimmed = text.trim();
  // Asked first, because the library refuses an IPv6 address as an IPv4 one by throwing, which costs more than reading it.
  if (!trimmed.includes(":")) {
    if (!ipaddr.IPv4.isValidFourPartDecimal(trimmed)) return undefined;
    if (trimmed.split(".").some((part) => part.length > 1 && part.startsWith("0"))) return undefined;
    return { version: 4, address: ipaddr.IPv4.parse(trimmed).toString() };
  }
  if (isWholeIpv6(trimmed)) return { version: 6, address: trimmed };
  if (trimmed.includes("%") || !ipaddr.IPv6.isValid(trimmed)) return undefined;
  const parsed = ipaddr.IPv6.parse(trimmed);
  if (parsed.isIPv4MappedAddress()) return { version: 4, address: parsed.toIPv4Address().toString() };
  return { version: 6, address: parsed.toRFC5952String() };
}

const COLON = ":".charCodeAt(0);
const ZERO = "0".charCodeAt(0);

/**
 * Whether a text is an IPv6 address of eight groups that is canonical as it stands, as most customers' addresses are: lower case, no
 * group begins with a zero, no two zero groups follow each other, which RFC 5952 (4.2) would cut short. Reading it by the library takes
 * microseconds, and every report has several.
 */
function isWholeIpv6(text: string): boolean {
  let groups = 1;
  let length = 0;
  let wasZero = false;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at === text.length ? COLON : text.charCodeAt(at);
    if (code === COLON) {
      if (length === 0 || length > 4) return false;
      const isZero = text.charCodeAt(at - length) === ZERO;
      if (isZero && (length > 1 || wasZero)) return false;
      wasZero = isZero;
      length = 0;
      if (at < text.length) groups += 1;
    } else if ((code >= ZERO && code <= ZERO + 9) || (code >= LOWER_A && code <= LOWER_A + 5)) length += 1;
    else return false;
  }
  return groups === 8;
}

const LOWER_A = "a".charCodeAt(0);

/** The first four groups of a canonical address, none of them cut short by `::`, and the last not zero (RFC 5952 would take it in). */
const FOUR_GROUPS = /^((?:[\da-f]{1,4}:){3}[1-9a-f][\da-f]{0,3}):[\da-f:]*$/;

/** The network an IPv6 customer is usually given, as `2001:db8:1:2::/64`; `undefined` for IPv4. */
export function ipv6Prefix(address: string, bits: 56 | 64): string | undefined {
  if (!address.includes(":")) return undefined;
  // Most addresses are spelled `2001:db8:1:2:…` or end their zeros behind the first four groups: the prefix is then in the text.
  const [, plain] = bits === 64 ? (FOUR_GROUPS.exec(address) ?? []) : [];
  if (plain !== undefined) return `${plain}::/64`;
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address}/${bits}`).toRFC5952String()}/${bits}`;
}

/** Whether an address can stand for a subscriber at all: loopback, unspecified, private and link-local ones cannot. */
export function isPlaceholderIp(address: string): boolean {
  if (!address.includes(":")) return isPlaceholderIpv4(address);
  if (isCustomerIpv6(address)) return false;
  const range = ipaddr.parse(address).range();
  return range !== "unicast" && range !== "reserved" && range !== "carrierGradeNat" && range !== "6to4";
}

/**
 * Whether a canonical address lies in 2000::/3, which is all that IANA gives to customers so far (RFC 4291, 2.4), and in neither of the
 * two blocks of it in which ranges for other purposes lie: 2001::/16 and 2620::/16.
 */
function isCustomerIpv6(address: string): boolean {
  const first = address.charCodeAt(0);
  if ((first !== ZERO + 2 && first !== ZERO + 3) || address.charCodeAt(4) !== COLON) return false;
  return !address.startsWith("2001") && !address.startsWith("2620");
}

/** The same for a dotted address, of which every report has several: the ranges of RFC 6890, without an object for each of them. */
function isPlaceholderIpv4(address: string): boolean {
  const first = address.indexOf(".");
  const second = address.indexOf(".", first + 1);
  const third = address.indexOf(".", second + 1);
  const a = Number(address.slice(0, first));
  const b = Number(address.slice(first + 1, second));
  const c = Number(address.slice(second + 1, third));
  const d = Number(address.slice(third + 1));
  if (a === 192)
    return b === 168 || (b === 175 && c === 48) || (b === 31 && c === 196) || (b === 52 && c === 193);
  if (a === 172) return b >= 16 && b < 32;
  if (a === 169) return b === 254;
  return a === 0 || a === 10 || a === 127 || (a >= 224 && a < 240) || a + b + c + d === 4 * 255;
}

/**
 * The bytes of a canonical address (`parseIp`), 4 or 16 in network order; `undefined` for text that is not one.
 */
export function ipBytes(address: string): readonly number[] | undefined {
  if (!address.includes(":")) {
    const bytes = address.split(".").map(Number);
    return bytes.length === 4 && bytes.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255)
      ? bytes
      : undefined;
  }
  return ipaddr.IPv6.isValid(address) && !address.includes("%")
    ? ipaddr.IPv6.parse(address).toByteArray()
    : undefined;
}
