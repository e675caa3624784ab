import type { Frank, FrankExt, SealedAttachment, SignedHead } from "@fairlead/franking";
import type { About, Ask, SafetyView } from "../hub/api.ts";
import type { Notice, Receipt, Settings, Warning } from "../state.ts";

/** What a device keeps, by collection. */
export interface Collections {
  /** `self`, and nothing else. */
  readonly device: DeviceRecord;
  /** By the names in `Facts`. */
  readonly facts: Facts[keyof Facts];
  /** By room id. */
  readonly rooms: RoomRecord;
  /** MLS states by room id. */
  readonly groups: Uint8Array;
  /** By `messageKey(roomId, seq)`, lines about members by `lineKey(roomId, seq, count)`. */
  readonly lines: LineRecord;
  /** Keys of `lines`, by room id and MessageId. */
  readonly messageIds: string;
  /** Due times: `dueKey(at, line)`. */
  readonly due: DueRecord;
  /** By room id. Kept when the room is forgotten: a device that counted anew would contradict itself. */
  readonly sent: SentRecord;
  /** What the hub has not taken yet, in order. */
  readonly outbox: OutboxRecord;
  /** Ciphertext of files by root, as fetched or as sealed here. */
  readonly files: Blob;
  /** By URI. */
  readonly people: PersonRecord;
  /** Secrets of key packages that the hub may hand out, by SHA-256 of the key package. */
  readonly keyPackages: {
    readonly keyPackage: Uint8Array;
    readonly secret: Uint8Array;
    readonly madeAt: number;
  };
  readonly receipts: Receipt;
  readonly notices: Notice & { readonly dismissed: boolean };
  readonly warnings: Warning;
}

export type Collection = keyof Collections;

export const collections = [
  "device",
  "facts",
  "rooms",
  "groups",
  "lines",
  "messageIds",
  "due",
  "sent",
  "outbox",
  "files",
  "people",
  "keyPackages",
  "receipts",
  "notices",
  "warnings",
] as const satisfies readonly Collection[];

export interface DeviceRecord {
  readonly domain: string;
  readonly uri: string;
  readonly handle: string;
  readonly name: string;
  readonly young: boolean;
  readonly deviceId: Uint8Array;
  readonly deviceName: string;
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
  readonly token: string;
  /** As the hub listed them last. */
  readonly devices: readonly {
    readonly id: Uint8Array;
    readonly name: string;
    readonly since: number;
    /** It can be invited. */
    readonly isReady: boolean;
  }[];
  readonly createdAt: number;
  /** The hub no longer takes this device's sign-in. */
  readonly removed: boolean;
}

export interface RoomRecord {
  readonly id: string;
  readonly uri: string;
  readonly kind: "direct" | "group";
  readonly name: string | null;
  readonly timerSeconds: number | null;
  readonly standing: "joining" | "request" | "member" | "left" | "removed";
  /**
   * The hub knows that this device left: what it hands out later is not for this device. Until then others still speak to it, and what
   * they say counts as received.
   */
  readonly leaveHeard: boolean;
  readonly members: readonly MemberRecord[];
  readonly invitedBy: string | null;
  readonly notAdded: readonly string[];
  readonly readSeq: number;
  readonly unread: number;
  readonly activeAt: number;
  readonly epoch: number;
  readonly chain: ChainRecord;
  /** The newest head that the hub signed for us. */
  readonly signedHead: SignedHead | null;
  /** A message of somebody else's was checked with the hub (FrankAudit). */
  readonly audited: boolean;
  readonly wanted: Wanted;
  /** A commit that the hub may or may not have taken. */
  readonly commit: CommitRecord | null;
  /** Epoch whose devices were looked up in the hub's directory. */
  readonly checkedEpoch: number;
  /** Lines about members so far, to number the next. */
  readonly remarks: number;
}

export interface MemberRecord {
  readonly uri: string;
  readonly deviceId: Uint8Array;
}

