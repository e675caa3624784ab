/** What the hub says about a message it took in (draft-ietf-mimi-protocol-06, ServerFrankingContext). */
export interface ServerContext {
  readonly senderUri: string;
  readonly roomUri: string;
  /** Milliseconds since 1970, UTC. */
  readonly acceptedAt: bigint;
}

/** The hub's mark on a message (draft-ietf-mimi-protocol-06, Frank). 100 bytes on the wire with Ed25519. */
export interface Frank {
  readonly serverFrank: Uint8Array;
  /** MLS cipher suite of the signature, as a number; 1 here. */
  readonly suite: number;
  /** Over FrankingIntegrityTBS, by the hub's franking signature key. */
  readonly signature: Uint8Array;
}

/** What the sending device signs besides, so that neither hub nor member can put words into its mouth. Label `CSFSubmit`. */
export interface SubmitTbs {
  readonly roomUri: string;
  readonly senderUri: string;
  /** 16 bytes. */
  readonly deviceId: Uint8Array;
  readonly epoch: bigint;
  readonly frankingTag: Uint8Array;
  /** SHA-256 of the MLSMessage as submitted. */
  readonly ctHash: Uint8Array;
  /** The device's own clock, milliseconds since 1970. */
  readonly clientTime: bigint;
  /** 16 bytes. */
  readonly nonce: Uint8Array;
}

/** One accepted message in the room's chain. Its SHA-256 over the TLS form is the record hash. */
export interface FrankRecord {
  /** Strictly +1 for each application message of a room, from 1. */
  readonly roomSeq: bigint;
  readonly frankingTag: Uint8Array;
  readonly serverFrank: Uint8Array;
  /** SHA-256 of the context's bytes and a blind of 32 bytes that only the hub knows until a report. */
  readonly ctxCommit: Uint8Array;
  readonly ctHash: Uint8Array;
  /** SHA-256 of the submit signature. */
  readonly submitSigHash: Uint8Array;
  readonly epoch: bigint;
}

/** What a receiver gets with each message besides the frank. */
export interface FrankExt {
  readonly version: 1;
  readonly roomSeq: bigint;
  /** Head of the chain before this record; 32 zero bytes before the first. */
  readonly prevHead: Uint8Array;
  readonly recHash: Uint8Array;
  /** Month of the hub key, YYYYMM, by `acceptedAt` in UTC. */
  readonly hubKid: number;
}

/**
 * A signed head of a room's chain, label `CSFHead`. One signature covers every record up to `roomSeq`: a batch of messages needs
 * only one, and the receiver checks it after linking the batch's records.
 */
export interface SignedHead {
  readonly roomUri: string;
  readonly roomSeq: bigint;
  /** head_i = SHA-256(head_{i-1} || rec_i). */
  readonly head: Uint8Array;
  /** Milliseconds since 1970. */
  readonly at: bigint;
  readonly signature: Uint8Array;
}

/** A message as the hub hands it to a member's device: everything the receiver's checks (rule R2) need. */
export interface Delivered {
  /** MLSMessage, as submitted. */
  readonly message: Uint8Array;
  readonly frank: Frank;
  readonly ext: FrankExt;
  readonly context: ServerContext;
  readonly deviceId: Uint8Array;
}
