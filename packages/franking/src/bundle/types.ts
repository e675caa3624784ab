import type { Frank, FrankExt, FrankRecord, ServerContext, SignedHead, SubmitTbs } from "../wire/types.ts";

/** What the reporter chose to do with an attachment of a reported message. */
export type AttachmentDisclosure =
  /** The reporter lets the verifier fetch and open the file. */
  | { readonly root: Uint8Array; readonly mode: "full" }
  /** Only that the file was sent is proven; nobody opens it and nobody uploads it again. */
  | { readonly root: Uint8Array; readonly mode: "hash-only" };

/** A message that the reporter shows. */
export interface BundleItem {
  /** The reporter picked it; otherwise it is context around what was picked. */
  readonly selected: boolean;
  /** MIMI content, byte for byte as it was franked. */
  readonly content: Uint8Array;
  readonly senderUri: string;
  readonly deviceId: Uint8Array;
  readonly epoch: bigint;
  readonly acceptedAt: bigint;
  readonly frank: Frank;
  readonly ext: FrankExt;
  readonly attachments: readonly AttachmentDisclosure[];
}

/** A message that the reporter has and does not show. */
export interface WithheldItem {
  readonly roomSeq: bigint;
  readonly recHash: Uint8Array;
  readonly prevHead: Uint8Array;
}

/** What a person reports. Deterministic CBOR on the wire, signed with the reporter's device key (label `CSFReport`). */
export interface ReportBundle {
  readonly version: 1;
  /** UUID version 7. */
  readonly reportId: string;
  readonly roomUri: string;
  readonly reporter: { readonly uri: string; readonly deviceId: Uint8Array };
  /** Who the report is about; empty if the reporter did not say. */
  readonly accusedUri: string;
  /** One of `CATEGORIES`. One that only a newer messenger knows is read, too, and counts as `other`. */
  readonly category: string;
  /** The reporter's own words; at most 64 KiB of UTF-8. */
  readonly note: string;
  readonly items: readonly BundleItem[];
  readonly withheld: readonly WithheldItem[];
  readonly window: {
    readonly from: bigint;
    readonly to: bigint;
    /** The first message that this device could receive. */
    readonly firstSeq: bigint;
    /** The newest head that the device held. */
    readonly headAtReport: SignedHead;
  };
  readonly client: { readonly version: string; readonly build: string };
  readonly createdAt: bigint;
}

/** The bundle's bytes with the reporter's signature over them. */
export interface SignedBundle {
  readonly bundle: Uint8Array;
  readonly signature: Uint8Array;
}

/** A device in the hub's directory: which key spoke for which account, and when. */
export interface DirectoryEntry {
  readonly uri: string;
  readonly deviceId: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly validFrom: bigint;
  readonly revokedAt: bigint | null;
}

/** A room's members from one epoch to the next. */
export interface RosterEntry {
  readonly epoch: bigint;
  readonly since: bigint;
  readonly members: ReadonlyArray<{ readonly uri: string; readonly deviceId: Uint8Array }>;
}

/** A franking signature key of the hub and when it may have signed. */
export interface FrankingKey {
  readonly suite: number;
  readonly publicKey: Uint8Array;
  readonly notBefore: bigint;
  readonly notAfter: bigint | null;
}

/** That a record was in the hub's public log, and since when somebody else can say so. */
export interface LogInclusion {
  /** The batch's RFC 6962 root over record hashes, and the record's place in it. */
  readonly batchRoot: Uint8Array;
  readonly batchSize: bigint;
  readonly batchIndex: bigint;
  readonly batchPath: readonly Uint8Array[];
  /**
   * The leaf of the hub's audit log that names the batch: the canonical JSON (RFC 8785) of its facts
   * `{actor, at, body: {root: HEX, size: NUMBER}, id, kind: "chat.batch", reportId: null}`, and the salt of its commitment
   * HMAC-SHA-256(salt, facts). The leaf's bytes in the tree are the canonical JSON of `{at, commitment: BASE64, id, kind, v: 1}`.
   */
  readonly leafBody: Uint8Array;
  readonly leafSalt: Uint8Array;
  /** C2SP tlog-proof of that leaf, with the signed checkpoint; text. */
  readonly proof: string;
  /**
   * RFC 3161 tokens (DER) over SHA-256 of the text of the checkpoint in `proof`, without its signature lines; empty while no
   * authority could be reached.
   */
  readonly tokens: readonly Uint8Array[];
}

/** What the hub holds about one reported message. */
export interface ProviderItem {
  readonly record: FrankRecord;
  readonly context: ServerContext;
  readonly contextBlind: Uint8Array;
  readonly submit: { readonly tbs: SubmitTbs; readonly signature: Uint8Array } | null;
  readonly inclusion: LogInclusion | null;
}

/** What the hub adds to a report so that somebody else can check it. Deterministic CBOR on the wire. */
export interface ProviderRecords {
  readonly version: 1;
  readonly hub: string;
  readonly roomUri: string;
  readonly items: readonly ProviderItem[];
  readonly frankingKeys: readonly FrankingKey[];
  readonly devices: readonly DirectoryEntry[];
  readonly rosters: readonly RosterEntry[];
  readonly gatheredAt: bigint;
}
