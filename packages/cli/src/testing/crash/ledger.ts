import type { Place } from "./place.ts";
import { fetchReceipt } from "./receipts.ts";
import { type Answer, type Sending } from "./sending.ts";
import { standingOf } from "./standing.ts";

/** What the sender's own system knows of one report, and nothing that it was told by the one that tests. */
export interface LedgerEntry {
  readonly sending: Sending;
  /** The station's last number before the first sending. */
  readonly since: string;
  readonly answers: Answer[];
  acknowledged: Extract<Answer, { kind: "acknowledged" }> | undefined;
}

export function openEntry(sending: Sending, since: string): LedgerEntry {
  return { sending, since, answers: [], acknowledged: undefined };
}

/** Sends once and notes what came back. */
export async function send(entry: LedgerEntry): Promise<Answer> {
  const answer = await entry.sending.attempt();
  entry.answers.push(answer);
  if (answer.kind === "acknowledged") entry.acknowledged = answer;
  return answer;
}

/**
 * Holds the ledger against the station: what was acknowledged is there once and whole and its receipt is valid; what was not is there
 * at most once and, if it is there, whole.
 * @returns what does not hold, in words
 */
export async function judgeEntry(place: Place, entry: LedgerEntry): Promise<string[]> {
  const { times, broken } = await standingOf(place, entry.sending, entry.since);
  const problems = [...broken, ...(entry.sending.brokenPromises?.() ?? [])];
  if (times > 1) problems.push(`doubled: it is there ${times} times`);
  const { acknowledged } = entry;
  if (acknowledged === undefined) return problems;
  if (times === 0) problems.push("lost: it was acknowledged and is not there");
  try {
    entry.sending.checkReceipt(acknowledged.receipt ?? (await fetchReceipt(place, acknowledged.reference)));
  } catch (error) {
    problems.push(`receipt: ${error instanceof Error ? error.message : String(error)}`);
  }
  return problems;
}
