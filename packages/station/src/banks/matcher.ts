import { setTimeout as sleep } from "node:timers/promises";
import { StationError } from "../errors.ts";
import { isConnectionLost, type Database, type EventLog } from "../store/index.ts";
import { type Found, findIn } from "./find.ts";
import { bootCopy, type Copy, followCopy } from "./follow.ts";
import { sizesOf } from "./held.ts";
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

/**
 * Opens a matcher. It reads the banks in the background and is ready when it has.
 * @param follows false: only `catchUp` brings it forward
 */
export function openMatcher(
  { db, log }: { db: Database; log: EventLog },
  { follows }: { follows: boolean },
): Matcher {
  const stop = new AbortController();
  let copy: Copy | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  /** One at a time: two would take the same changes up in two orders. */
  const forward = async () => {
    const next = turn.then(async () => {
      if (copy === undefined) {
        copy = await bootCopy(db);
        log.info({ banks: copy.banks.size, seq: String(copy.seq) }, "banks.read");
      } else await followCopy(db, copy);
    });
    turn = next.catch(() => undefined);
    await next;
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
      const found: Found[] = lookups.map((asked) => findIn(held, asked));
      return await verified(db, lookups, found, limit);
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
    },
  };
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
