/** When a report takes changes, and until when (the wire's documentation, section 3). Pure; every store uses it. */
import type { Standing } from "./store.ts";

const MINUTE_MS = 60_000;

/** An unfinished report lives at least this long after it was opened. */
export const OPEN_LIFETIME_MS = 24 * 60 * MINUTE_MS;

/** And at least this long after its last upload or file details. */
export const CHANGE_LIFETIME_MS = 60 * MINUTE_MS;

/** Bytes without a report live this long. The server ends every upload well before (`uploadTotalMs`). */
export const STAGED_LIFETIME_MS = 24 * 60 * MINUTE_MS;

/** What a store must keep of a report to know how it stands. */
export interface ReportRecord {
  readonly accountId: string;
  /** `expired` where a store keeps a trace of a report that its sweep has deleted. */
  readonly state: "open" | "finished" | "retracted" | "expired";
  readonly batched: boolean;
  /** Milliseconds since 1970. */
  readonly openedAt: number;
  /** Of the last upload or file details; `openedAt` if there was none. */
  readonly changedAt: number;
}

/**
 * The moment from which an unfinished report is gone: the later of 24 hours after opening and one hour after the last
 * upload or file details. Many clients read it as "one hour"; it is never less than a day.
 */
export function expiresAt(record: Pick<ReportRecord, "openedAt" | "changedAt">): number {
  return Math.max(record.openedAt + OPEN_LIFETIME_MS, record.changedAt + CHANGE_LIFETIME_MS);
}

/**
 * How a report stands for an account.
 * @param record what the store has under that number, or undefined
 * @param at milliseconds since 1970
 */
export function judge(record: ReportRecord | undefined, accountId: string, at: number): Standing {
  if (record === undefined) return { kind: "unknown" };
  // Ownership comes before state: another platform's report must not show by its answers that it exists.
  if (record.accountId !== accountId) return { kind: "foreign" };
  if (record.state !== "open") return { kind: record.state };
  if (at >= expiresAt(record)) return { kind: "expired" };
  return { kind: "open", batched: record.batched };
}
