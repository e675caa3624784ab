/** For tests: a journal in memory, and a world in which the N-th effect goes wrong. */
import type { Loopback } from "../server/loopback-fixture.ts";
import { bytesOf, clientOf, REPORT } from "./client-fixture.ts";
import type { Fetch } from "./exchange.ts";
import type { Filing, FilingFile } from "./filing.ts";
import { type FilingEntry, type FilingJournal, parseFilingEntry } from "./journal.ts";

/** A journal that forgets nothing when the process dies, and keeps entries as JSON, as a database would. */
export function createMemoryJournal() {
  const entries = new Map<string, string>();
  const written: FilingEntry[] = [];
  const stored = (key: string): FilingEntry | undefined => {
    const text = entries.get(key);
    return text === undefined ? undefined : parseFilingEntry(JSON.parse(text));
  };
  const journal: FilingJournal = {
    read: async (key) => stored(key),
    write: async (key, entry) => {
      if ((stored(key)?.revision ?? 0) !== entry.revision - 1) return false;
      entries.set(key, JSON.stringify(entry));
      written.push(entry);
      return true;
    },
  };
  return { journal, written, stored };
}

export type MemoryJournal = ReturnType<typeof createMemoryJournal>;

/**
 * How an effect goes wrong. `lost`: it does not happen. `done`: it happens, but nobody hears of it (the answer is lost).
 * `dies`: the process ends at that moment, before the effect or after it.
 */
export type Fault = "lost" | "done" | "dies-before" | "dies-after";

/** The process has died: nothing it still tries has any effect. */
export class Death extends Error {}

export interface World {
  readonly fetch: Fetch;
  readonly journal: FilingJournal;
  /** Calls to the server and writes to the journal so far. */
  count(): number;
}

/** Counts effects (calls to the server, writes to the journal) and lets the `at`-th, from 1, go wrong. */
export function createWorld({ journal }: MemoryJournal, at: number, fault: Fault): World {
  let count = 0;
  let isDead = false;
  const effect = async <T>(run: () => Promise<T>): Promise<T> => {
    if (isDead) throw new Death();
    count += 1;
    if (count !== at) return run();
    isDead = fault.startsWith("dies");
    if (fault === "done" || fault === "dies-after") await run();
    throw isDead ? new Death() : new Error("the line is broken");
  };
  return {
    count: () => count,
    fetch: (url, init) =>
      effect(async () => {
        const response = await globalThis.fetch(url, init);
        // Heard to its end, so that "done" means done.
        return new Response(await response.arrayBuffer(), response);
      }),
    journal: {
      read: (key) => {
        if (isDead) throw new Death();
        return journal.read(key);
      },
      write: (key, entry) => effect(() => journal.write(key, entry)),
    },
  };
}

export const FILES: readonly FilingFile[] = [
  {
    fileName: "hills.png",
    mediaType: "image/png",
    open: () => bytesOf("green ", "hills"),
    details: { originalFileName: "hills.png", fileViewedByEsp: true },
  },
  { open: () => bytesOf("a blue sea") },
];

export function filing(server: Loopback, memory: MemoryJournal, options: Partial<Filing> = {}): Filing {
  return {
    client: clientOf(server),
    journal: memory.journal,
    lease: { hold: async () => true },
    clock: () => 1_772_366_400_000,
    key: "report-1",
    report: REPORT,
    files: FILES,
    ...options,
  };
}
