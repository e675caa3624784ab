import { refreshAbout, refreshAsks, refreshMe, refreshReports, refreshSafety } from "./account/refresh.ts";
import { type Context, deviceOf } from "./context.ts";
import { mayPass, MessengerError } from "./error.ts";
import { sweep } from "./expiry/sweep.ts";
import { listen } from "./inbox/loop.ts";
import type { Curiosity } from "./inbox/take.ts";
import { makeWorkers, type Workers } from "./outbox/workers.ts";
import type { MessengerState } from "./state.ts";

/** A new device of ours stocks its key packages in a moment; then it can be brought into our rooms. */
const NEW_DEVICE_MS = 60_000;
const LOOK_AGAIN_MS = 2_000;

export interface SessionListener {
  connection(now: MessengerState["connection"]): void;
  /** Something that no part of the messenger handles: a fault in this program. Never holds content. */
  fault(error: unknown): void;
}

/** What a signed-in device does by itself: listens, sends, lets things disappear, asks the hub what is new. */
export interface Session {
  readonly workers: Workers;
  /** Resolves when everything has stopped. */
  ended(): Promise<void>;
}

export function startSession(context: Context, listener: SessionListener): Session {
  const workers = makeWorkers(context, onTrouble);
  const running = [listening(), sweeping(), asking(everything)];

  function onTrouble(error: unknown): void {
    if (context.closing.aborted) return;
    if (!(error instanceof MessengerError)) return listener.fault(error);
    if (error.code === "hub.unreachable") listener.connection("offline");
    else if (error.code === "hub.signed-out") void signedOut();
    else if (error.code !== "closed" && !mayPass(error)) listener.fault(error);
  }

  async function listening(): Promise<void> {
    await listen(context, {
      online: () => listener.connection("online"),
      offline(error) {
        listener.connection("offline");
        if (!mayPass(error)) listener.fault(error);
      },
      signedOut: () => void signedOut(),
      async taken(curiosity) {
        workers.wake();
        running.push(asking(curiosity));
      },
    });
  }

  async function signedOut(): Promise<void> {
    listener.connection("offline");
    await context.model
      .change((work) => work.put("device", "self", { ...deviceOf(context), removed: true }))
      .catch(onTrouble);
  }

  async function asking(curiosity: Curiosity): Promise<void> {
    const asks: (() => Promise<void>)[] = [];
    if (curiosity.me) asks.push(() => refreshDevices());
    else if (curiosity.keyPackages) asks.push(() => refreshMe(context));
    if (curiosity.asks)
      asks.push(
        () => refreshAsks(context),
        () => refreshSafety(context),
      );
    if (curiosity.reports) asks.push(() => refreshReports(context));
    if (curiosity === everything) asks.push(() => refreshAbout(context));
    for (const ask of asks) {
      if (context.closing.aborted) return;
      await ask().catch(onTrouble);
    }
    workers.wake();
  }

  async function refreshDevices(): Promise<void> {
    const { clock, closing } = context;
    for (const until = clock.now() + NEW_DEVICE_MS; ; ) {
      await refreshMe(context);
      const isOneStocking = deviceOf(context).devices.some(
        ({ since, isReady }) => !isReady && since > clock.now() - NEW_DEVICE_MS,
      );
      if (!isOneStocking || clock.now() >= until || closing.aborted) return;
      await clock.sleep(LOOK_AGAIN_MS, closing);
    }
  }

  async function sweeping(): Promise<void> {
    const { clock, closing, model } = context;
    while (!closing.aborted) {
      const next = await sweep(context).catch((error: unknown) => {
        onTrouble(error);
        return null;
      });
      const woken = new AbortController();
      const stop = model.watch((changes) => {
        if (changes.some((change) => change.in === "due")) woken.abort();
      });
      const signal = AbortSignal.any([closing, woken.signal]);
      await clock.sleep(next === null ? Number.MAX_SAFE_INTEGER : Math.max(0, next - clock.now()), signal);
      stop();
    }
  }

  workers.wake();
  return {
    workers,
    async ended() {
      await Promise.allSettled(running);
      await workers.idle();
    },
  };
}

const everything: Curiosity = { me: true, asks: true, reports: true, keyPackages: true };
