import { isConnectionLost } from "../store/index.ts";
import { sealBatch } from "./batches.ts";
import { newBell } from "./bell.ts";
import type { Hub } from "./hub.ts";
import { noteProgress } from "./results.ts";
import { sweepHub } from "./retention.ts";
import { endDueActions } from "./signals/end.ts";

/** What the hub does by itself, and how often. */
const WORK: ReadonlyArray<{ name: string; everyMs: number; run: (hub: Hub) => Promise<unknown> }> = [
  { name: "batch", everyMs: 1000, run: sealBatch },
  { name: "progress", everyMs: 5000, run: noteProgress },
  { name: "stamps", everyMs: 30_000, run: async (hub) => hub.stamps.stamp("due") },
  { name: "safety", everyMs: 30_000, run: endDueActions },
  { name: "retention", everyMs: 300_000, run: sweepHub },
];

/** Keeps doing it until disposed; what is in hand is finished first. */
export function startHubWork(hub: Hub): AsyncDisposable {
  const state = { over: false };
  const bell = newBell();
  const loops = WORK.map(async ({ name, everyMs, run }) => {
    for (;;) {
      await bell.next(everyMs);
      if (state.over) return;
      await run(hub).catch((error: unknown) => {
        if (isConnectionLost(error)) hub.station.log.warn({ work: name }, "chat.work-postponed");
        else hub.station.log.error({ err: error, work: name }, "chat.work-failed");
      });
    }
  });
  return {
    async [Symbol.asyncDispose]() {
      state.over = true;
      bell.ring();
      await Promise.all(loops);
    },
  };
}
