import type { Awaitable, FrankingCrypto } from "../crypto/crypto.ts";
import type { FrankingKey, ProviderRecords, SignedBundle } from "../bundle/types.ts";
import type { ServerContext } from "../wire/types.ts";

/** The steps of e2ee.md 7.5. */
export const STEPS = [
  "V1",
  "V2",
  "V3",
  "V4",
  "V5",
  "V6",
  "V7",
  "V8",
  "V9",
  "V10",
  "V11",
  "V12",
  "V13",
  "V14",
] as const;
export type Step = (typeof STEPS)[number];

export interface StepResult {
  readonly step: Step;
  readonly result: "passed" | "failed" | "not-checked";
  /** A stable code for what failed or was left out; absent when passed. */
  readonly code?: string;
  /** Plain words without anything from a message. */
  readonly detail: string;
}

export type ItemVerdictCode = "VERIFIED" | "VERIFIED_NO_SUBMIT_SIG" | "UNVERIFIED";

/** How far an attachment is proven. */
export interface AttachmentVerdict {
  /** Hex. */
  readonly root: string;
  readonly mode: "full" | "hash-only";
  readonly result: "opened-and-bound" | "committed-not-seen" | "failed" | "missing";
  /** SHA-256 of the plaintext, hex, where it was opened. */
  readonly sha256?: string;
  readonly size?: number;
  readonly code?: string;
}

export interface ItemVerdict {
  /** Place in the bundle's `items`. */
  readonly index: number;
  readonly roomSeq: string;
  /** Hex; empty when the content does not decode. */
  readonly messageId: string;
  readonly senderUri: string;
  /** Hex. */
  readonly deviceId: string;
  readonly selected: boolean;
  readonly verdict: ItemVerdictCode;
  readonly steps: readonly StepResult[];
  /** Milliseconds since 1970 as the hub's clock has it, and the bound that an outside timestamp gives, if any. */
  readonly acceptedAt: string;
  readonly existedBy: string | null;
  /** roomSeq that the sending device had seen when it wrote, if it said so. */
  readonly seen: string | null;
  /** roomSeq of earlier versions in the window that this one replaces. */
  readonly replaces: readonly string[];
  readonly attachments: readonly AttachmentVerdict[];
}

export interface BundleVerdict {
  readonly reportId: string;
  /** VERIFIED if every selected item is; otherwise the weakest of the selected items'. */
  readonly verdict: ItemVerdictCode;
  readonly steps: readonly StepResult[];
  readonly items: readonly ItemVerdict[];
  readonly withheld: readonly string[];
  readonly window: {
    readonly from: string;
    readonly to: string;
    readonly firstSeq: string;
    readonly headSeq: string;
  };
  /** Every message was shown and is proven, from the first to the newest that the reporter's device says it had. */
  readonly fullConversation: boolean;
}

/** An attachment, wherever it is kept, in pieces of any size; null if it is gone. */
export type FetchFile = (file: {
  readonly root: Uint8Array;
  /** As the message has it; its last segment is the hub's id for the ciphertext. */
  readonly url: string;
}) => Awaitable<AsyncIterable<Uint8Array> | null>;

export interface VerifyInput {
  /** The number under which the report was handed in; the bundle must say the same. */
  readonly reportId: string;
  readonly signed: SignedBundle;
  readonly records: ProviderRecords;
  readonly trust: {
    /** The hub's keys as pinned by whoever verifies, never as the records say. */
    readonly frankingKeys: readonly FrankingKey[];
    /**
     * Opens a C2SP tlog-proof for a leaf under the hub's log key as pinned: the text of the checkpoint that the log signed (without its
     * signature lines), or null if the proof does not hold. Absent: step V8's log part is not checked and says so.
     */
    readonly openLogProof?: (leaf: Uint8Array, proof: string) => Awaitable<string | null>;
    /** DER certificates of timestamp authorities that are trusted. */
    readonly timestampRoots: readonly Uint8Array[];
  };
  readonly crypto: FrankingCrypto;
  /**
   * Asks whoever holds the hub's HMAC keys whether a server frank is theirs. Absent offline: then V5 is taken from
   * `frankAttested`, and if that is absent too it is "not-checked" and no item can be VERIFIED.
   */
  readonly checkFrank?: (question: {
    frankingTag: Uint8Array;
    context: ServerContext;
    serverFrank: Uint8Array;
    hubKid: number;
  }) => Awaitable<boolean>;
  /** roomSeqs whose server frank a trusted attestation says was checked. */
  readonly frankAttested?: ReadonlySet<string>;
  readonly fetchCiphertext?: FetchFile;
  /** Where opened attachments go: called with each file in full mode while it is verified. An error means: it was not the file. */
  readonly onAttachment?: (
    file: { readonly root: Uint8Array; readonly name: string; readonly mediaType: string },
    plaintext: AsyncIterable<Uint8Array>,
  ) => Promise<void>;
  /**
   * Where no ciphertext is at hand: the file itself, as it came with the report. It is sealed again with the committed key, and
   * must give the committed root.
   */
  readonly plaintextOf?: FetchFile;
  /** A report with this number was taken in before. */
  readonly isRepeated?: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}
