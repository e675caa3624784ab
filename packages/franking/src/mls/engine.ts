/**
 * MLS (RFC 9420) as Fairlead uses it, behind one interface: suite 1, Add and Remove by value in commits, no external commits,
 * no branches (e2ee.md 3.1). States are opaque bytes; nothing here keeps them. A step changes none of the bytes that it is given,
 * and expects that nobody else does. A state from before a step still holds the keys that the step used up: whoever stores states
 * overwrites the old one with the new.
 */
export interface MlsEngine {
  /** A new signature key pair for a device: 32-byte seed and 32-byte public key (Ed25519). */
  createDevice(): Promise<{ privateKey: Uint8Array; publicKey: Uint8Array }>;
  /** A key package to be invited with; keep `secret` until it was used. Bytes are an MLSMessage. */
  createKeyPackage(device: MlsDevice): Promise<{ keyPackage: Uint8Array; secret: Uint8Array }>;
  /** A group of one. `agent` goes into the group context as the franking agent (component 0x0021). */
  createGroup(device: MlsDevice, groupId: Uint8Array, agent: FrankingAgent): Promise<Uint8Array>;
  /** Adds and removes in one commit. The state after it counts only once the hub has taken the commit. */
  commit(
    state: Uint8Array,
    change: { add: readonly Uint8Array[]; remove: readonly number[] },
  ): Promise<{ state: Uint8Array; commit: Uint8Array; welcome: Uint8Array | null; groupInfo: Uint8Array }>;
  join(welcome: Uint8Array, keyPackage: Uint8Array, secret: Uint8Array): Promise<Uint8Array>;
  /** Encrypts an application message; `authenticatedData` travels in the clear and is authenticated. */
  protect(
    state: Uint8Array,
    plaintext: Uint8Array,
    authenticatedData: Uint8Array,
  ): Promise<{ state: Uint8Array; message: Uint8Array }>;
  /**
   * Takes in a message of any kind. The new state must be kept also when what the message says is then refused: its key is used up.
   * @throws FrankingError `mls.*`
   */
  receive(state: Uint8Array, message: Uint8Array): Promise<MlsReceived>;
  /** Whoever was removed sees the last epoch that it was in, without itself. */
  inspect(state: Uint8Array): MlsView;
  /** The GroupInfo of this state with its ratchet tree, as `commit` gives it: the hub gets it for a group that nobody committed to yet. */
  groupInfo(state: Uint8Array): Promise<Uint8Array>;
  /** Reads a GroupInfo as the hub does: who is in the group after this commit. Checks its signature and tree hash. */
  readGroupInfo(groupInfo: Uint8Array): Promise<{
    groupId: Uint8Array;
    epoch: bigint;
    members: readonly MlsMember[];
    /** Leaf of the member who made and signed it: of a commit's, its committer. */
    signer: number;
    agent: FrankingAgent | null;
  }>;
  /**
   * Follows a commit as the hub does, from the room's last GroupInfo by the commit to the GroupInfo that came with it, and checks
   * that the one follows from the other: a committer cannot show the hub another roster than the members get.
   *
   * @param before a GroupInfo that `readGroupInfo` or this function passed before; it is not checked again
   * @throws FrankingError `mls.*`
   */
  followCommit(before: Uint8Array, commit: Uint8Array, after: Uint8Array): Promise<MlsFollowed>;
  /** Reads a key package: whose it is (leaf -1). Checks its signature, and its lifetime if the engine has a clock. */
  readKeyPackage(keyPackage: Uint8Array): Promise<MlsMember>;
}

/** A device's own identity. The credential's identity is its account's URI and the device id: `uri#hex(deviceId)`. */
export interface MlsDevice {
  readonly uri: string;
  /** 16 bytes. */
  readonly deviceId: Uint8Array;
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

export interface MlsMember {
  readonly leaf: number;
  readonly uri: string;
  readonly deviceId: Uint8Array;
  readonly publicKey: Uint8Array;
}

export interface FrankingAgent {
  readonly publicKey: Uint8Array;
  /** The hub's domain, as a basic credential's identity. */
  readonly domain: string;
}

export interface MlsView {
  readonly groupId: Uint8Array;
  readonly epoch: bigint;
  readonly ownLeaf: number;
  readonly members: readonly MlsMember[];
  readonly agent: FrankingAgent | null;
}

/** A commit as seen from outside, and the group after it. */
export interface MlsFollowed {
  readonly groupId: Uint8Array;
  /** The epoch that the commit begins. */
  readonly epoch: bigint;
  /** Who committed, at its leaf. */
  readonly sender: MlsMember;
  /** Who came, at their new leaves: the welcome is for them. */
  readonly added: readonly MlsMember[];
  /** Who went, at their old leaves. */
  readonly removed: readonly MlsMember[];
  readonly members: readonly MlsMember[];
  readonly agent: FrankingAgent | null;
}

export type MlsReceived =
  | {
      readonly kind: "application";
      readonly state: Uint8Array;
      readonly plaintext: Uint8Array;
      readonly authenticatedData: Uint8Array;
      readonly sender: MlsMember;
      readonly epoch: bigint;
    }
  | {
      readonly kind: "commit";
      readonly state: Uint8Array;
      readonly sender: MlsMember;
      readonly removedUs: boolean;
    };
