import { type FrankingCrypto, type HubKeys, openHubKeys, SUITE } from "@fairlead/franking";
import type { ChatKeys } from "../keys.ts";

export interface SigningKey {
  suite: number;
  publicKey: Uint8Array;
  notBefore: number;
  notAfter: number | null;
  /** The hub's keys with this one for its signatures. */
  hub: HubKeys;
}

/** The hub's own keys, as it uses them. */
export interface FrankingKeys {
  /** Every key that signs, has signed or will sign. */
  signing: readonly SigningKey[];
  /** The one for new rooms, if there is any. */
  current(now: number): SigningKey | undefined;
  /** The one that a room's members know. */
  find(publicKey: Uint8Array): SigningKey | undefined;
  /** Without a key for signatures: to check what was franked. */
  monthly: HubKeys["hubKey"];
}

export function maySign(key: SigningKey, now: number): boolean {
  return key.notBefore <= now && (key.notAfter === null || now < key.notAfter);
}

export async function openFrankingKeys(crypto: FrankingCrypto, keys: ChatKeys): Promise<FrankingKeys> {
  const signing = await Promise.all(
    keys.signing.map(async ({ seed, notBefore, notAfter }) => ({
      suite: SUITE,
      publicKey: await crypto.publicKeyOf(seed),
      notBefore,
      notAfter,
      hub: openHubKeys(crypto, keys.master, seed),
    })),
  );
  const { hubKey: monthly } = openHubKeys(crypto, keys.master, new Uint8Array(32));
  return {
    signing,
    monthly,
    current: (now) =>
      signing.filter((key) => maySign(key, now)).toSorted((a, b) => b.notBefore - a.notBefore)[0],
    find: (publicKey) => signing.find((key) => Buffer.compare(key.publicKey, publicKey) === 0),
  };
}
