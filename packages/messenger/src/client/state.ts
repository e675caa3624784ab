import type { SafetyView } from "./hub/api.ts";

/** What a page sees of the messenger as a whole. Times are milliseconds since 1970. */
export interface MessengerState {
  /**
   * `starting`: reading the device. `welcome`: no account here yet. `ready`: in use. `removed`: another device of the account took
   * this one out; what it holds can still be read, and `wipe` starts again.
   */
  readonly phase: "starting" | "welcome" | "ready" | "removed";
  readonly connection: "online" | "connecting" | "offline";
  /** null until the hub was reached for the first time. */
  readonly hub: HubView | null;
  readonly me: Me | null;
  /** Newest first; left ones stay until they are forgotten. */
  readonly rooms: readonly RoomSummary[];
  /** People who ask whether they may add us to rooms, newest first. Answer with `answerAsk`. */
  readonly asks: readonly { readonly uri: string; readonly name: string; readonly at: number }[];
  /** What stands for this account by the hub's rules, and who asked it with a notice beside it; null until the hub was asked. */
  readonly safety: SafetyView | null;
  /** People by URI: everybody who is or was in a room of ours. */
  readonly people: ReadonlyMap<string, Person>;
  readonly receipts: readonly Receipt[];
  /** Newest first, without those that were dismissed. */
  readonly notices: readonly Notice[];
  /** What the hub did that it may not do. Never dismissed by itself. */
  readonly warnings: readonly Warning[];
  readonly settings: Settings;
  readonly backup: Backup | null;
  /** Messages and changes that the hub has not taken yet. */
  readonly waiting: number;
}

export interface HubView {
  readonly domain: string;
  readonly name: string;
  readonly retentionDays: number;
  readonly maxFileBytes: number;
  /** Who helps, as the operator names them (`help` in GET /chat/about; none if it says none). */
  readonly help: readonly HelpContact[];
}

/** Somebody a person can turn to. Words and numbers are the operator's; the page shows them as they are. */
export interface HelpContact {
  readonly name: string;
  /** What they do and when they can be reached. */
  readonly about: string;
  readonly url: string | null;
  readonly telephone: string | null;
}

export interface Me {
  readonly uri: string;
  readonly handle: string;
  readonly name: string;
  readonly young: boolean;
  readonly deviceId: string;
  readonly devices: readonly DeviceView[];
  /** How long a disappeared message can still be reported from this device: 24 for grown-ups, 168 for young accounts. */
  readonly reportableHours: number;
}

export interface DeviceView {
  /** Hex. */
  readonly id: string;
  readonly name: string;
  readonly current: boolean;
  readonly since: number;
}

export interface Person {
  readonly uri: string;
  readonly handle: string;
  /** As they call themselves; the handle until the hub was asked. */
  readonly name: string;
  /** null when not known. */
  readonly young: boolean | null;
  readonly blocked: boolean;
  /** We wrote to them or accepted them before. */
  readonly known: boolean;
  /** The person said that they know them away from here: their pictures are never blurred. Stays on this device. */
  readonly trusted: boolean;
}

export interface RoomSummary {
  readonly id: string;
  /** A direct room is between two people and has no name of its own. */
  readonly kind: "direct" | "group";
  /** Null for a direct room, or while the first message that carries the name has not come. */
  readonly name: string | null;
  /** `joining`: the room is not made yet, or it came from a backup and this device is not in it yet. `request`: somebody we do not know invited us; show no picture and load none. */
  readonly standing: "joining" | "request" | "member" | "left" | "removed";
  /** URIs, ourselves among them. */
  readonly members: readonly string[];
  /** URIs of people who want to be asked first and have not said yes yet; they come in as soon as they do. */
  readonly asked: readonly string[];
  /** Handles that could not be added: nobody has them, they blocked us, or no device of theirs can be invited now. */
  readonly notAdded: readonly string[];
  /** Who invited us; null if we made the room. */
  readonly invitedBy: string | null;
  readonly timerSeconds: number | null;
  readonly unread: number;
  /** For ordering and the list's preview line. */
  readonly latest: Message | null;
  readonly activeAt: number;
}

/** The loaded part of a conversation, oldest first. */
export interface RoomView {
  readonly roomId: string;
  readonly messages: readonly Message[];
  readonly hasOlder: boolean;
  /** Key of the first message that was unread when the room was opened. */
  readonly firstUnread: string | null;
}

