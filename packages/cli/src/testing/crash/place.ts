import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Database,
  loadKeys,
  openDatabase,
  openFileStore,
  openVault,
  type ProfileId,
  readConfig,
  silentLog,
  type StationCard,
  type StationConfig,
  type StationKeys,
} from "@fairlead/station";
import { formatVerifyingKey, generateIdentity, generateSigningKey, type SigningKey } from "@fairlead/sealing";
import { initStation } from "../../commands/init.ts";
import { freePort } from "../../free-port.ts";

/** 256 random bits are what a station gives its senders; on loopback any will do. */
const SECRET = "0".repeat(64);
export const SENDER = "kites";
const PEER = { id: "harbour", name: "The harbour" };

/** A station's folder and database, with what a checker needs to look into both from outside. */
export interface Place extends AsyncDisposable {
  readonly config: string;
  readonly settings: StationConfig;
  readonly card: StationCard;
  readonly base: string;
  readonly authorization: string;
  readonly password: string;
  /** Another station, which this one knows: it hands reports on and takes none. */
  readonly peer: { readonly id: string; readonly name: string; readonly signing: SigningKey };
  readonly db: Database;
  readonly vault: ReturnType<typeof openVault>;
  readonly keys: StationKeys;
  readonly dataDir: string;
}

/**
 * Makes a station with one account for a sender, and one peer.
 * @param dir a folder that is not there yet
 */
export async function makePlace(options: {
  dir: string;
  id: string;
  profile: ProfileId;
  databaseUrl: string;
  /** By which the station itself reaches it. */
  stationsUrl: string;
}): Promise<Place> {
  const { dir, id, profile, databaseUrl, stationsUrl } = options;
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const card = await initStation({ dir, id, name: `The ${profile}`, profile, url: base, port });
  const config = join(dir, "station.json");
  const passwordFile = join(dir, "keys", "sender.secret");
  await writeFile(passwordFile, `${SECRET}\n`, { mode: 0o600 });
  const made = JSON.parse(await readFile(config, "utf8")) as object;
  const senders = [{ username: SENDER, name: "Kites and Weather", kind: "platform", passwordFile }];
  const signing = generateSigningKey();
  const verifyKey = formatVerifyingKey(signing.verifyingKey);
  const peers = [{ ...PEER, url: base, verifyKey, recipient: generateIdentity().recipient }];
  // Taking in is what is tested; reading the table of networks would make each start longer.
  const changes = {
    databaseUrl: stationsUrl,
    senders,
    peers,
    roles: ["intake"],
    networks: { tables: "none" },
  };
  await writeFile(config, JSON.stringify({ ...made, ...changes }));
  const settings = await readConfig(config);
  const keys = await loadKeys(join(dir, "keys"), id);
  const db = openDatabase({
    url: databaseUrl,
    applicationName: "fairlead crash",
    poolSize: 2,
    log: silentLog,
  });
  return {
    config,
    settings,
    card,
    base,
    authorization: `Basic ${Buffer.from(`${SENDER}:${SECRET}`).toString("base64")}`,
    password: SECRET,
    peer: { ...PEER, signing },
    db,
    keys,
    vault: openVault(await openFileStore(join(dir, "vault")), keys.sealing),
    dataDir: dir,
    [Symbol.asyncDispose]: () => db[Symbol.asyncDispose](),
  };
}
