import type { Backup, MessengerState, Receipt, RoomView } from "./state.ts";
import type { DraftChange, ReportDraft, ReportPreview } from "./report/types.ts";

/**
 * A person's messenger on one device: everything that the pages need, and nothing that they show. State is immutable: a part
 * that did not change keeps its identity, so that both getters fit `useSyncExternalStore`.
 *
 * Every action resolves once its effect is stored on this device; what the hub still has to hear is in the outbox and goes out
 * as soon as it can. Actions that need the hub's answer say so. They reject with a `MessengerError`.
 */
export interface Messenger {
  /** Calls back after each change of either snapshot. */
  readonly subscribe: (listener: () => void) => () => void;
  readonly getState: () => MessengerState;
  /** The conversation of a room that was opened; null before `openRoom` or after `closeRoom`. */
  readonly getRoom: (roomId: string) => RoomView | null;
  /** Stops talking to the hub and closes the store. What is in the outbox goes out the next time. */
  close(): Promise<void>;

  // Who I am

  /** Needs the hub. A handle is lower-case letters, digits and `-`; `birthYear` decides whether the account is a young one. */
  register(person: {
    handle: string;
    name: string;
    birthYear: number | null;
    deviceName: string;
  }): Promise<void>;
  /** On the new device, with the code that `makeLinkCode` showed on another. Needs the hub. */
  linkThisDevice(code: string, deviceName: string): Promise<void>;
  /** Needs the hub. The code already holds the handle: show it as it is. */
  makeLinkCode(): Promise<{ code: string; expiresAt: number }>;
  /** Needs the hub. Its keys no longer count, and it is taken out of every room. */
  removeDevice(deviceId: string): Promise<void>;
  /** Forgets everything on this device. What is in a backup can be had again, the rest not. */
  wipe(): Promise<void>;

  // Rooms

  /** Who has this handle; null if nobody. Needs the hub. */
  findPerson(handle: string): Promise<PersonFound | null>;
  /** The room's id, at once; people are added as the outbox empties. One handle and no name make a direct room. */
  createRoom(room: { handles: readonly string[]; name: string | null }): Promise<string>;
  renameRoom(roomId: string, name: string): Promise<void>;
  invite(roomId: string, handles: readonly string[]): Promise<void>;
  remove(roomId: string, uri: string): Promise<void>;
  /** What was received stays readable and reportable on this device until `forgetRoom`. */
  leave(roomId: string): Promise<void>;
  /** Deletes a room that was left, with its openings: its messages can no longer be reported from this device. */
  forgetRoom(roomId: string): Promise<void>;
  /** Lets a person who asked (`MessengerState.asks`) add us to rooms, or not; they are not told of a no. Needs the hub. */
  answerAsk(uri: string, accept: boolean): Promise<void>;
  /** Of a room whose standing is `request`. */
  acceptRequest(roomId: string): Promise<void>;
  /** Leaves; nobody is told why. */
  declineRequest(roomId: string): Promise<void>;
  /** For messages sent from now on; null to keep them. Everybody in the room sees who changed it. */
  setTimer(roomId: string, seconds: number | null): Promise<void>;

  // Messages

  /** Loads the newest messages of a room and keeps them in `getRoom`. */
  openRoom(roomId: string): Promise<void>;
  closeRoom(roomId: string): void;
  loadOlder(roomId: string): Promise<void>;
  sendText(roomId: string, text: string, replyTo?: string): Promise<void>;
  /** A picture, video or any file. Sealed on this device before it leaves it. `thumbnail` is sealed as a part of its own. */
  sendFile(roomId: string, file: OutgoingFile, replyTo?: string): Promise<void>;
  /** `messageKey` as in `Message.key`; only one's own. */
  editMessage(roomId: string, messageKey: string, text: string): Promise<void>;
  /** For everybody; only one's own. The others may still report what they received. */
  deleteMessage(roomId: string, messageKey: string): Promise<void>;
  /** One emoji of one's own a message; null takes it back. */
  react(roomId: string, messageKey: string, emoji: string | null): Promise<void>;
  /** A message that failed: try again, or give it up. */
  retry(roomId: string, messageKey: string): Promise<void>;
  discard(roomId: string, messageKey: string): Promise<void>;
  markRead(roomId: string): Promise<void>;
  /**
   * The file itself, fetched once, checked against what its message committed to, then kept. Rejects with `file.*` if it is not
   * the file that was sent. Needs the hub the first time. Starts a disappearing message's clock like reading it does.
   *
   * @param root `FileView.root`
   */
  openFile(roomId: string, messageKey: string, root: string): Promise<Blob>;

  // Safety

  /** Nothing of theirs reaches this account any more. Offer a report beside it. Needs the hub. */
  block(uri: string): Promise<void>;
  unblock(uri: string): Promise<void>;
  /** Says, or takes back, that the person knows them away from here. See `Person.trusted`. */
  trust(uri: string, trusted: boolean): Promise<void>;
  /** Asks for a person of the platform to look at what stands for this account. Needs the hub. */
  appeal(words: string): Promise<void>;
  /** Puts away the notice about somebody who asked. Needs the hub. */
  sayFine(uri: string): Promise<void>;
  /** Lower-case kinds of notices are in `Notice.kind`. */
  dismissNotice(id: string): Promise<void>;
  changeSettings(change: Partial<MessengerState["settings"]>): Promise<void>;

  // Reports

  /** A draft around these messages: 10 before and 10 after each are offered. Reads disappeared messages while they are kept. */
  draftReport(roomId: string, messageKeys: readonly string[]): Promise<ReportDraft>;
  /** The draft with one thing changed. Drafts are plain data; nothing is stored or sent. */
  reviseReport(draft: ReportDraft, change: DraftChange): Promise<ReportDraft>;
  /** Exactly what would be sent and what not. Needs a category. Nothing has left the device yet. */
  previewReport(draft: ReportDraft): Promise<ReportPreview>;
  /** Seals and sends the bytes that were previewed. Resolves once they are in the outbox; the receipt is in the state at once. */
  sendReport(preview: ReportPreview): Promise<Receipt>;

  // Backup

  /** A new recovery code (128 random bits) and a first backup under it. Show the code: nobody else has it. Needs the hub. */
  startBackup(): Promise<{ code: Backup["code"] }>;
  /** The same code, everything up to now. Needs the hub. */
  refreshBackup(): Promise<void>;
  /** Brings back rooms and messages, still reportable, on a device that is registered or linked. Needs the hub. */
  restoreBackup(code: string): Promise<{ rooms: number; messages: number }>;
}

export interface PersonFound {
  readonly uri: string;
  readonly handle: string;
  readonly name: string;
  /** null when the hub does not say: it tells nobody which accounts are children's. */
  readonly young: boolean | null;
  /** They are asked before they come into a room, as every young account is. */
  readonly askFirst: boolean;
}

export interface OutgoingFile {
  readonly blob: Blob;
  readonly name: string;
  /** A small picture of it, for a preview; made by the page. */
  readonly thumbnail: Blob | null;
  readonly caption: string;
}
