import { formatVerifyingKey } from "@fairlead/sealing";
import { toText } from "./bytes.ts";
import { type About, LIMITS } from "./contract.ts";
import type { Hub } from "./hub.ts";

/** What anybody may know of this hub. */
export function aboutHub({ station, config, keys }: Hub): About {
  return {
    domain: config.domain,
    name: station.config.station.name,
    serverTime: station.clock(),
    registration: config.registration,
    frankingKeys: keys.signing.map(({ suite, publicKey, notBefore, notAfter }) => ({
      suite,
      publicKey: toText(publicKey),
      notBefore,
      notAfter,
    })),
    logKey: station.keys.log.verifier.vkey,
    receiptKey: formatVerifyingKey(station.keys.signing.verifyingKey),
    verifier: { publicKey: config.verifier.publicKey },
    limits: { ...LIMITS, ...config.limits },
    retentionDays: config.retentionDays,
    help: config.help,
  };
}
