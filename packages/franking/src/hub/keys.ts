import type { Awaitable, FrankingCrypto } from "../crypto/crypto.ts";
import { FrankingError } from "../error.ts";

const KEY_BYTES = 32;
/** A kid has four digits for the year. */
const LAST_YEAR = 9999;

/** What a hub franks with. Whoever keeps the master elsewhere (a hardware module) hands in their own `hubKey`. */
export interface HubKeys {
  /** HMAC key of a month, 32 bytes. */
  readonly hubKey: (kid: number) => Awaitable<Uint8Array>;
  /** Ed25519 seed of the franking signature key that the rooms' group contexts name. */
  readonly signatureKey: Uint8Array;
}

/**
 * Month of a moment in UTC as YYYYMM. It chooses the hub key, so that the frank needs no key id on the wire: the time in the
 * context says which key it was.
 * @throws FrankingError `frank.time` before 1970 and after 9999
 */
export function kidOf(acceptedAt: bigint): number {
  const moment = new Date(Number(acceptedAt));
  const year = moment.getUTCFullYear();
  if (acceptedAt < 0n || !(year <= LAST_YEAR))
    throw new FrankingError(
      "frank.time",
      `no message is accepted ${acceptedAt} milliseconds after 1970 began`,
    );
  return year * 100 + moment.getUTCMonth() + 1;
}

/**
 * HKDF-SHA-256 of the master with info `csf1/hub_key/YYYYMM`, 32 bytes.
 * @throws FrankingError `frank.hub-key` for a master of less than 32 bytes
 */
export function hubKey(crypto: FrankingCrypto, master: Uint8Array, kid: number): Awaitable<Uint8Array> {
  if (master.length < KEY_BYTES)
    throw new FrankingError(
      "frank.hub-key",
      `a hub's master key has ${KEY_BYTES} bytes or more, not ${master.length}`,
    );
  return crypto.hkdf(master, `csf1/hub_key/${kid}`, KEY_BYTES);
}

/** A hub's keys out of its two secrets; each month's key is derived once. */
export function openHubKeys(crypto: FrankingCrypto, master: Uint8Array, signatureKey: Uint8Array): HubKeys {
  const months = new Map<number, Awaitable<Uint8Array>>();
  return {
    signatureKey,
    hubKey(kid) {
      const key = months.get(kid) ?? hubKey(crypto, master, kid);
      months.set(kid, key);
      return key;
    },
  };
}
