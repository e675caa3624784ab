import { type Context, deviceOf } from "../context.ts";
import { mayPass } from "../error.ts";
import { stepMembers } from "../room/commit.ts";
import { checkDirectory } from "../room/directory.ts";
import { isAwaiting } from "../room/record.ts";
import type { OutboxRecord, RoomRecord } from "../store/records.ts";
import { sendAudit, sendLeave, sendReport } from "./other.ts";
import { sendMessage } from "./send.ts";

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** How often a room is looked at whose change waits for somebody else, at least and at most. */
const LOOK_AGAIN_MS = 60_000;
const SOONEST_MS = 100;

/** Who carries to the hub what waits: one worker a room, so that a large file in one does not hold up another. */
export interface Workers {
  /** Starts a worker for everything that has something to do and none at work. */
  wake(): void;
  /** Resolves when nobody is at work. */
  idle(): Promise<void>;
}

/**
 * @param onTrouble told of what a worker cannot handle: a hub out of reach, a sign-in that ended, or a fault in this program
 */
export function makeWorkers(context: Context, onTrouble: (error: unknown) => void): Workers {
  const busy = new Map<string, Promise<void>>();
  const again = new Set<string>();
  let retryMs = FIRST_RETRY_MS;

  function start(name: string): void {
    if (busy.has(name)) {
      again.add(name);
      return;
    }
    const run = work(name).finally(() => {
      busy.delete(name);
      if (again.delete(name) && !context.closing.aborted) start(name);
    });
    busy.set(name, run);
  }

  async function work(name: string): Promise<void> {
    try {
      const isWaiting = await runRoom(context, name);
      retryMs = FIRST_RETRY_MS;
      if (isWaiting) wakeIn(msUntilNext(context, name), name);
    } catch (error) {
      if (context.closing.aborted) return;
      onTrouble(error);
      if (!mayPass(error)) return;
      wakeIn(retryMs, name);
      retryMs = Math.min(2 * retryMs, LONGEST_RETRY_MS);
    }
  }

  function wakeIn(milliseconds: number, name: string): void {
    void context.clock.sleep(milliseconds, context.closing).then(() => {
      if (!context.closing.aborted) start(name);
    });
  }

  return {
    wake() {
      if (context.closing.aborted) return;
      for (const name of names(context)) start(name);
    },
    async idle() {
      while (busy.size > 0) await Promise.all(busy.values());
    },
  };
}

/** Until the first of what a room waits for; the inbox may wake it earlier. */
function msUntilNext({ model, clock }: Context, name: string): number {
  const { later = [], removeDevices = [] } = model.all("rooms").get(name)?.wanted ?? {};
  const moments = [...later, ...removeDevices].map(({ notBefore }) => notBefore - clock.now());
  return Math.max(SOONEST_MS, Math.min(LOOK_AGAIN_MS, ...moments));
}

/** Every room with something to do; the empty name stands for what belongs to none. */
function names({ model }: Context): ReadonlySet<string> {
  const found = new Set<string>();
  for (const room of model.all("rooms").values()) if (hasWork(room)) found.add(room.id);
  for (const item of model.all("outbox").values()) found.add(workerOf(item));
  return found;
}

function workerOf(item: OutboxRecord): string {
  return item.kind === "message" || item.kind === "leave" ? item.roomId : "";
}

function hasWork({ wanted, commit, epoch, checkedEpoch, standing }: RoomRecord): boolean {
  if (standing === "left" || standing === "removed") return false;
  const { create, add, later, remove, removeDevices, taken, introduce } = wanted;
  const isWanting =
    create ||
    introduce ||
    add.length + later.length + remove.length + removeDevices.length + taken.length > 0;
  return isWanting || commit !== null || checkedEpoch < epoch;
}

/** @returns whether something waits that nothing but time brings on */
async function runRoom(context: Context, name: string): Promise<boolean> {
  let isWaiting = false;
  for (;;) {
    if (context.closing.aborted) return false;
    const room = context.model.all("rooms").get(name);
    if (room !== undefined && hasWork(room)) {
      const step = await stepMembers(context, name);
      if (step === "again") continue;
      isWaiting = step === "wait";
      // While a commit is decided nothing is said: it would reach those who leave and miss those who come.
      const now = context.model.all("rooms").get(name);
      if (now === undefined || now.commit !== null) return isWaiting;
      await checkDirectory(context, name);
    }
    const next = nextItem(context, name);
    if (next === null) return isWaiting;
    const [key, item] = next;
    const there = context.model.all("rooms").get(name);
    if (item.kind === "message" && there !== undefined && isAwaiting(there, deviceOf(context).uri))
      return isWaiting;
    if (item.kind === "leave") await sendLeave(context, key, item);
    else if (item.kind === "report") await sendReport(context, key, item);
    else if (item.kind === "audit") await sendAudit(context, key, item);
    else if (!(await sendMessage(context, key))) return true;
  }
}

function nextItem({ model }: Context, name: string): readonly [string, OutboxRecord] | null {
  // Whoever left says nothing more; what was on its way may still come back as taken.
  const isLeft = model.all("rooms").get(name)?.standing === "left";
  for (const [key, item] of model.all("outbox")) {
    if (workerOf(item) !== name) continue;
    if (item.kind !== "message" || (item.failed === null && !item.accepted && !isLeft)) return [key, item];
  }
  return null;
}
