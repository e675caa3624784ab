import { sql } from "kysely";
import type { Station } from "../context.ts";
import { watchFrom } from "../effects/index.ts";
import { statusOf } from "../http/problem.ts";
import { repeatedly } from "../repeatedly.ts";
import { lookForRefusals } from "../senders/index.ts";

/** Written down together, a minute at a time: no call waits for it, and a process that is killed loses a minute of counts, no report. */
const EVERY_MS = 60_000;
/** The past that refusals are measured against, and a little more. */
const KEPT_DAYS = 35;

interface Count {
  taken: number;
  refused: number;
}

/** How many calls of each account were taken, and how many were refused for what is in them. In memory until it is written down. */
export interface CallCounts {
  /** Counts what comes of a call. @throws whatever `work` throws */
  counted<T>(sender: string, work: () => Promise<T>): Promise<T>;
  /** Counts a call by the HTTP status that it was answered with. */
  note(sender: string, status: number): void;
  /** Takes what was counted since the last time. */
  take(): Map<string, Count>;
}

/** Neither a quota nor a sign-in, a right or a fault of the station says anything of what a sender sends. */
const NOT_ITS_FORMAT: ReadonlySet<number> = new Set([401, 403, 408, 429]);

export function openCallCounts(): CallCounts {
  let counts = new Map<string, Count>();
  const note = (sender: string, status: number) => {
    if (status >= 500 || NOT_ITS_FORMAT.has(status)) return;
    const count = counts.get(sender) ?? { taken: 0, refused: 0 };
    if (status >= 400) count.refused += 1;
    else count.taken += 1;
    counts.set(sender, count);
  };
  return {
    note,
    async counted(sender, work) {
      try {
        const result = await work();
        note(sender, 200);
        return result;
      } catch (error) {
        note(sender, statusOf(error));
        throw error;
      }
    },
    take() {
      const taken = counts;
      counts = new Map();
      return taken;
    },
  };
}

/** Writes down what was counted, and looks whether an account's reports get in less than they did. */
export async function keepCounts(station: Station, counts: CallCounts): Promise<void> {
  const taken = counts.take();
  if (taken.size === 0) return;
  const now = station.clock();
  const senders = [...taken.keys()];
  const rows = [...taken.values()];
  await station.db.transaction(async (tx) => {
    await sql`insert into sender_calls (sender, at, taken, refused)
      select sender, ${new Date(now).toISOString()}::timestamptz, taken, refused from unnest(
        ${senders}::text[], ${rows.map((row) => row.taken)}::integer[], ${rows.map((row) => row.refused)}::integer[]
      ) as counted (sender, taken, refused)`.execute(tx);
    await sql`delete from sender_calls
      where at < ${new Date(now - KEPT_DAYS * 86_400_000).toISOString()}::timestamptz`.execute(tx);
    if (await lookForRefusals(tx, senders, now)) await watchFrom(tx, now);
  });
}

/** Keeps counts until disposed. */
export function startCallCounts(station: Station, counts: CallCounts): AsyncDisposable {
  const running = repeatedly(station, "call counts", EVERY_MS, async () => keepCounts(station, counts));
  return {
    async [Symbol.asyncDispose]() {
      await running[Symbol.asyncDispose]();
      await keepCounts(station, counts).catch(() => undefined);
    },
  };
}
