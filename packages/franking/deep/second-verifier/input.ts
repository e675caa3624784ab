import type { FrankingKey } from "../../src/bundle/types.ts";
import type { ItemVerdictCode, Step } from "../../src/verify/types.ts";

/** What the second verifier is given: bytes, as they come from a folder, and what whoever verifies pinned. */
export interface Evidence {
  readonly reportId: string;
  /** `report-bundle.cbor`. */
  readonly bundle: Uint8Array;
  /** `provider-records.cbor`. */
  readonly records: Uint8Array;
  readonly trust: {
    readonly frankingKeys: readonly FrankingKey[];
    /** `vkey` of the hub's log; null where it is not known. */
    readonly logKey: string | null;
    /** DER. */
    readonly timestampRoots: readonly Uint8Array[];
  };
  /** Who can tell whether a server frank is the hub's: its secret, an attestation's word for these places, or nobody. */
  readonly frank: { readonly master: Uint8Array } | { readonly attested: ReadonlySet<string> } | null;
  /** By url: what the hub stores, or the file itself as it came with the report. */
  readonly ciphertexts: ReadonlyMap<string, Uint8Array>;
  readonly plaintexts: ReadonlyMap<string, Uint8Array>;
  readonly isRepeated: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A step's result with every reason for it that holds, where the verifier under test names the foremost. */
export interface Finding {
  readonly step: Step;
  readonly result: "passed" | "failed" | "not-checked";
  readonly reasons: readonly string[];
}

export interface Opinion {
  readonly verdict: ItemVerdictCode;
  readonly steps: readonly Finding[];
  readonly items: readonly ItemOpinion[];
  readonly withheld: readonly string[];
  /** From, to, first, newest. */
  readonly window: readonly string[];
  readonly fullConversation: boolean;
}

export interface ItemOpinion {
  readonly roomSeq: string;
  readonly messageId: string;
  readonly senderUri: string;
  readonly deviceId: string;
  readonly selected: boolean;
  readonly acceptedAt: string;
  readonly verdict: ItemVerdictCode;
  readonly steps: readonly Finding[];
  readonly existedBy: string | null;
  readonly seen: string | null;
  readonly replaces: readonly string[];
  readonly attachments: readonly AttachmentOpinion[];
}

export interface AttachmentOpinion {
  readonly root: string;
  readonly mode: "full" | "hash-only";
  readonly result: "opened-and-bound" | "committed-not-seen" | "failed" | "missing";
  readonly sha256: string | null;
  readonly size: number | null;
}

type Reasons = ReadonlyArray<string | false>;

/** Failed for any reason of the first list; not checked for any of the second; passed otherwise. */
export function finding(step: Step, wrong: Reasons, open: Reasons = []): Finding {
  const [failed, left] = [wrong, open].map((all) => all.filter((one) => one !== false));
  if (failed !== undefined && failed.length > 0) return { step, result: "failed", reasons: failed };
  if (left !== undefined && left.length > 0) return { step, result: "not-checked", reasons: left };
  return { step, result: "passed", reasons: [] };
}
