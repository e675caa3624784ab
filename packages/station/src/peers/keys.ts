import { parseVerifyingKey, type Peer as PinnedPeer } from "@fairlead/sealing";
import type { Peer } from "./peers.ts";

/** A peer as sealing knows it: its name and the keys that are pinned for it. */
export function pinned(peer: Pick<Peer, "id" | "verify_key">): PinnedPeer {
  return { station: peer.id, keys: [parseVerifyingKey(peer.verify_key)] };
}
