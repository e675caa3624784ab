import type { DirectoryEntry, RosterEntry } from "../bundle/types.ts";
import { equalBytes } from "../crypto/bytes.ts";

/** The device's entry if it belonged to the account at that moment (milliseconds since 1970), else null. */
export function deviceAt(
  devices: readonly DirectoryEntry[],
  uri: string,
  deviceId: Uint8Array,
  at: bigint,
): DirectoryEntry | null {
  return (
    devices.find(
      (entry) =>
        entry.uri === uri &&
        equalBytes(entry.deviceId, deviceId) &&
        entry.validFrom <= at &&
        (entry.revokedAt === null || at < entry.revokedAt),
    ) ?? null
  );
}

/** Who was in the room in this epoch, or null if the records do not say. */
export function rosterOf(rosters: readonly RosterEntry[], epoch: bigint): RosterEntry | null {
  return rosters.find((entry) => entry.epoch === epoch) ?? null;
}
