import { EventEmitter } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import {
  createLog,
  type Log,
  LedgerError,
  openLog as openLedger,
  type Signer,
  type TileStore,
} from "@fairlead/ledger";
import type { PoolClient } from "pg";
import type { Logger } from "pino";
import { sqlFile } from "../sql-file.ts";
import { StationError } from "../errors.ts";
import { type Database, isConnectionLost } from "../store/index.ts";
import { leafBytes } from "./leaf.ts";
import { openTileFiles, removeUnfinishedTiles } from "./tile-files.ts";

/** How long a leaf may wait for company before it is sequenced, when nobody waits for it. */
const QUIET_INTERVAL_MS = 1000;
/** Between two checkpoints at least: each costs several fsyncs, so leaves that somebody waits for share one. */
const CHECKPOINT_GAP_MS = 200;
/** How often a process that does not sequence, and so does not hear of checkpoints, looks whether one covers its leaf. */
const LOOK_MS = 250;
/** The process that sequences hears; it looks as well, should the lock have changed hands at the wrong moment. */
const LOOK_ANYWAY_MS = 2000;
const BATCH = 2000;
/** Nobody gets a byte without its leaf: a log that does not move in this time fails the request instead. */
const COVER_TIMEOUT_MS = 10_000;
/** Nothing takes this long to get its name: what is older was left by a process that died over it. By the file system's clock. */
const UNFINISHED_AGE_MS = 3_600_000;
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

const NUMBER_PENDING = sqlFile(import.meta.url, "./number-pending.sql");

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
  await removeUnfinishedTiles(options.root, Date.now() - UNFINISHED_AGE_MS);
  const stop = new AbortController();
  const wake = new Signal();
  const covered = new EventEmitter();
  const course: Course = { wake, covered, sequencing: false, stop: stop.signal };
  const loop = sequence(options, tiles, course);
  return {
    tiles,
    signer: options.signer,
    async covered(leafId) {
      const until = Date.now() + COVER_TIMEOUT_MS;
      const told = new Promise<true>((resolve) => covered.once(leafId, () => resolve(true)));
      try {
        do {
          wake.now();
          if (
            await Promise.race([
              told,
              sleep(course.sequencing ? LOOK_ANYWAY_MS : LOOK_MS, false, { ref: false }),
            ])
          )
            return;
          if (await isCovered(options.db, leafId)) return;
        } while (Date.now() < until);
      } finally {
        covered.removeAllListeners(leafId);
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

interface Course {
  /** Somebody waits for a leaf. */
  wake: Signal;
  /** Emits a leaf's id once a stored checkpoint covers it. */
  covered: EventEmitter;
  /** Whether this process holds the sequencer's lock. */
  sequencing: boolean;
  stop: AbortSignal;
}

/** Holds the lock on a session of its own and appends until stopped; any fault means: let go, wait, open anew. */
async function sequence(options: Options, tiles: TileStore, course: Course): Promise<void> {
  while (!course.stop.aborted) {
    try {
      await holdAndSequence(options, tiles, course);
    } catch (error) {
      if (course.stop.aborted) return;
      if (isConnectionLost(error)) options.log.warn("audit.database-away");
      else options.log.error({ err: error }, "audit.sequencer-failed");
    }
    await course.wake.next(QUIET_INTERVAL_MS);
  }
}

async function holdAndSequence(options: Options, tiles: TileStore, course: Course): Promise<void> {
  const client = await options.db.pool.connect();
  let lost: Error | undefined;
  let holdsLock = false;
  const onLost = (error: Error) => {
    lost = error;
  };
  client.on("error", onLost);
  try {
    const { rows } = await client.query<{ held: boolean }>("select pg_try_advisory_lock($1) as held", [
      SEQUENCER_LOCK,
    ]);
    if (rows[0]?.held !== true) return;
    holdsLock = true;
    const log = await openOrCreate(tiles, options.signer);
    await catchUp(client, log);
    await recordCheckpoint(client, log, options.clock());
    course.sequencing = true;
    while (!course.stop.aborted && lost === undefined) {
      const quiet = course.wake.next(QUIET_INTERVAL_MS);
      // Numbering runs on the session that holds the lock: whoever can number holds it.
      const numbered = await numberPending(client);
      if (numbered.length > 0) {
        await log.append(numbered.map(bytesOf), Number(numbered[0]?.index));
        await recordCheckpoint(client, log, options.clock());
        for (const leaf of numbered) course.covered.emit(leaf.id);
        await sleep(CHECKPOINT_GAP_MS);
      } else await quiet;
    }
    if (lost === undefined) {
      await client.query("select pg_advisory_unlock($1)", [SEQUENCER_LOCK]);
      holdsLock = false;
    }
  } finally {
    course.sequencing = false;
    client.off("error", onLost);
    // In the pool it would go on holding the lock, and nobody could sequence.
    client.release(lost !== undefined || holdsLock);
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

interface NumberedLeaf {
  id: string;
  kind: string;
  at: string;
  commitment: Buffer;
  index: string;
}

function bytesOf(leaf: NumberedLeaf): Uint8Array {
  return leafBytes({ ...leaf, at: new Date(leaf.at).toISOString() });
}

/** Appends what was numbered before a crash and may not be in the log yet. */
async function catchUp(client: PoolClient, log: Log): Promise<void> {
  const start = log.checkpoint().size;
  const { rows: known } = await client.query<{ next: string }>(
    "select coalesce(max(index) + 1, 0) as next from leaf",
  );
  const next = Number(known[0]?.next);
  if (next < start)
    throw new StationError("log.behind", `The log on disk has ${start} leaves, the database knows ${next}.`, {
      audience: "operator",
      remedy:
        "The database is older than the log: restore the newer backup. `fairlead audit verify` names the difference.",
    });
  const { rows } = await client.query<NumberedLeaf>(
    "select id, kind, at, commitment, index from leaf where index >= $1 order by index",
    [start],
  );
  if (rows.length > 0) await log.append(rows.map(bytesOf), start);
}

/** Numbers what is pending, durably, before it is appended: after a crash the same leaves go to the same places. */
async function numberPending(client: PoolClient): Promise<NumberedLeaf[]> {
  const { rows } = await client.query<NumberedLeaf>(NUMBER_PENDING, [BATCH]);
  return rows.toSorted((a, b) => Number(a.index) - Number(b.index));
}

async function recordCheckpoint(client: PoolClient, log: Log, now: number): Promise<void> {
  const { size, bytes } = log.checkpoint();
  await client.query(
    "insert into checkpoint (size, note, at) values ($1, $2, $3) on conflict (size) do nothing",
    [size, Buffer.from(bytes).toString("utf8"), new Date(now).toISOString()],
  );
}

/** Lets one side of the process hurry or inform the other. */
class Signal {
  #waiting: Array<() => void> = [];

  now(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** Resolves at the next `now`, or after `ms`. */
  async next(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