/** Messages of this device that the hub took in a room, and the MessageId of the last. */
export interface SentRecord {
  readonly count: number;
  readonly last: Uint8Array;
}

/** How far the room's chain was followed, from the first record that this device could receive. */
export interface ChainRecord {
  readonly firstSeq: number;
  readonly seq: number;
  /** After `seq`; null while the next record is taken as it comes, because this device joined before it. */
  readonly head: Uint8Array | null;
  /** The hub told two stories. Nothing of this room is shown any more. */
  readonly broken: boolean;
}

/** Who should be in the room and is not yet, or should not and still is. Worked off by commits until nothing is left. */
export interface Wanted {
  /** The hub does not know the room yet. */
  readonly create: boolean;
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** Of who left, and of who lost one. Not before a time that is another for each member, so that not all commit at once. */
  readonly removeDevices: readonly { readonly deviceId: Uint8Array; readonly notBefore: number }[];
  /** Accounts none of whose devices can be invited now; asked again later, less and less often. */
  readonly later: readonly { readonly uri: string; readonly notBefore: number; readonly tries: number }[];
  /** URIs of people who were asked whether they may be added, and have not answered. */
  readonly asked: readonly string[];
  /** Key packages that the hub gave for `add`; each can be had only once. */
  readonly taken: readonly { readonly uri: string; readonly keyPackage: Uint8Array }[];
  /** Tell those who come what the room is called, once they are in. */
  readonly introduce: boolean;
  /** Commits that the hub refused. */
  readonly tries: number;
}

export interface CommitRecord {
  readonly commit: Uint8Array;
  readonly welcome: Uint8Array | null;
  readonly groupInfo: Uint8Array;
  /** The MLS state if the hub takes it. */
  readonly state: Uint8Array;
  /** Epoch that it starts. */
  readonly epoch: number;
  /** The hub has answered: it took this commit or knows a newer epoch. The inbox says which. */
  readonly answered: boolean;
}

export type LineRecord = MessageRecord | RemarkRecord;

/** A message as it was received: its opening is kept exactly as long as the message (rule R4). */
export interface MessageRecord {
  readonly kind: "message";
  readonly roomId: string;
  readonly seq: number;
  readonly senderUri: string;
  readonly deviceId: Uint8Array;
  readonly epoch: number;
  readonly acceptedAt: number;
  readonly frank: Frank;
  readonly ext: FrankExt;
  /** Head of the chain after this message. */
  readonly head: Uint8Array;
  /** null when every check passed; otherwise the check's code, and no opening (rule R2). */
  readonly refused: string | null;
  readonly opening: Opening;
  /** Hex; null when refused. */
  readonly messageId: string | null;
  /** Hex MessageId of the message that this one edits, takes back or reacts to: it has no line of its own then. */
  readonly about: string | null;
  readonly expiry: { readonly seconds: number; readonly startedAt: number | null } | null;
  /** What the outbox called it, so that its line keeps its key. */
  readonly localId: string | null;
}

export type Opening =
  /** MIMI content, byte for byte. */
  | { readonly state: "open"; readonly content: Uint8Array }
  /** It disappeared or was taken back: only a report opens it, until `until`. */
  | {
      readonly state: "sealed";
      readonly box: Uint8Array;
      readonly until: number;
      readonly why: "disappeared" | "deleted";
    }
  | { readonly state: "gone"; readonly why: "disappeared" | "deleted" | "refused" };

/** A line that no message made. */
export interface RemarkRecord {
  readonly kind: "remark";
  readonly roomId: string;
  readonly from: string;
  readonly at: number;
  readonly what:
    | { readonly kind: "members"; readonly joined: readonly string[]; readonly left: readonly string[] }
    | { readonly kind: "device"; readonly added: number; readonly removed: number }
    | { readonly kind: "missing"; readonly count: number };
}

export interface DueRecord {
  readonly line: string;
  readonly what: "disappear" | "forget";
}

export type OutboxRecord = OutgoingMessage | OutgoingReport | OutgoingLeave | OutgoingAudit;

