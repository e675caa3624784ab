import { join } from "node:path";
import {
  loadKeys,
  openDatabaseOf,
  openFileStore,
  openTileFiles,
  openVault,
  type StationConfig,
  type Verification,
  verifyStation,
} from "@fairlead/station";

/** Verifies log, store and vault of the station in a folder, running or not. */
export async function verifyFolder(
  config: StationConfig,
  onProgress?: (step: string, done: number) => void,
): Promise<Verification> {
  const keys = await loadKeys(join(config.dataDir, "keys"), config.station.id);
  await using opened = await openDatabaseOf(config);
  return await verifyStation({
    db: opened.db,
    vault: openVault(await openFileStore(join(config.dataDir, "vault")), keys.sealing),
    tiles: await openTileFiles(join(config.dataDir, "log")),
    verifier: keys.log.verifier,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
}