/** One line of a conversation, with its edits and reactions folded in. */
export interface Message {
  /** Stable for as long as the message exists, also from sending to sent. */
  readonly key: string;
  /** Its number in the room; null until the hub took it, and for lines about members. */
  readonly seq: number | null;
  readonly from: string;
  readonly own: boolean;
  /** The hub's clock; our own until the hub took it. */
  readonly at: number;
  /** Of our own messages. `failed` needs `retry` or `discard`. */
  readonly delivery: "sending" | "sent" | "failed";
  readonly body: Body;
  readonly edited: boolean;
  readonly replyTo: {
    readonly key: string;
    readonly from: string | null;
    readonly excerpt: string | null;
  } | null;
  readonly reactions: readonly Reaction[];
  /** When it disappears here; null if it stays or its clock has not started. */
  readonly expiresAt: number | null;
  /** It is on a disappearing timer, running or not. */
  readonly disappearing: boolean;
  /** This device can prove it: false for what failed its checks or is not ours to report yet. */
  readonly reportable: boolean;
}

export type Body =
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "file";
      readonly file: FileView;
      readonly thumbnail: FileView | null;
      readonly caption: string;
    }
  /** What the room is called and how long its messages stay, from now on. */
  | {
      readonly kind: "room";
      readonly name: string | null;
      readonly timerSeconds: number | null;
      /** Against the last such line before it. */
      readonly changed: "name" | "timer" | "both";
    }
  | { readonly kind: "members"; readonly joined: readonly string[]; readonly left: readonly string[] }
  /** A device was added to or taken from the account of `from`. */
  | { readonly kind: "device"; readonly added: number; readonly removed: number }
  /** Its sender took it back. Reportable until `until`, like one that disappeared. */
  | { readonly kind: "deleted"; readonly until: number | null }
  /** Its time was up. Reportable until `until`; null when it no longer is. */
  | { readonly kind: "disappeared"; readonly until: number | null }
  /** Rule R2: it failed a check and was not shown. `code` says which, for support. */
  | { readonly kind: "unverifiable"; readonly code: string }
  /** Messages that the hub did not hand over. */
  | { readonly kind: "missing"; readonly count: number }
  /** Genuine, but of a kind that this version cannot show. */
  | { readonly kind: "unsupported"; readonly contentType: string };

export interface FileView {
  /** Hex; names the file in `openFile` and in a report. */
  readonly root: string;
  readonly name: string;
  readonly contentType: string;
  /** Bytes of the file itself. */
  readonly size: number;
  /** Picture or video from somebody not trusted, and the settings ask for a blur until the person taps. Nothing was looked at. */
  readonly blurred: boolean;
}

export interface Reaction {
  readonly emoji: string;
  readonly from: readonly string[];
  readonly own: boolean;
}

export interface Settings {
  /** Blur pictures and videos from people who are not trusted, until tapped. On for young accounts unless they choose otherwise. Decided and done on the device. */
  readonly blurPictures: boolean;
  /** Show notices such as "you have not talked to this person before". */
  readonly safetyNotices: boolean;
}

/** Something worth a second thought, from what this device can see without reading a message. Leaves the device never. */
export interface Notice {
  readonly id: string;
  readonly kind:
    | "stranger-writes"
    | "grown-up-stranger-writes"
    | "group-of-strangers"
    | "stranger-sets-timer"
    | "person-new-device"
    | "own-new-device";
  readonly roomId: string | null;
  readonly uri: string | null;
  readonly at: number;
}

/** A sign that the hub is not honest or not well. `detail` is a stable code and numbers, never content. */
export interface Warning {
  readonly id: string;
  readonly kind: /** Two different heads for one place in a room's chain: people are shown different conversations. */
    | "different-conversations"
    /** The hub's mark on a message is not genuine: a report of it would have failed. */
    | "mark-not-genuine"
    /** The hub says other people are in the room than the encryption does. */
    | "different-members"
    /** Messages were left out. */
    | "messages-missing"
    /** A device speaks for an account under a key that the directory does not know. */
    | "unknown-device";
  readonly roomId: string | null;
  readonly detail: string;
  readonly at: number;
}

/** What became of a report, for the person who made it. */
export interface Receipt {
  readonly reportId: string;
  readonly roomId: string;
  readonly category: string;
  readonly shown: number;
  readonly withheld: number;
  readonly createdAt: number;
  /** `waiting`: on this device until the hub can be reached. `refused`: the hub did not take it. After that, the hub's words. */
  readonly state: string;
  readonly steps: readonly { readonly at: number; readonly what: string }[];
  /** What the hub gave for it; to be named in any letter about the report. Null while waiting. */
  readonly receipt: string | null;
}

export interface Backup {
  /** Groups of characters, to write down; the device keeps it so that it can be shown again. */
  readonly code: readonly string[];
  /** Null while the first is being made. */
  readonly madeAt: number | null;
}
