import type { ProviderCard } from "../attestation/provider-card.ts";
import type { FrankingKey } from "../bundle/types.ts";
import { bytesOfBase64 } from "../crypto/base64.ts";
import { bytesOfBase64url } from "../crypto/bytes.ts";

/** What a pinned card lets be checked: the hub's keys, and the authorities whose timestamps count. */
export function trustFromCard(card: ProviderCard): {
  frankingKeys: FrankingKey[];
  timestampRoots: Uint8Array[];
} {
  return {
    frankingKeys: card.frankingKeys.map(({ suite, publicKey, notBefore, notAfter }) => ({
      suite,
      publicKey: bytesOfBase64url(publicKey) ?? new Uint8Array(),
      notBefore: BigInt(Date.parse(notBefore)),
      notAfter: notAfter === null ? null : BigInt(Date.parse(notAfter)),
    })),
    timestampRoots: card.timestampRoots.map((root) => bytesOfBase64(root) ?? new Uint8Array()),
  };
}
