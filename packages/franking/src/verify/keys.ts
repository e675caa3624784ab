import type { FrankingKey } from "../bundle/types.ts";
import { SUITE } from "../hub/frank.ts";

/** The hub's keys for the cipher suite in use that may have signed at this moment (milliseconds since 1970). */
export function keysAt(pinned: readonly FrankingKey[], at: bigint): readonly FrankingKey[] {
  return pinned.filter(
    ({ suite, notBefore, notAfter }) =>
      suite === SUITE && notBefore <= at && (notAfter === null || at <= notAfter),
  );
}
