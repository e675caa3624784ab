import {
  type Account,
  type AttachOutcome,
  type DescribeOutcome,
  type FinishRule,
  judge,
  type Refusal,
  type ReportNumber,
  type ReportRecord,
  type Standing,
} from "@fairlead/cybertipline";
import { type Kysely, sql, type Transaction } from "kysely";
import type { Station } from "../context.ts";
import { grouped, isConnectionLost, StoreError } from "../store/index.ts";
import type { Tables } from "../store/tables.ts";
import { type Finished, finishTips } from "./finish-tip.ts";
import { type Attachment, attachFiles, type Described, describeFiles, filesThere } from "./tip-file.ts";

type Tx = Transaction<Tables>;

/** One open report, asked for by the account whose report it should be. */
interface Asked {
  account: Account;
  number: ReportNumber;
  at: number;
}
export type Finishing = Asked & { rule: FinishRule };

/**
 * More would make the first of a group wait for the last. Two under way: while one waits for the disk the other uses the processor.
 */
const LIMITS = { most: 64, atOnce: 2 };

/** Nobody's own fault, and the one error after which nothing may be repeated before it was looked up. */
export function isShared(error: unknown): boolean {
  return isConnectionLost(error) || error instanceof StoreError;
}

/** Each report at most once in a group, and reports in the order of their numbers: two groups never wait for each other. */
function changes<Change extends { number: ReportNumber }, Outcome>(
  run: (inOrder: readonly Change[]) => Promise<ReadonlyMap<string, Outcome>>,
): (change: Change) => Promise<Outcome> {
  const inOrder = async (group: readonly Change[]): Promise<Outcome[]> => {
    const outcomes = await run(group.toSorted((a, b) => Number(a.number) - Number(b.number)));
    return group.map(({ number }) => {
      const outcome = outcomes.get(number);
      if (outcome === undefined) throw new Error("a change of a group that has no outcome");
      return outcome;
    });
  };
  return grouped(inOrder, { ...LIMITS, keyOf: ({ number }) => number, isShared });
}

/** Attaches files to reports that are still being sent, those of one moment by one statement. */
export function tipAttachments(
  station: Station,
): (file: Attachment & { number: ReportNumber }) => Promise<AttachOutcome> {
  return changes(async (files) => {
    const db = station.db.kysely;
    const done = await attachFiles(db, files);
    const refused = await refusalsOf(
      db,
      files.filter(({ number }) => !done.has(number)),
      ({ upload }) => upload.receivedAt,
    );
    return new Map(files.map(({ number }) => [number, refused.get(number) ?? ({ kind: "ok" } as const)]));
  });
}

/** Describes files of reports that are still being sent, those of one moment by one statement. */
export function tipDescriptions(
  station: Station,
): (described: Described & { number: ReportNumber }) => Promise<DescribeOutcome> {
  return changes(async (all) => {
    const db = station.db.kysely;
    const done = await describeFiles(db, all);
    const left = all.filter(({ description }) => !done.has(description.details.fileId));
    const outcomes = new Map<string, DescribeOutcome>(all.map(({ number }) => [number, { kind: "ok" }]));
    if (left.length === 0) return outcomes;
    const standings = await standingsOf(
      db,
      left.map(({ account, number, description }) => ({ account, number, at: description.receivedAt })),
      false,
    );
    const there = await filesThere(
      db,
      left.map(({ description }) => description.details.fileId),
    );
    for (const [at, { number, description }] of left.entries()) {
      const standing = standings[at];
      const file = `${number} ${description.details.fileId}`;
      if (standing !== undefined && standing.kind !== "open") outcomes.set(number, standing);
      else outcomes.set(number, { kind: there.has(file) ? "already" : "no-file" });
    }
    return outcomes;
  });
}

async function refusalsOf<Change extends { account: Account; number: ReportNumber }>(
  db: Kysely<Tables>,
  refused: readonly Change[],
  atOf: (change: Change) => number,
): Promise<Map<string, Refusal>> {
  if (refused.length === 0) return new Map();
  const asked = refused.map((change) => ({ ...change, at: atOf(change) }));
  const standings = await standingsOf(db, asked, false);
  return new Map(
    refused.map(({ number }, at) => {
      const standing = standings[at];
      // Between the two statements somebody else's call may have given an expired report another hour: nothing of this one was done.
      if (standing === undefined || standing.kind === "open") return [number, { kind: "expired" }];
      return [number, standing];
    }),
  );
}

/**
 * Finishes reports, those of one moment in one transaction: each report's row is locked and judged, and only with open ones is anything
 * done.
 */
export function tipFinishings(station: Station): (finishing: Finishing) => Promise<Refusal | Finished> {
  return changes((all) => station.db.transaction((tx) => finishAll(station, tx, all)));
}

async function finishAll(station: Station, tx: Tx, all: readonly Finishing[]) {
  const standings = await standingsOf(tx, all, true);
  const outcomes = new Map<string, Refusal | Finished>();
  const open: Array<Finishing & { batched: boolean }> = [];
  for (const [at, change] of all.entries()) {
    const standing = standings[at];
    if (standing?.kind === "open") open.push({ ...change, batched: standing.batched });
    else if (standing !== undefined) outcomes.set(change.number, standing);
  }
  const finished = open.length === 0 ? [] : await finishTips(station, tx, open);
  for (const [at, { number }] of open.entries()) {
    const outcome = finished[at];
    if (outcome !== undefined) outcomes.set(number, outcome);
  }
  return outcomes;
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
  const records = await recordsOf(
    db,
    asked.map(({ number }) => number),
    lock,
  );
  return asked.map(({ account, number, at }) => judge(records.get(number), account.accountId, at));
}

async function recordsOf(
  db: Kysely<Tables>,
  numbers: readonly ReportNumber[],
  lock: boolean,
): Promise<Map<string, ReportRecord>> {
  // Whoever locks several locks them in one order.
  const { rows } = await sql<{
    number: string;
    account: string;
    state: ReportRecord["state"];
    batched: boolean;
    opened_at: string;
    touched_at: string;
  }>`select number, account, state, batched, opened_at, touched_at from tip
    where number = any(${numbers}::bigint[]) order by number ${lock ? sql`for update` : sql``}`.execute(db);
  return new Map(
    rows.map((row) => [
      row.number,
      {
        accountId: row.account,
        state: row.state,
        batched: row.batched,
        openedAt: Date.parse(row.opened_at),
        changedAt: Date.parse(row.touched_at),
      },
    ]),
  );
}

/** Asks what is stored of reports, those of one moment with one statement. */
export function tipRecords(station: Station): (number: ReportNumber) => Promise<ReportRecord | undefined> {
  return grouped(
    async (numbers: readonly ReportNumber[]) => {
      const records = await recordsOf(station.db.kysely, numbers, false);
      return numbers.map((number) => records.get(number));
    },
    { ...LIMITS, keyOf: () => undefined, isShared },
  );
}
