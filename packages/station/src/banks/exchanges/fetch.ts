import { sql, type Transaction } from "kysely";
import type { Station } from "../../context.ts";
import { failureOf, nextAlarmAt, retryDelayMs, watchFrom } from "../../effects/index.ts";
import { StationError } from "../../errors.ts";
import { addJob } from "../../jobs.ts";
import type { Tables } from "../../store/tables.ts";
import type { ExchangeConfig } from "../config.ts";
import { importLists } from "../import.ts";
import { writeEntries } from "../write-entries.ts";
import { listedDirectory } from "./directory.ts";
import { afterFailure, driverOf } from "./drivers.ts";

/** How long one job fetches before it lets others of its lane have a turn. */
const TURN_MS = 60_000;
/** A restart over there is over after these; from then on it is asked ever more rarely, every five minutes at last. */
const QUICK_ATTEMPTS = 5;

interface Row {
  failing_since: string | null;
  checkpoint: object | null;
  turn: string;
  attempts: number;
}

/** Another process has stored a page of the same bank meanwhile: what was fetched here has come already. */
class Overtaken extends Error {}

/**
 * Brings a bank forward to what its source has now, a page at a time. Each page is stored with the way to the next one, or neither is, so
 * that a station that is killed at any moment loses nothing and doubles nothing. What fails is tried again; what keeps failing is a
 * task.
 */
export async function fetchHashes(station: Station, { bankId }: { bankId: string }): Promise<void> {
  const exchange = station.config.banks.exchanges.find(({ bank }) => bank === bankId);
  if (exchange === undefined) return;
  try {
    const caughtUp =
      exchange.kind === "directory"
        ? await readDirectory(station, exchange)
        : await fetchPages(station, exchange);
    await comeBack(station, exchange, caughtUp);
  } catch (error) {
    if (error instanceof Overtaken) return;
    await noteFailure(station, exchange, error);
  }
}

/** A person has it tried again now, after whatever stood in the way was mended. @returns how many exchanges that is */
export async function fetchAgain(tx: Transaction<Tables>, bankId: string, now: number): Promise<number> {
  const { rows } = await sql`update bank_exchange set next_at = ${iso(now)}::timestamptz
    where bank_id = ${bankId} and trouble is not null returning bank_id`.execute(tx);
  if (rows.length > 0) await addJob(tx, "fetch-hashes", { bankId }, bankId, now);
  return rows.length;
}

/** @returns whether the source had no more, rather than the time of a turn being over */
async function fetchPages(
  station: Station,
  exchange: Exclude<ExchangeConfig, { kind: "directory" }>,
): Promise<boolean> {
  const driver = await driverOf(station, exchange);
  const until = station.clock() + TURN_MS;
  for (;;) {
    const row = await rowOf(station, exchange.bank);
    const { page, checkpoint, caughtUp } = await driver.next(row.checkpoint);
    await station.db.transaction(async (tx) => {
      const now = station.clock();
      await storeTurn(tx, exchange.bank, row, {
        checkpoint,
        received: page.entries.length + page.removed.length,
        now,
      });
      await writeEntries(tx, exchange.bank, page, `exchange:${exchange.bank}`, station.clock);
    });
    if (caughtUp) return true;
    if (station.clock() >= until) return false;
  }
}

async function readDirectory(
  station: Station,
  { bank, directory }: Extract<ExchangeConfig, { kind: "directory" }>,
): Promise<boolean> {
  const row = await rowOf(station, bank);
  const { paths, mark } = await listedDirectory(directory);
  if (row.checkpoint !== null && "mark" in row.checkpoint && row.checkpoint.mark === mark) return true;
  const written = await importLists(station, { bank, paths, whole: true }, `exchange:${bank}`);
  const { added, changed, restored, removed } = written;
  await station.db.transaction(async (tx) => {
    const received = added + changed + restored + removed;
    await storeTurn(tx, bank, row, { checkpoint: { mark }, received, now: station.clock() });
  });
  return true;
}

