import { generateVerifierKey } from "@fairlead/franking";
import { openNodeMls } from "@fairlead/franking/mls/node";
import { nodeCrypto } from "@fairlead/franking/node";
import type { Clock } from "../clock.ts";
import type { HubApi } from "../hub/api.ts";
import { MessengerError } from "../error.ts";
import { openMessenger } from "../messenger.ts";
import { openMemoryStore } from "../store/memory.ts";
import type { Store } from "../store/store.ts";
import type { Messenger } from "../types.ts";
import { makeTestHub, type TestHub } from "./hub.ts";

/** A clock that stands still until it is moved, and sleeps by it. */
export interface TestClock extends Clock {
  advance(milliseconds: number): void;
}

export function makeTestClock(start = Date.UTC(2026, 10, 22, 12)): TestClock {
  let now = start;
  const sleepers = new Set<{ until: number; wake: () => void }>();
  return {
    now: () => now,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        const sleeper = { until: now + milliseconds, wake };
        function wake(): void {
          sleepers.delete(sleeper);
          signal.removeEventListener("abort", wake);
          resolve();
        }
        if (signal.aborted || milliseconds <= 0) return resolve();
        sleepers.add(sleeper);
        signal.addEventListener("abort", wake);
      }),
    advance(milliseconds) {
      now += milliseconds;
      for (const sleeper of sleepers) if (sleeper.until <= now) sleeper.wake();
    },
  };
}

/** Where people of a test live: one hub, one clock, and each person's devices. */
export interface TestWorld extends AsyncDisposable {
  readonly hub: TestHub;
  readonly clock: TestClock;
  readonly verifierPrivateKey: Uint8Array;
  /** A device without an account. */
  device(options?: { store?: Store; api?: (real: HubApi) => HubApi }): Promise<Messenger>;
  /** A person with one device, who was born in `birthYear`. */
  person(handle: string, birthYear?: number | null): Promise<Messenger>;
  /** Resolves once everybody who is open, or only these, have taken in and sent everything. */
  settle(only?: readonly Messenger[]): Promise<void>;
  /** The same with the clock running, for those who wait to try again. */
  persist(only?: readonly Messenger[]): Promise<void>;
  /** Closes somebody's messenger as a crash or a switched-off telephone would; what it stored can be opened again. */
  freeze(messenger: Messenger): Promise<Store>;
}

/** @param faults `expected` where a test stops machines on purpose */
export async function makeWorld({
  faults: expected = "none",
}: {
  faults?: "none" | "expected";
} = {}): Promise<TestWorld> {
  const clock = makeTestClock();
  const mls = await openNodeMls();
  const { privateKey, publicKey } = await generateVerifierKey();
  const hub = await makeTestHub({ crypto: nodeCrypto, mls, clock, verifierKey: publicKey });
  /** Who is open, with what they store. */
  const open = new Map<Messenger, Store>();
  const faults: unknown[] = [];

  async function device({ store = lastingStore(), api = (real: HubApi) => real } = {}): Promise<Messenger> {
    const opened = await openMessenger({
      hub: api(hub.api),
      store,
      mls,
      crypto: nodeCrypto,
      clock,
      client: { version: "0.1.0", build: "test" },
      onFault: (error) => faults.push(error),
    });
    const messenger: Messenger = {
      ...opened,
      async close() {
        open.delete(messenger);
        await opened.close();
      },
    };
    open.set(messenger, store);
    return messenger;
  }

  async function settled(only: readonly Messenger[] = [...open.keys()]): Promise<void> {
    await settle(hub, only);
    if (expected === "none" && faults.length > 0) throw new AggregateError(faults, "a messenger had a fault");
  }

  return {
    hub,
    clock,
    verifierPrivateKey: privateKey,
    device,
    async person(handle, birthYear = 1990) {
      const messenger = await device();
      await messenger.register({ handle, name: nameOf(handle), birthYear, deviceName: "Telephone" });
      await settled([messenger]);
      return messenger;
    },
    settle: settled,
    async persist(only = [...open.keys()]) {
      for (let turn = 0; turn < 200 && !only.every((one) => isSettled(hub, one)); turn++) {
        clock.advance(1_000);
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      await settled(only);
    },
    async freeze(messenger) {
      const store = open.get(messenger);
      if (store === undefined) throw new Error("this messenger is not open");
      await messenger.close();
      return store;
    },
    async [Symbol.asyncDispose]() {
      for (const messenger of open.keys()) await messenger.close().catch(() => undefined);
    },
  };
}

/** A store that outlives whoever closes it, as a database does. */
export function lastingStore(): Store {
  return { ...openMemoryStore(), close: async () => undefined };
}

/** Until all inboxes are acknowledged and nothing waits, for a few turns in a row: what is taken in may cause more. */
async function settle(hub: TestHub, people: readonly Messenger[]): Promise<void> {
  for (let quiet = 0, turns = 0; quiet < 5; turns++) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    const isQuiet = people.every((messenger) => isSettled(hub, messenger));
    quiet = isQuiet ? quiet + 1 : 0;
    if (turns > 10_000) throw new Error("the messengers do not come to rest");
  }
}

function isSettled({ state }: TestHub, messenger: Messenger): boolean {
  const { me, phase, waiting } = messenger.getState();
  if (me === null || phase !== "ready") return true;
  const device = state.devices.get(me.deviceId);
  const last = device?.inbox.at(-1)?.cursor;
  return waiting === 0 && (device === undefined || last === undefined || device.acked >= Number(last));
}

function nameOf(handle: string): string {
  return `${handle.slice(0, 1).toUpperCase()}${handle.slice(1)} Example`;
}

/** A hub whose calls can be made to fail: before they reach it, or after, when only the answer is lost. */
export function breakable(api: HubApi, fails: (call: string) => "before" | "after" | null): HubApi {
  const lost = () => new MessengerError("hub.unreachable", "The connection broke.");
  return {
    ...api,
    signedIn: (device) =>
      new Proxy(api.signedIn(device), {
        get(target, name, receiver) {
          const call = Reflect.get(target, name, receiver) as (...all: unknown[]) => Promise<unknown>;
          return async (...args: unknown[]): Promise<unknown> => {
            const how = fails(String(name));
            if (how === "before") throw lost();
            const answer = await call(...args);
            if (how === "after") throw lost();
            return answer;
          };
        },
      }),
  };
}
