import type { Delivered, Frank, FrankExt, FrankingKey, SignedHead } from "@fairlead/franking";
import type { HelpContact } from "../state.ts";

/**
 * What the messenger asks of a hub. Times are milliseconds since 1970. Every call rejects with a `MessengerError`:
 * `hub.unreachable` when no answer came (the hub may or may not have done it), `hub.busy` when it takes no more for now, `hub.refused` with the hub's code in `detail`,
 * `hub.signed-out` when the device was removed, `hub.broken` when the answer makes no sense.
 */
export interface HubApi {
  about(): Promise<About>;
  createAccount(account: {
    handle: string;
    name: string;
    birthYear: number | null;
    device: NewDevice;
  }): Promise<SignIn>;
  addDevice(code: string, device: NewDevice): Promise<SignIn>;
  /** The same hub, for a device that is signed in. `domain` makes the URIs of its rooms. */
  signedIn(device: { token: string; domain: string }): HubSession;
}

export interface HubSession {
  me(): Promise<MeView>;
  makeDeviceCode(): Promise<{ code: string; expiresAt: number }>;
  revokeDevice(deviceId: Uint8Array): Promise<void>;
  /** null if nobody has the handle. */
  account(handle: string): Promise<AccountView | null>;

  putKeyPackages(keyPackages: readonly Uint8Array[]): Promise<void>;
  /** One for each device of the account that has any left; of one's own account, for one's other devices. */
  takeKeyPackages(uri: string): Promise<{
    readonly keyPackages: readonly Uint8Array[];
    /** Devices that have none left. */
    readonly missing: number;
  }>;
  /** Asks a person who wants to be asked before they are added to a room. */
  ask(uri: string): Promise<"pending" | "accepted">;
  asks(): Promise<{ received: readonly Ask[]; sent: readonly { uri: string; accepted: boolean }[] }>;
  answerAsk(handle: string, accept: boolean): Promise<void>;

  createRoom(groupInfo: Uint8Array): Promise<void>;
  commit(
    roomId: string,
    commit: { commit: Uint8Array; welcome: Uint8Array | null; groupInfo: Uint8Array },
  ): Promise<void>;
  leaveRoom(roomId: string): Promise<void>;
  sendMessage(roomId: string, message: Uint8Array, submit: Submit): Promise<Accepted>;

  /** Waits up to `waitSeconds` for something to come. `after` null: from what was acknowledged. */
  inbox(after: string | null, waitSeconds: number, signal: AbortSignal): Promise<Inbox>;
  acknowledge(cursor: string): Promise<void>;

  uploadBlob(ciphertext: Blob): Promise<{ id: string; url: string }>;
  /** null if the hub no longer has it. */
  downloadBlob(id: string): Promise<Blob | null>;
  putBackup(box: Uint8Array): Promise<void>;
  /** null if there is none. */
  getBackup(): Promise<Uint8Array | null>;

  /** What stands for this account, and who asked it with a notice beside it. */
  safety(): Promise<SafetyView>;
  appeal(words: string): Promise<void>;
  sayFine(handle: string): Promise<void>;
  block(uri: string): Promise<void>;
  unblock(handle: string): Promise<void>;
  auditFrank(question: {
    tag: Uint8Array;
    frank: Frank;
    context: { senderUri: string; roomUri: string; acceptedAt: number };
  }): Promise<{ valid: boolean; signature: Uint8Array }>;
  sendReport(report: {
    reportId: string;
    sealed: Uint8Array;
    holds: readonly string[];
  }): Promise<{ receipt: string }>;
  reports(): Promise<readonly ReportState[]>;
}

export interface About {
  readonly domain: string;
  readonly name: string;
  readonly serverTime: number;
  readonly frankingKeys: readonly FrankingKey[];
  readonly verifierKey: Uint8Array;
  readonly limits: Readonly<Record<string, number>>;
  readonly retentionDays: number;
  readonly help: readonly HelpContact[];
}

