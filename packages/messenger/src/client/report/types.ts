/** A report while its person chooses. Plain data: keep it in the page, hand it back to `reviseReport`. */
export interface ReportDraft {
  readonly roomId: string;
  /** Every message from the first to the last of the window, in the room's order; edits and reactions are messages too. */
  readonly lines: readonly DraftLine[];
  /** There is more on this device to extend to. */
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  /** Who it is about; guessed from the first selected message. Null if the person does not want to say. */
  readonly accused: string | null;
  /** One of franking's `categories`; null until chosen. */
  readonly category: string | null;
  readonly note: string;
  /** What a file gets when it comes into the draft: `hash-only` for young accounts. */
  readonly defaultMode: FileMode;
}

/** `hash-only`: only that the file was sent is proven; nobody opens it and nobody uploads it again. */
export type FileMode = "full" | "hash-only";

export interface DraftLine {
  readonly seq: number;
  /** `selected` and `context` are shown; `withheld` is listed as withheld, by its number alone. */
  readonly role: "selected" | "context" | "withheld";
  /** Why it can only be withheld: it failed its checks, or is no longer on this device. Null if it may be shown. */
  readonly locked: "unverifiable" | "not-held" | null;
  readonly from: string | null;
  readonly own: boolean;
  readonly at: number | null;
  readonly what: LineBody;
  readonly files: readonly DraftFile[];
}

export type LineBody =
  | { readonly kind: "text"; readonly text: string; readonly replyTo: number | null }
  | { readonly kind: "edit"; readonly text: string; readonly of: number | null }
  | { readonly kind: "deletion"; readonly of: number | null }
  | { readonly kind: "reaction"; readonly emoji: string | null; readonly of: number | null }
  | { readonly kind: "file"; readonly caption: string }
  | { readonly kind: "room"; readonly name: string | null; readonly timerSeconds: number | null }
  | { readonly kind: "unsupported"; readonly contentType: string }
  | { readonly kind: "none" };

export interface DraftFile {
  /** Hex. */
  readonly root: string;
  readonly name: string;
  readonly contentType: string;
  readonly isThumbnail: boolean;
  readonly mode: FileMode;
}

export type DraftChange =
  | { readonly kind: "extend"; readonly older: number; readonly newer: number }
  /** To everything that this device holds of the room. */
  | { readonly kind: "extend-to-all" }
  | { readonly kind: "role"; readonly seq: number; readonly role: DraftLine["role"] }
  | { readonly kind: "file"; readonly seq: number; readonly root: string; readonly mode: FileMode }
  | { readonly kind: "all-files"; readonly mode: FileMode }
  | { readonly kind: "category"; readonly category: string }
  | { readonly kind: "note"; readonly note: string }
  | { readonly kind: "accused"; readonly uri: string | null };

/** What would leave the device, to the byte. */
export interface ReportPreview {
  readonly reportId: string;
  readonly draft: ReportDraft;
  readonly shown: readonly DraftLine[];
  /** Numbers of the messages in the window that stay here. */
  readonly withheld: readonly number[];
  readonly files: readonly (DraftFile & { readonly seq: number })[];
  /** Who can open it. */
  readonly recipient: { readonly hub: string; readonly domain: string };
  /** What goes along besides the messages, as codes for the catalogue. */
  readonly alsoSent: readonly (
    | "account"
    | "device"
    | "time"
    | "client-version"
    | "room"
    | "note"
    | "chain"
  )[];
  /** What stays, as codes for the catalogue. */
  readonly notSent: readonly (
    | "keys"
    | "other-rooms"
    | "withheld-messages"
    | "hash-only-files"
    | "contacts"
    | "code"
  )[];
  /** The report itself, signed with this device's key: exactly these bytes are sealed and sent. */
  readonly bytes: Uint8Array;
  /** SHA-256 of `bytes`, hex. */
  readonly sha256: string;
}
