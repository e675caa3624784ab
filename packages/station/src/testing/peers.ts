import { peerConfigSchema, type PeerConfig } from "../config.ts";
import { syncPeers } from "../peers/index.ts";
import type { TestStation } from "./station.ts";

/** A peer as another station's configuration names it. */
export function peerOf({ card }: Pick<TestStation, "card">, more: Partial<PeerConfig> = {}): PeerConfig {
  const { id, name, url, verifyKey, recipient } = card;
  return peerConfigSchema.parse({ id, name, url, verifyKey, recipient, ...more });
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
