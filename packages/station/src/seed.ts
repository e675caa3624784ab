import { readFile } from "node:fs/promises";
import { saveAccount } from "./access/index.ts";
import { syncExchanges } from "./banks/index.ts";
import type { Station } from "./context.ts";
import { recordLeaf } from "./audit/index.ts";
import { StationError } from "./errors.ts";
import { syncPeers } from "./peers/index.ts";

/** Brings peers and sender accounts of the configuration into the database. Runs at every start and changes nothing twice. */
export async function seedFromConfig(station: Station): Promise<void> {
  const now = station.clock();
  await station.db.transaction(async (tx) => {
    await syncPeers(tx, station.config.peers, now);
    await syncExchanges(station, tx, now);
    for (const sender of station.config.senders)
      await saveAccount(tx, { ...sender, secret: await readSecret(sender.passwordFile) }, now);
    await recordLeaf(tx, {
      kind: "station.started",
      at: now,
      actor: "station",
      body: { roles: station.config.roles },
    });
  });
}

/** A secret in a file of its own, so that configuration can be shown and kept in version control. */
export async function readSecret(path: string): Promise<string> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new StationError("keys.missing", `The secret ${path} cannot be read.`, {
      audience: "operator",
      cause,
    });
  });
  return text.trim();
}