export interface NewDevice {
  readonly id: Uint8Array;
  readonly name: string;
  readonly publicKey: Uint8Array;
  readonly proof: Uint8Array;
}

export interface SignIn {
  readonly uri: string;
  readonly token: string;
  readonly young: boolean;
}

export interface MeView {
  readonly name: string;
  readonly young: boolean;
  readonly devices: readonly {
    readonly id: Uint8Array;
    readonly name: string;
    readonly publicKey: Uint8Array;
    readonly validFrom: number;
    readonly revokedAt: number | null;
    readonly keyPackages: number;
  }[];
  readonly rooms: readonly RosterView[];
  readonly blocks: readonly string[];
}

/** Who the hub says is in a room. */
export interface RosterView {
  readonly roomId: string;
  readonly epoch: number;
  readonly seq: number;
  readonly members: readonly Member[];
}

export interface Member {
  readonly uri: string;
  readonly deviceId: Uint8Array;
}

export interface AccountView {
  readonly uri: string;
  readonly name: string;
  /** null when the hub does not say. */
  readonly young: boolean | null;
  readonly askFirst: boolean;
  readonly devices: readonly {
    readonly id: Uint8Array;
    readonly publicKey: Uint8Array;
    readonly validFrom: number;
    readonly revokedAt: number | null;
  }[];
}

export interface Ask {
  readonly uri: string;
  readonly name: string;
  readonly at: number;
}

export interface SafetyView {
  readonly actions: readonly {
    /** A kind that this version does not know is left out. */
    readonly action: "friction" | "notice" | "hide";
    readonly since: number;
    readonly until: number;
  }[];
  /** How many strangers an account under friction may ask in a day. */
  readonly requestsADay: number;
  /** When its owner asked for a person to look, and when that was answered. */
  readonly appeal: { readonly madeAt: number; readonly decidedAt: number | null } | null;
  readonly notices: readonly Ask[];
}

export interface Submit {
  readonly clientTime: number;
  readonly nonce: Uint8Array;
  readonly signature: Uint8Array;
}

export interface Accepted {
  readonly acceptedAt: number;
  readonly frank: Frank;
  readonly ext: FrankExt;
  readonly head: SignedHead;
}

export interface Inbox {
  readonly events: readonly HubEvent[];
  /** One a room, over its last message in `events`. */
  readonly heads: readonly SignedHead[];
  readonly cursor: string;
  /** There is more already. */
  readonly more: boolean;
}

export type HubEvent = { readonly cursor: string } & (
  | MessageEvent
  | CommitEvent
  | WelcomeEvent
  | LeaveEvent
  | { readonly kind: "report"; readonly reportId: string; readonly state: string; readonly at: number }
  | {
      readonly kind: "notice";
      readonly code: string;
      readonly uri: string | null;
      readonly deviceId: Uint8Array | null;
      readonly at: number;
    }
);

/** `delivered.message` is empty once the hub has let go of it: only its place in the chain is left. */
export interface MessageEvent {
  readonly kind: "message";
  readonly roomId: string;
  readonly epoch: number;
  readonly delivered: Delivered;
}

export interface CommitEvent {
  readonly kind: "commit";
  readonly roomId: string;
  /** The one that it leads to. */
  readonly epoch: number;
  readonly commit: Uint8Array | null;
  readonly by: Member;
  readonly firstSeq: number;
  readonly at: number;
}

export interface WelcomeEvent {
  readonly kind: "welcome";
  readonly roomId: string;
  readonly epoch: number;
  readonly welcome: Uint8Array | null;
  readonly by: Member;
  readonly firstSeq: number;
  readonly at: number;
}

export interface LeaveEvent {
  readonly kind: "leave";
  readonly roomId: string;
  readonly member: Member;
  readonly why: "asked" | "revoked";
  readonly at: number;
}

export interface ReportState {
  readonly reportId: string;
  readonly state: string;
  readonly steps: readonly { readonly at: number; readonly what: string }[];
}
