import { setTimeout as sleep } from "node:timers/promises";
import { createLog, type Log, LedgerError, openLog as openLedger, type Signer, type TileStore } from "@fairlead/ledger";
import { sql } from "kysely";
import type { Logger } from "pino";
import { StationError } from "../errors.ts";
import { type Database, isConnectionLost } from "../store/index.ts";
import { leafBytes } from "./leaf.ts";
import { openTileFiles } from "./tile-files.ts";

/** How long a leaf may wait for company before it is sequenced; a leaf that somebody waits for is taken at once. */
const QUIET_INTERVAL_MS = 1000;
/** Leaves that came in this window share one checkpoint, because a checkpoint costs several fsyncs. */
const GATHER_MS = 20;
const BATCH = 2000;
/** Nobody gets a byte without its leaf: a log that does not move in this time fails the request instead. */
const COVER_TIMEOUT_MS = 10_000;
/** One sequencer a station, whichever of its processes comes first. */
const SEQUENCER_LOCK = 7_205_001;

export interface AuditLog extends AsyncDisposable {
  /**
   * Waits until a signed checkpoint on disk covers the leaf.
   * @throws StationError `log.unavailable` when that takes too long; the caller must then not go on
   */
  covered(leafId: string): Promise<void>;
  tiles: TileStore;
  signer: Signer;
}

interface Options {
  db: Database;
  root: string;
  signer: Signer;
  clock: () => number;
  log: Logger;
}

/** Opens the station's audit log and, in one of its processes, sequences what transactions have written. */
export async function openAuditLog(options: Options): Promise<AuditLog> {
  const tiles = await openTileFiles(options.root);
  const stop = new AbortController();
  const wake = new Wake();
  const loop = sequence(options, tiles, wake, stop.signal);
  return {
    tiles,
    signer: options.signer,
    async covered(leafId) {
      const until = Date.now() + COVER_TIMEOUT_MS;
      while (Date.now() < until) {
        wake.now();
        if (await isCovered(options.db, leafId)) return;
        await sleep(GATHER_MS);
      }
      throw new StationError("log.unavailable", "The audit log does not answer, so nothing may be opened.", {
        remedy: "Try again in a minute; if it lasts, tell the station's operator.",
      });
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      wake.now();
      await loop;
    },
  };
}

async function isCovered(db: Database, leafId: string): Promise<boolean> {
  const row = await db.kysely
    .selectFrom("leaf")
    .select("id")
    .where("id", "=", leafId)
    .where("index", "<", (eb) => eb.selectFrom("checkpoint").select((e) => e.fn.max("size").as("size")))
    .executeTakeFirst();
  return row !== undefined;
}

/** Holds the lock on a session of its own and appends until stopped; any fault means: let go, wait, open anew. */
async function sequence(options: Options, tiles: TileStore, wake: Wake, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    try {
      await holdAndSequence(options, tiles, wake, stop);
    } catch (error) {
      if (stop.aborted) return;
      if (isConnectionLost(error)) options.log.warn("audit.database-away");
      else options.log.error({ err: error }, "audit.sequencer-failed");
    }
    await wake.orAfter(QUIET_INTERVAL_MS);
  }
}

async function holdAndSequence(options: Options, tiles: TileStore, wake: Wake, stop: AbortSignal): Promise<void> {
  const client = await options.db.pool.connect();
  let lost: Error | undefined;
  const onLost = (error: Error) => {
    lost = error;
  };
  client.on("error", onLost);
  try {
    const { rows } = await client.query<{ held: boolean }>("select pg_try_advisory_lock($1) as held", [SEQUENCER_LOCK]);
    if (rows[0]?.held !== true) return;
    const log = await openOrCreate(tiles, options.signer);
    while (!stop.aborted && lost === undefined) {
      // The lock lives and dies with this session: asking over it proves that it is still held.
      await client.query("select 1");
      const appended = await appendPending(options, log);
      if (!appended) await wake.orAfter(QUIET_INTERVAL_MS);
      else await sleep(GATHER_MS);
    }
    if (lost === undefined) await client.query("select pg_advisory_unlock($1)", [SEQUENCER_LOCK]);
  } finally {
    client.off("error", onLost);
    client.release(lost !== undefined);
  }
}

async function openOrCreate(tiles: TileStore, signer: Signer): Promise<Log> {
  try {
    return await openLedger(tiles, signer);
  } catch (error) {
    if (!(error instanceof LedgerError) || error.code !== "missing") throw error;
    return await createLog(tiles, signer);
  }
}

/**
 * Numbers what is pending, durably, before it is appended: after a crash the same leaves go to the same places.
 * @returns whether there was anything
 */
async function appendPending(options: Options, log: Log): Promise<boolean> {
  const { db } = options;
  const start = log.checkpoint().size;
  await db.transaction(async (tx) => {
    const { next } = await tx
      .selectFrom("leaf")
      .select((eb) => eb.fn.coalesce(eb.fn.max("index"), sql<string>`-1`).as("next"))
      .executeTakeFirstOrThrow();
    if (Number(next) + 1 < start)
      throw new StationError("log.behind", `The log on disk has ${start} leaves, the database knows ${Number(next) + 1}.`, {
        audience: "operator",
        remedy: "The database is older than the log: restore the newer backup. `fairlead audit verify` names the difference.",
      });
    await sql`update leaf set index = numbered.place from (
        select id, ${Number(next)}::bigint + row_number() over (order by position) as place
        from (select id, position from leaf where index is null order by position limit ${BATCH}) pending
      ) numbered where leaf.id = numbered.id`.execute(tx);
  });
  const rows = await db.kysely
    .selectFrom("leaf")
    .select(["id", "kind", "at", "commitment"])
    .where("index", ">=", String(start))
    .orderBy("index")
    .execute();
  if (rows.length > 0)
    await log.append(
      rows.map((row) => leafBytes({ ...row, at: new Date(row.at).toISOString() })),
      start,
    );
  return await recordCheckpoint(options, log);
}

async function recordCheckpoint({ db, clock }: Options, log: Log): Promise<boolean> {
  const checkpoint = log.checkpoint();
  const inserted = await db.kysely
    .insertInto("checkpoint")
    .values({
      size: checkpoint.size,
      note: Buffer.from(checkpoint.bytes).toString("utf8"),
      at: new Date(clock()).toISOString(),
    })
    .onConflict((conflict) => conflict.column("size").doNothing())
    .returning("size")
    .executeTakeFirst();
  return inserted !== undefined;
}

/** Lets whoever waits for a leaf hurry the sequencer up. */
class Wake {
  #wake: (() => void) | undefined;
  #asked = false;

  now(): void {
    this.#asked = true;
    this.#wake?.();
  }

  async orAfter(ms: number): Promise<void> {
    if (!this.#asked)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.#wake = undefined;
    this.#asked = false;
  }
}
