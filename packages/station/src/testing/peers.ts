import { peerConfigSchema, type PeerConfig } from "../config.ts";
import { syncPeers } from "../peers/index.ts";
import { newToken, saveAccount } from "../access/index.ts";
import type { AfterHook } from "../store/testing/database.ts";
import { secretFile, type TestStation } from "./station.ts";

/** A peer as another station's configuration names it. */
export function peerOf({ card }: Pick<TestStation, "card">, more: Partial<PeerConfig> = {}): PeerConfig {
  const { id, name, url, verifyKey, recipient } = card;
  return peerConfigSchema.parse({ id, name, url, verifyKey, recipient, ...more });
}

/** A clearinghouse as the peer with which a platform files by CyberTipline, by an account that it is given there. */
export async function filingPeer(
  hook: AfterHook,
  platform: TestStation,
  house: TestStation,
): Promise<PeerConfig> {
  const { id: username, name } = platform.station.config.station;
  const { secret, path } = await secretFile(hook, newToken());
  await saveAccount(house.station.db.kysely, { username, name, kind: "platform", secret }, Date.now());
  const base = `${house.url}/ispws`;
  const cybertipline = { base, username, environment: "test" as const, passwordFile: path };
  return peerOf(house, { wire: "cybertipline", cybertipline });
}

/** An agency as the peer to which a platform reports directly, by an account that it is given there. */
export async function directPeer(
  hook: AfterHook,
  platform: TestStation,
  agency: TestStation,
): Promise<PeerConfig> {
  const { id: username, name } = platform.station.config.station;
  const { secret, path } = await secretFile(hook, newToken());
  await saveAccount(agency.station.db.kysely, { username, name, kind: "platform", secret }, Date.now());
  const ukDirect = { username, passwordFile: path, established: "uk" as const };
  return peerOf(agency, { wire: "uk-direct", ukDirect });
}

/** Makes a station know these peers and no others, as a restart with another configuration would. */
export async function introduce({ station }: TestStation, ...peers: readonly PeerConfig[]): Promise<void> {
  await syncPeers(station.db.kysely, peers, Date.now());
}

/** Lets a station ask a peer and be asked by it under these keys, as its configuration would. */
export function agree({ station }: TestStation, peer: string, keys: ReadonlyMap<number, Uint8Array>): void {
  const pair = {
    contact: `deconfliction@${station.config.station.id}.example`,
    answerHours: 1,
    conflictHours: 72,
    keys,
  };
  station.deconfliction = new Map([...station.deconfliction, [peer, pair]]);
}
