import { Worker } from "node:worker_threads";
import type { FromThread, ThreadStart, ToThread } from "./messages.ts";

/** A thread that does one thing after another. One that fails is replaced when it is next asked. */
export interface NearThread {
  readonly busy: boolean;
  /** Told before whatever it is asked next. */
  tell(message: ToThread): void;
  /** @throws Error if the thread fails or is closed meanwhile */
  ask(message: ToThread): Promise<FromThread>;
  close(): Promise<void>;
}

/**
 * @param thread which of the rooms for work it has
 * @param welcome what a thread is told first
 */
export function startThread(thread: number, welcome: () => readonly ToThread[]): NearThread {
  let waiting: { resolve: (answer: FromThread) => void; reject: (error: Error) => void } | null = null;
  let closed = false;
  // Started by the first question: of many indexes few may ever be asked.
  let current: Worker | null = null;

  function start(): Worker {
    const worker = new Worker(new URL("near-thread.ts", import.meta.url), {
      workerData: { thread } satisfies ThreadStart,
    });
    const fail = (error: Error) => {
      if (current !== worker) return;
      current = null;
      waiting?.reject(error);
      waiting = null;
    };
    worker.unref();
    worker.on("message", (answer: FromThread) => {
      const { resolve } = waiting ?? {};
      waiting = null;
      resolve?.(answer);
    });
    worker.on("error", (error) => fail(new Error("a thread of the near index has failed", { cause: error })));
    worker.on("exit", () => fail(new Error("a thread of the near index has ended")));
    for (const message of welcome()) worker.postMessage(message, []);
    return worker;
  }

  return {
    get busy() {
      return waiting !== null;
    },
    tell: (message) => current?.postMessage(message, []),
    ask(message) {
      if (closed) return Promise.reject(new Error("this near index is closed"));
      if (waiting !== null) return Promise.reject(new Error("this thread is busy"));
      current ??= start();
      const worker = current;
      // While an answer is awaited the process stays; an idle thread does not keep it.
      worker.ref();
      const { promise, resolve, reject } = Promise.withResolvers<FromThread>();
      waiting = { resolve, reject };
      worker.postMessage(message, []);
      return promise.finally(() => worker.unref());
    },
    async close() {
      closed = true;
      await current?.terminate();
    },
  };
}