/** What the person wants to say; made into content once, when it is its turn. */
export type Saying =
  | { readonly kind: "text"; readonly text: string; readonly replyTo: string | null }
  | { readonly kind: "edit"; readonly text: string; readonly of: string }
  | { readonly kind: "deletion"; readonly of: string }
  /** `replaces`: the reaction that this one takes the place of. */
  | {
      readonly kind: "reaction";
      readonly emoji: string;
      readonly of: string;
      readonly replaces: string | null;
    }
  /** `replaces`: the reaction that is taken back. */
  | { readonly kind: "unreaction"; readonly of: string; readonly replaces: string }
  | {
      readonly kind: "room";
      readonly name: string | null;
      readonly timerSeconds: number | null;
      readonly direct: boolean;
    }
  | {
      readonly kind: "file";
      readonly caption: string;
      readonly replyTo: string | null;
      readonly file: OutgoingPart;
      readonly thumbnail: OutgoingPart | null;
    };

/** A sealed file; its ciphertext is in `files` under `root`. */
export interface OutgoingPart {
  readonly root: string;
  readonly name: string;
  readonly contentType: string;
  readonly sealed: SealedAttachment;
  /** Where the hub keeps it; null until it was uploaded. */
  readonly url: string | null;
}

export interface OutgoingMessage {
  readonly kind: "message";
  readonly id: string;
  readonly roomId: string;
  readonly at: number;
  readonly saying: Saying;
  readonly failed: string | null;
  /** The hub took it: its place in the room comes by the inbox. */
  readonly accepted: boolean;
  /** The content is made once and never again; only its encryption is renewed when the epoch has moved on. */
  readonly content: {
    readonly bytes: Uint8Array;
    readonly messageId: Uint8Array;
    readonly tag: Uint8Array;
  } | null;
  /** Newest last. Older ones stay until the echo: the hub may have taken one of them and its answer was lost. */
  readonly sealed: readonly SealedMessage[];
}

export interface SealedMessage {
  readonly epoch: number;
  readonly message: Uint8Array;
  readonly submit: {
    readonly clientTime: number;
    readonly nonce: Uint8Array;
    readonly signature: Uint8Array;
  };
  /** The hub said that this epoch is over. */
  readonly stale: boolean;
}

export interface OutgoingReport {
  readonly kind: "report";
  readonly id: string;
  readonly sealed: Uint8Array;
  /** Ids of the blobs that the verifier may open. */
  readonly holds: readonly string[];
}

export interface OutgoingLeave {
  readonly kind: "leave";
  readonly id: string;
  readonly roomId: string;
}

/** FrankAudit: asks the hub whether its mark on this message is its own. */
export interface OutgoingAudit {
  readonly kind: "audit";
  readonly id: string;
  readonly roomId: string;
  readonly line: string;
}

export interface PersonRecord {
  readonly uri: string;
  readonly handle: string;
  readonly name: string;
  readonly young: boolean | null;
  readonly blocked: boolean;
  readonly known: boolean;
  readonly trusted: boolean;
  /** Keys of theirs that the directory has confirmed, by device id in hex. */
  readonly devices: ReadonlyMap<string, Uint8Array>;
}

/** A device that the hub may or may not know yet. */
export interface PendingDevice {
  readonly handle: string;
  readonly deviceName: string;
  readonly deviceId: Uint8Array;
  readonly privateKey: Uint8Array;
  readonly publicKey: Uint8Array;
}

/** Values of `facts`, by key. */
export interface Facts {
  readonly inbox: { readonly cursor: string };
  readonly settings: Settings;
  readonly pending: PendingDevice;
  readonly about: About;
  readonly asks: readonly Ask[];
  readonly safety: SafetyView;
  readonly backup: {
    readonly secret: Uint8Array;
    readonly code: readonly string[];
    readonly madeAt: number | null;
  };
  /** Key of the openings of disappeared messages. */
  readonly sealing: { readonly key: Uint8Array };
}