async function rowOf({ db }: Station, bankId: string): Promise<Row> {
  const { rows } = await sql<Row>`select checkpoint, turn, attempts, failing_since from bank_exchange
    where bank_id = ${bankId}`.execute(db.kysely);
  const [row] = rows;
  if (row === undefined) throw new Overtaken(`the bank ${bankId} has no exchange`);
  return row;
}

async function storeTurn(
  tx: Transaction<Tables>,
  bankId: string,
  { turn }: Row,
  { checkpoint, received, now }: { checkpoint: object; received: number; now: number },
): Promise<void> {
  const { rows } =
    await sql`update bank_exchange set checkpoint = ${JSON.stringify(checkpoint)}::jsonb, turn = turn + 1,
      received = received + ${received}::integer, last_page_at = ${iso(now)}::timestamptz,
      failing_since = null, attempts = 0, trouble = null, last_error = null
    where bank_id = ${bankId} and turn = ${turn}::bigint returning turn`.execute(tx);
  if (rows.length === 0) throw new Overtaken("another process was faster");
}

async function comeBack(station: Station, exchange: ExchangeConfig, caughtUp: boolean): Promise<void> {
  const { bank, everySeconds } = exchange;
  const now = station.clock();
  const nextAt = caughtUp ? now + everySeconds * 1000 : now;
  await station.db.transaction(async (tx) => {
    await sql`update bank_exchange set next_at = ${iso(nextAt)}::timestamptz, failing_since = null, attempts = 0, trouble = null,
        last_error = null, caught_up_at = case when ${caughtUp} then ${iso(now)}::timestamptz else caught_up_at end
      where bank_id = ${bank}`.execute(tx);
    await addJob(tx, "fetch-hashes", { bankId: bank }, bank, nextAt);
    const open = await tx
      .selectFrom("task")
      .select("id")
      .where("bank_id", "=", bank)
      .where("closed_at", "is", null)
      .executeTakeFirst();
    if (open !== undefined) await watchFrom(tx, now);
  });
}

async function noteFailure(station: Station, exchange: ExchangeConfig, error: unknown): Promise<void> {
  const { happening, words, code, isPeers } = failureOf(error);
  const { bank } = exchange;
  const fields = { bank, code };
  if (isPeers) station.log.warn(fields, "banks.fetch-failed");
  else station.log.error({ ...fields, err: error }, "banks.fetch-failed");
  const trouble =
    happening.kind === "refused"
      ? "blocked"
      : happening.trouble === "not-known"
        ? "fault"
        : happening.trouble;
  const said =
    error instanceof StationError && error.problems.length > 0
      ? `${words} ${error.problems.map(({ path, message }) => `${path}: ${message}`).join("; ")}`
      : words;
  const now = station.clock();
  const row = await rowOf(station, bank);
  const attempts = row.attempts + 1;
  const retryAfterMs = happening.kind === "failed" ? (happening.retryAfterMs ?? 0) : 0;
  const nextAt = now + Math.max(retryDelayMs(attempts, attempts <= QUICK_ATTEMPTS), retryAfterMs);
  // What a person must mend has nothing to do with how much was asked for at once.
  const checkpoint =
    trouble === "blocked" ? row.checkpoint : afterFailure(exchange, row.checkpoint, attempts);
  const since = row.failing_since === null ? now : Date.parse(row.failing_since);
  await station.db.transaction(async (tx) => {
    const { rows } =
      await sql`update bank_exchange set turn = turn + 1, checkpoint = ${checkpoint === null ? null : JSON.stringify(checkpoint)}::jsonb,
        attempts = ${attempts}, trouble = ${trouble}, last_error = ${said.slice(0, 500)},
        failing_since = ${iso(since)}::timestamptz, next_at = ${iso(nextAt)}::timestamptz
      where bank_id = ${bank} and turn = ${row.turn}::bigint returning bank_id`.execute(tx);
    if (rows.length === 0) return;
    await addJob(tx, "fetch-hashes", { bankId: bank }, bank, nextAt);
    const isNews = attempts === 3;
    await watchFrom(tx, isNews ? now : (nextAlarmAt({ movedAt: since }, now) ?? now));
  });
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
