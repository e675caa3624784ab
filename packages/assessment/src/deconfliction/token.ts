import { z } from "zod";

/**
 * HMAC-SHA-256 (RFC 2104), handed in: `node:crypto`, Web Crypto's result, or a library; this package has no cryptography.
 * @returns 32 bytes
 */
export type Hmac = (key: Uint8Array, message: Uint8Array) => Uint8Array;

/** What two stations may ask each other about. Names of one's own choosing, groups and addresses are nobody's and not asked. */
export const interestKindSchema = z.enum(["account", "phone", "email", "device", "payment"]);
export type InterestKind = z.infer<typeof interestKindSchema>;

/** A suspect's number that is a victim's elsewhere is no conflict between two enquiries, and must not look like one. */
export const interestRoleSchema = z.enum(["suspect", "victim"]);
export type InterestRole = z.infer<typeof interestRoleSchema>;

/** One normalised identifier in which a station has an interest. */
export interface Interest {
  kind: InterestKind;
  role: InterestRole;
  /** As `identifier` of the report package normalised it. */
  value: string;
  /** The platform of an account, by `platformKey`. */
  platform?: string | undefined;
}

/** An interest under a key of two stations and one year: 64 hexadecimal digits that say nothing without the key. */
export const tokenSchema = z.string().regex(/^[0-9a-f]{64}$/);
export type Token = z.infer<typeof tokenSchema>;

/** A key that two peers share for one year (UTC). Made of 32 random bytes; nobody else has it. */
export interface YearKey {
  year: number;
  key: Uint8Array;
}

/** The key is shorter than its hash: RFC 2104 (section 3) strongly discourages that. */
const KEY_BYTES = 32;
const DOMAIN = "fairlead/deconfliction/v1";

/**
 * The token of an interest. The message is a JSON array, so that no two interests have one message: protocol, year, kind, role,
 * platform and value stand apart.
 *
 * What it protects: an outsider with all tokens learns nothing, not even that two pairs of stations or two years have one interest.
 * What it does not: a telephone number is one of a thousand million, so whoever has the key can try them all in minutes. The two
 * peers have it. Between them the token keeps values out of messages, logs and accidents, and does not hide them from a peer that
 * sets out to break its word; the log and the limits (`spend`) are against that.
 * @throws RangeError for a key that is not 32 bytes long
 */
export function tokenOf(hmac: Hmac, { year, key }: YearKey, interest: Interest): Token {
  if (key.length !== KEY_BYTES)
    throw new RangeError(
      `deconfliction: the key for ${year} has ${key.length} bytes; make one of ${KEY_BYTES}`,
    );
  const { kind, role, platform, value } = interest;
  const message = JSON.stringify([DOMAIN, year, kind, role, platform ?? null, value]);
  return hexOf(hmac(key, new TextEncoder().encode(message)));
}

/** Lower-case hexadecimal digits. @throws RangeError for anything but 32 bytes */
export function hexOf(bytes: Uint8Array): Token {
  if (bytes.length !== 32)
    throw new RangeError(`deconfliction: a token is made of 32 bytes, and these are ${bytes.length}`);
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The years whose keys count on a day. Old interests have tokens of the old key until they are made anew, so in January both do;
 * and on 31 December a peer's clock may be in the new year already. After January the old key is destroyed, and with it the meaning
 * of all its tokens.
 * @param day `YYYY-MM-DD`, UTC
 * @returns the year to ask under first
 */
export function yearsOn(day: string): number[] {
  const year = Number(day.slice(0, 4));
  if (day.slice(5, 7) === "01") return [year, year - 1];
  return day.slice(5) === "12-31" ? [year, year + 1] : [year];
}
