import type { BundleItem, ProviderItem, ProviderRecords, ReportBundle } from "../bundle/types.ts";
import type { MimiContent } from "../content/types.ts";
import type { VerifyInput } from "./types.ts";

/** A bundle that was read and whose reporter was checked, with what the steps work out once for all messages. */
export interface OpenedBundle {
  readonly input: VerifyInput;
  readonly bundle: ReportBundle;
  readonly records: ProviderRecords;
  readonly items: readonly OpenedItem[];
  /** Head of the chain after each place in the window and after the one before it, as the report's own records give it; by roomSeq. */
  readonly heads: ReadonlyMap<bigint, Uint8Array>;
}

/** One shown message with what was worked out from it. */
export interface OpenedItem {
  readonly index: number;
  readonly item: BundleItem;
  readonly roomSeq: bigint;
  /** null when the bytes are not in canonical form. */
  readonly content: MimiContent | null;
  /** Empty when `content` is null. */
  readonly messageId: Uint8Array;
  readonly tag: Uint8Array;
  readonly provider: ProviderItem | null;
}
