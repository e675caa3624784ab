import type { Claim, Report } from "@fairlead/report";

/** A report with the claims that stand beside it. */
export interface Stated {
  report: Report;
  claims: readonly Claim[];
}

/** A report as it would be with something that it lacks, and where that was missing. */
export interface Filled extends Stated {
  /** JSON Pointers into `{ report, claims }`; what is not there at all is named where it would stand. Empty: nothing is missing. */
  paths: string[];
}

/** Something that a provider can send with a report. */
export interface Item {
  id: ItemId;
  /** What to send, for the engineer who maps the data. */
  text: string;
  /**
   * Puts a value wherever the report lacks one: an innocent one, which says only that there is one.
   * @param at a moment of the upload that fits the report, milliseconds since 1970
   */
  supply(stated: Stated, at: number): Filled;
}

/** In the order in which they are offered: what costs a provider least to send comes first. */
export const ITEM_IDS = [
  "file-viewed",
  "file-content",
  "event-port",
  "event-second",
  "event-zone",
  "event-time",
  "occurred-meaning",
  "file-hash",
  "suspect-account",
  "event-of-upload",
  "phone-verified",
] as const;
export type ItemId = (typeof ITEM_IDS)[number];
