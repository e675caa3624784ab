import { sqlFile } from "../sql-file.ts";
import type { Station } from "../context.ts";
import { isConnectionLost } from "../store/index.ts";
import { newBell } from "./bell.ts";

/** Tells those who wait that something came for them, whichever process of the hub took it. */
export interface Watch extends AsyncDisposable {
  /** This process has just committed something. */
  hurry(): void;
  /** Begins to listen; what comes from now on ends `wait` at once, also if it came before `wait` was called. */
  listen(deviceId: Uint8Array | "anything"): Listener;
}

export interface Listener extends Disposable {
  /** Until something came, `ms` have passed, or the signal. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** How often a process looks for what others have committed. */
const LOOK_MS = 500;
const ANYTHING = "anything";
const NEWEST =
  "select greatest((select max(cursor) from chat_record), (select max(cursor) from chat_event), 0) as cursor";
const FRESH = sqlFile(import.meta.url, "./fresh.sql");

export function openWatch(station: Station): Watch {
  const listeners = new Map<string, Set<() => void>>();
  const bell = newBell();
  const state = { seen: undefined as string | undefined, over: false };
  const wake = (key: string) => {
    for (const listener of listeners.get(key) ?? []) listener();
  };
  const wakeAll = () => {
    for (const key of listeners.keys()) wake(key);
  };
  const look = async () => {
    if (state.seen === undefined) {
      state.seen = await newest(station);
      // Whoever began to listen meanwhile looks for themselves.
      wakeAll();
      return;
    }
    const fresh = await freshSince(station, state.seen);
    state.seen = fresh.cursor;
    if (fresh.devices.length > 0) wake(ANYTHING);
    for (const device of fresh.devices) wake(device.toString("latin1"));
  };
  const loop = (async () => {
    while (!state.over) {
      // From before the look: what is committed during it is looked for once more.
      const next = bell.next(LOOK_MS);
      await look().catch((error: unknown) => {
        if (!isConnectionLost(error)) station.log.error({ err: error }, "chat.watch-failed");
      });
      await next;
    }
  })();
  return {
    hurry: () => bell.ring(),
    listen: (to) => listen(listeners, to === ANYTHING ? to : Buffer.from(to).toString("latin1")),
    async [Symbol.asyncDispose]() {
      state.over = true;
      bell.ring();
      wakeAll();
      await loop;
    },
  };
}

function listen(listeners: Map<string, Set<() => void>>, key: string): Listener {
  const state = { came: false, done: () => undefined as void };
  const listener = () => {
    state.came = true;
    state.done();
  };
  const others = listeners.get(key) ?? new Set();
  listeners.set(key, others.add(listener));
  return {
    async wait(ms, signal) {
      if (state.came || signal.aborted) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        state.done = () => {
          clearTimeout(timer);
          resolve();
        };
        signal.addEventListener("abort", state.done, { once: true });
      });
      signal.removeEventListener("abort", state.done);
    },
    [Symbol.dispose]() {
      others.delete(listener);
      if (others.size === 0 && listeners.get(key) === others) listeners.delete(key);
    },
  };
}

async function newest(station: Station): Promise<string> {
  const { rows } = await station.db.pool.query<{ cursor: string }>(NEWEST);
  return rows[0]?.cursor ?? "0";
}

async function freshSince(station: Station, seen: string): Promise<{ cursor: string; devices: Buffer[] }> {
  const { rows } = await station.db.pool.query<{ cursor: string; device: Buffer | null }>(FRESH, [seen]);
  return {
    cursor: rows[0]?.cursor ?? seen,
    devices: rows.flatMap(({ device }) => (device === null ? [] : [device])),
  };
}
