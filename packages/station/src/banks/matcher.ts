import { setTimeout as sleep } from "node:timers/promises";
import { StationError } from "../errors.ts";
import { isConnectionLost, type Database, type EventLog } from "../store/index.ts";
import { findIn } from "./find.ts";
import { bootCopy, type Copy, followCopy } from "./follow.ts";
import { type Held, sizesOf } from "./held.ts";
import { closeAll, readSnapshots, writeSnapshots } from "./snapshots.ts";
import { type Lookup, type Matches, verified } from "./verify.ts";

/** A change by any process is followed within this and the time of two short statements: under a second, as hash.md section 7 asks. */
const FOLLOW_MS = 300;
/** A database that is away is asked again after this. */
const AGAIN_MS = 1000;

/** Finds known material: holds every bank in memory and follows the log of changes. */
export interface Matcher extends AsyncDisposable {
  /**
   * What is known of hashes, one answer each, in their order. Every match was read again from the database: what was taken back or
   * switched off a moment ago is not among them.
   * @param limit the most matches for each
   * @throws StationError `intake.busy` while the banks are still being read
   */
  lookup(lookups: readonly Lookup[], limit: number): Promise<Matches[]>;
  /** Up to which change it has followed, and what it holds. */
  status(): MatcherStatus;
  /** Follows what has been committed by now; for whoever cannot wait for the next time. */
  catchUp(): Promise<void>;
}

export interface MatcherStatus {
  ready: boolean;
  seq: string;
  banks: Array<{ id: string; sizes: ReturnType<typeof sizesOf> }>;
}

/** So many changes after the last snapshot, or so long after it if there was one at all, the next is written. */
const SNAPSHOT_CHANGES = 100_000n;
const SNAPSHOT_MS = 60 * 60 * 1000;

export interface MatcherOptions {
  /** False: only `catchUp` brings it forward. */
  follows: boolean;
  /** A folder to begin from and to leave snapshots in: without it the banks are read from the database each time. */
  snapshots?: string;
  /** After so many changes another snapshot is written. */
  snapshotChanges?: bigint;
}

/** Opens a matcher. It reads the banks in the background and is ready when it has. */
export function openMatcher(
  { db, log }: { db: Database; log: EventLog },
  { follows, snapshots, snapshotChanges = SNAPSHOT_CHANGES }: MatcherOptions,
): Matcher {
  const stop = new AbortController();
  let copy: Copy | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let writing: Promise<void> | undefined;
  let kept = { seq: -1n, at: 0 };

  /** One at a time: two would take the same changes up in two orders. */
  const forward = async () => {
    const next = turn.then(async () => {
      if (copy === undefined) copy = await boot();
      else await followCopy(db, copy);
      const { seq } = copy;
      const isLate = seq > kept.seq && performance.now() - kept.at > SNAPSHOT_MS;
      if (seq - kept.seq >= snapshotChanges || isLate) keep(copy);
    });
    turn = next.catch(() => undefined);
    await next;
  };
  const boot = async (): Promise<Copy> => {
    const read = snapshots === undefined ? "missing" : await readSnapshots(snapshots, db);
    if (typeof read === "string") {
      if (read !== "missing") log.warn({ reason: read }, "banks.snapshot-refused");
      const whole = await bootCopy(db);
      log.info({ banks: whole.banks.size, seq: String(whole.seq), from: "database" }, "banks.read");
      return whole;
    }
    kept = { seq: read.seq, at: performance.now() };
    try {
      await followCopy(db, read);
    } catch (error) {
      await closeAll(heldOf(read));
      throw error;
    }
    log.info({ banks: read.banks.size, seq: String(read.seq), from: "snapshot" }, "banks.read");
    return read;
  };
  /** Writes a snapshot beside everything else; one that cannot be written is told and costs nothing but time at the next start. */
  const keep = (now: Copy): void => {
    if (snapshots === undefined || writing !== undefined) return;
    const before = kept;
    kept = { seq: now.seq, at: performance.now() };
    writing = writeSnapshots(snapshots, db, now)
      .then((seq) => {
        if (seq !== null) log.info({ banks: now.banks.size, seq: String(seq) }, "banks.snapshot-written");
      })
      .catch((error: unknown) => {
        kept = { seq: before.seq, at: performance.now() };
        log.warn({ reason: reasonOf(error) }, "banks.snapshot-not-written");
      })
      .finally(() => {
        writing = undefined;
      });
  };
  const following = follows ? followUntil(stop.signal, forward, log) : Promise.resolve();
  return {
    async lookup(lookups, limit) {
      const held = copy;
      if (held === undefined)
        throw new StationError("intake.busy", "The banks of hashes are still being read.", {
          remedy: "Send the same request again after the time in Retry-After.",
          retryAfterSeconds: 2,
        });
      return await verified(db, lookups, await findIn(held, lookups), limit);
    },
    status() {
      const banks = [...(copy?.banks ?? [])].map(([id, { held }]) => ({ id, sizes: sizesOf(held) }));
      return { ready: copy !== undefined, seq: String(copy?.seq ?? 0n), banks };
    },
    catchUp: forward,
    async [Symbol.asyncDispose]() {
      stop.abort();
      await following;
      await turn;
      await writing;
      if (copy === undefined) return;
      if (copy.seq > kept.seq) keep(copy);
      await writing;
      await closeAll(heldOf(copy));
    },
  };
}

function heldOf({ banks }: Copy): Held[] {
  return [...banks.values()].map(({ held }) => held);
}

/** A reason for the log: the code of what the file system says, since its words name paths. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

async function followUntil(signal: AbortSignal, forward: () => Promise<void>, log: EventLog): Promise<void> {
  while (!signal.aborted) {
    let waitMs = FOLLOW_MS;
    try {
      await forward();
    } catch (error) {
      waitMs = AGAIN_MS;
      if (isConnectionLost(error)) log.warn({}, "banks.not-followed");
      else log.error({ reason: error instanceof Error ? error.message : "unknown" }, "banks.not-followed");
    }
    await sleep(waitMs, undefined, { signal, ref: false }).catch(() => undefined);
  }
}
