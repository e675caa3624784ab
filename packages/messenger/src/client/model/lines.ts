import { decodeContent } from "@fairlead/franking";
import type { ReadLine } from "../conversation/fold.ts";
import { meaningOf } from "../message/meaning.ts";
import { linesOf } from "../store/keys.ts";
import type { LineRecord } from "../store/records.ts";
import type { Change, Store } from "../store/store.ts";

/** The part of a room's conversation that is in memory, oldest first. */
export interface LoadedLines {
  readonly lines: readonly ReadLine[];
  readonly hasOlder: boolean;
}

export interface LineCache {
  /** null if nothing of the room was loaded. */
  of(roomId: string): LoadedLines | null;
  /** Loads the newest lines of a room unless some are there. */
  load(roomId: string): Promise<void>;
  loadOlder(roomId: string): Promise<void>;
  /** Keeps only what a list of rooms needs. */
  shrink(roomId: string): void;
  take(changes: readonly Change[]): void;
  clear(): void;
}

const pageLines = 60;
/** Enough to find the newest line that stands for itself, behind edits and reactions. */
const tailLines = 20;

export function makeLineCache(store: Store): LineCache {
  const rooms = new Map<string, LoadedLines>();

  async function page(roomId: string, before: string | null): Promise<LoadedLines> {
    const { from, to } = linesOf(roomId);
    // One more than wanted: it says whether there is an older one. The line `before` comes along and is left out.
    const limit = pageLines + (before === null ? 1 : 2);
    const found = await store.list("lines", { from, to: before ?? to, limit, backwards: true });
    const older = found.filter(({ key }) => key !== before);
    const lines = older.slice(0, pageLines).reverse();
    return {
      lines: lines.map(({ key, value }) => readLine(key, value)),
      hasOlder: older.length > pageLines,
    };
  }

  return {
    of: (roomId) => rooms.get(roomId) ?? null,
    async load(roomId) {
      if (!rooms.has(roomId)) rooms.set(roomId, merged(rooms.get(roomId), await page(roomId, null)));
    },
    async loadOlder(roomId) {
      const known = rooms.get(roomId);
      const first = known?.lines[0];
      if (known === undefined || first === undefined || !known.hasOlder) return;
      const older = await page(roomId, first.key);
      rooms.set(roomId, merged(rooms.get(roomId), older));
    },
    shrink(roomId) {
      const known = rooms.get(roomId);
      if (known === undefined || known.lines.length <= tailLines) return;
      rooms.set(roomId, { lines: known.lines.slice(-tailLines), hasOlder: true });
    },
    take(changes) {
      for (const change of changes) {
        if (change.in !== "lines") continue;
        const roomId = change.key.slice(0, change.key.indexOf("/"));
        const known = rooms.get(roomId);
        if (known !== undefined) rooms.set(roomId, changed(known, change.key, change.put));
      }
    },
    clear: () => rooms.clear(),
  };
}

/** A line with its meaning, if its opening is open. */
export function readLine(key: string, record: LineRecord): ReadLine {
  if (record.kind === "remark" || record.refused !== null || record.opening.state !== "open")
    return { key, record, meaning: null };
  return { key, record, meaning: meaningOf(decodeContent(record.opening.content)) };
}

function changed(known: LoadedLines, key: string, record: LineRecord | undefined): LoadedLines {
  const at = known.lines.findIndex((line) => line.key >= key);
  const index = at === -1 ? known.lines.length : at;
  const isThere = known.lines[index]?.key === key;
  // Older than everything that is loaded: it comes with its page.
  if (!isThere && index === 0 && known.hasOlder) return known;
  const fresh = record === undefined ? [] : [readLine(key, record)];
  return { ...known, lines: known.lines.toSpliced(index, isThere ? 1 : 0, ...fresh) };
}

function merged(known: LoadedLines | undefined, older: LoadedLines): LoadedLines {
  const there = new Set(known?.lines.map(({ key }) => key));
  return {
    lines: [...older.lines.filter(({ key }) => !there.has(key)), ...(known?.lines ?? [])],
    hasOlder: older.hasOlder,
  };
}
