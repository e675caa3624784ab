import { join } from "node:path";
import type { FrankingCrypto } from "@fairlead/franking";
import type { MlsEngine } from "@fairlead/franking/mls";
import { openNodeMls } from "@fairlead/franking/mls/node";
import { nodeCrypto } from "@fairlead/franking/node";
import type { ChatConfig } from "../chat-config.ts";
import type { Station } from "../context.ts";
import { loadChatKeys } from "../keys.ts";
import { type ObjectStore, openFileStore } from "../vault/index.ts";
import { type Connections, openConnections } from "./connections.ts";
import { type DeviceSessions, openDeviceSessions } from "./device-sessions.ts";
import { mustFitWhatIsStored } from "./fitness.ts";
import { type FrankingKeys, openFrankingKeys } from "./franking-keys.ts";
import { type Heads, openHeads } from "./heads.ts";
import { openRates, type Rates } from "./rates.ts";
import { openStamps, type Stamps } from "./stamps.ts";
import { openSubmissions, type Submissions } from "./submissions.ts";
import { type Uris, urisOf } from "./uris.ts";
import { openWatch, type Watch } from "./watch.ts";

/** A station's hub of encrypted chats: what its routes and its work behind them use. */
export interface Hub extends AsyncDisposable {
  station: Station;
  config: ChatConfig;
  uris: Uris;
  crypto: FrankingCrypto;
  mls: MlsEngine;
  keys: FrankingKeys;
  /** Files of chats and backups: ciphertext, with keys that only devices have. */
  blobs: ObjectStore;
  sessions: DeviceSessions;
  rates: Rates;
  heads: Heads;
  watch: Watch;
  submissions: Submissions;
  connections: Connections;
  stamps: Stamps;
}

export const BLOBS_FOLDER = "blobs";

/** @throws StationError `keys.missing`, also for keys that are not those of what is stored */
export async function openHub(station: Station, config: ChatConfig): Promise<Hub> {
  await using stack = new AsyncDisposableStack();
  const { dataDir } = station.config;
  const keys = await openFrankingKeys(nodeCrypto, await loadChatKeys(join(dataDir, "keys"), config));
  const uris = urisOf(config.domain);
  await mustFitWhatIsStored({ station, crypto: nodeCrypto, keys, uris });
  const watch = stack.use(openWatch(station));
  const heads = openHeads({ crypto: nodeCrypto, keys, uris });
  const parts = {
    station,
    config,
    uris,
    crypto: nodeCrypto,
    mls: await openNodeMls({ clock: () => new Date(station.clock()) }),
    keys,
    blobs: await openFileStore(join(dataDir, BLOBS_FOLDER)),
    sessions: openDeviceSessions(station, uris),
    rates: openRates(station.clock),
    heads,
    watch,
    submissions: stack.use(openSubmissions({ station, crypto: nodeCrypto, keys, uris, heads, watch })),
    connections: stack.use(openConnections(station)),
    stamps: await openStamps(station, config),
  };
  const resources = stack.move();
  return { ...parts, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}
