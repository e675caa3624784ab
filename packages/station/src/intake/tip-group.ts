import {
  type Account,
  type AttachOutcome,
  type DescribeOutcome,
  type Description,
  type FinishRule,
  judge,
  type ReportNumber,
  type Standing,
} from "@fairlead/cybertipline";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Station } from "../context.ts";
import { grouped, isConnectionLost, StoreError } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { type Finished, finishTips } from "./finish-tip.ts";
import { type Attachment, attachFiles, describeFiles } from "./tip-file.ts";

type Tx = Transaction<Tables>;

/** A change to one open report, by the account whose report it is. */
interface Asked {
  account: Account;
  number: ReportNumber;
  at: number;
}
export type TipChange = Asked &
  (
    | ({ kind: "attach" } & Pick<Attachment, "object" | "upload">)
    | { kind: "describe"; description: Description }
    | { kind: "finish"; rule: FinishRule }
  );
export type TipOutcome = AttachOutcome | DescribeOutcome | Finished;

/** What a report's row was found to be. */
export type Found = { number: string; standing: Standing };

/**
 * More would make the first of a group wait for the last. Two under way: while one waits for the disk the other uses the processor.
 */
const LIMITS = { most: 64, atOnce: 2 };

/** Nobody's own fault, and the one error after which nothing may be repeated before it was looked up. */
export function isShared(error: unknown): boolean {
  return isConnectionLost(error) || error instanceof StoreError;
}

/**
 * Changes to reports that are still being sent, those of one moment in one transaction: each report's row is locked and judged, in
 * the order of numbers, and only on open ones is anything done.
 */
export function tipChanges(station: Station): (change: TipChange) => Promise<TipOutcome> {
  return grouped((changes) => station.db.transaction((tx) => changeAll(station, tx, changes)), {
    ...LIMITS,
    keyOf: ({ number }) => number,
    isShared,
  });
}

async function changeAll(station: Station, tx: Tx, changes: readonly TipChange[]): Promise<TipOutcome[]> {
  const standings = await standingsOf(tx, changes, true);
  const outcomes = new Map<TipChange, TipOutcome>();
  const open: Array<TipChange & { batched: boolean }> = [];
  for (const [at, change] of changes.entries()) {
    const standing = standings[at];
    if (standing?.kind === "open") open.push({ ...change, batched: standing.batched });
    else if (standing !== undefined) outcomes.set(change, standing);
  }
  const byNumber = new Map<string, TipOutcome>();
  const attached = open.filter((change) => change.kind === "attach");
  await attachFiles(tx, attached);
  for (const { number } of attached) byNumber.set(number, { kind: "ok" });
  const described = open.filter((change) => change.kind === "describe");
  const descriptions = await describeFiles(
    tx,
    described.map(({ description }) => description),
  );
  for (const [at, { number }] of described.entries()) byNumber.set(number, answered(descriptions[at]));
  const finishing = open.filter((change) => change.kind === "finish");
  const finishes = finishing.length === 0 ? [] : await finishTips(station, tx, finishing);
  for (const [at, { number }] of finishing.entries()) byNumber.set(number, answered(finishes[at]));
  // A group holds each report once, so a number says which change it is.
  return changes.map((change) => answered(outcomes.get(change) ?? byNumber.get(change.number)));
}

function answered(outcome: TipOutcome | undefined): TipOutcome {
  if (outcome === undefined) throw new Error("a change of a group that has no outcome");
  return outcome;
}

/**
 * How reports stand, in the order in which they are asked for.
 * @param lock whether their rows stay locked until the transaction ends
 */
export async function standingsOf(
  db: Kysely<Tables>,
  asked: readonly Asked[],
  lock: boolean,
): Promise<Standing[]> {
  const query = db
    .selectFrom("tip")
    .select(["number", "account", "state", "batched", "opened_at", "touched_at"])
    .where("number", "=", sql<string>`any(${asked.map(({ number }) => number)}::bigint[])`)
    // Whoever locks several locks them in one order: two groups never wait for each other.
    .orderBy("number");
  const rows = await (lock ? query.forUpdate() : query).execute();
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  return asked.map(({ account, number, at }) => {
    const row = byNumber.get(number);
    return judge(
      row === undefined
        ? undefined
        : {
            accountId: row.account,
            state: row.state,
            batched: row.batched,
            openedAt: Date.parse(row.opened_at),
            changedAt: Date.parse(row.touched_at),
          },
      account.accountId,
      at,
    );
  });
}

/** Asks how reports stand, those of one moment with one statement. */
export function tipStandings(station: Station): (asked: Asked) => Promise<Standing> {
  return grouped((asked) => standingsOf(station.db.kysely, asked, false), {
    ...LIMITS,
    keyOf: () => undefined,
    isShared,
  });
}
