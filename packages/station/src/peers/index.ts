export { exchange } from "./exchange.ts";
export { findPeer, notePeer, syncPeers, waitingFor, type Peer } from "./peers.ts";
export { signedByPeer } from "./signed.ts";
export { pinned } from "./keys.ts";
