import { chmodSync, statSync } from "node:fs";
import { StoreError } from "../error.ts";
import { silentLog } from "../log.ts";
import type { Binaries } from "./binaries.ts";
import type { Confinement } from "./command.ts";
import { candidateIdentities, type Owner } from "./identity.ts";
import { runConfined } from "./run.ts";

/**
 * Finds out as whom PostgreSQL can run here, by trying: the first candidate that can enter the data directory and
 * run the server program is taken.
 *
 * @param dataOwner who owns the cluster, or the data directory while there is no cluster
 * @throws StoreError `postgres-identity` naming each way that was tried and what was in its way
 */
export async function chooseIdentity(
  dataDir: string,
  binaries: Binaries,
  libraryPath: readonly string[],
  dataOwner: Owner,
): Promise<Confinement> {
  const self: Owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const refusals: string[] = [];
  for (const identity of candidateIdentities(self, dataOwner)) {
    // Another user must be able to pass through our folder; what lies in it is closed on its own.
    if (identity.name === "nobody") chmodSync(dataDir, statSync(dataDir).mode | 0o011);
    const confinement = { identity, libraryPath };
    const probe = runConfined(
      confinement,
      "sh",
      ["-c", 'cd "$1" && exec "$2" --version', "sh", dataDir, binaries.postgres],
      "ignore",
      silentLog,
    );
    const end = await probe.ended;
    if (end.ok) return confinement;
    refusals.push(`${[...identity.prefix, "postgres"].join(" ")}: ${probe.lastLines() || end.how}`);
  }
  throw new StoreError(
    "postgres-identity",
    `PostgreSQL cannot be run on ${dataDir} from ${binaries.postgres} by any user that this process can become. ` +
      "Start Fairlead as a normal user, or move both to a place that user nobody can reach, or set DATABASE_URL. Tried: " +
      refusals.join("; "),
  );
}
