import { readHashPage } from "@fairlead/cybertipline";
import { z } from "zod";
import { ask, unreadable } from "./bounded.ts";
import type { ExchangeDriver, FetchedPage } from "./driver.ts";
import { ncmecPage } from "./ncmec-entries.ts";

/** For whoever fetches: where, as whom, and since when. */
export interface NcmecSource {
  /** Without a slash at its end; `/v2/entries` lies below it. */
  base: string;
  authorization: string;
  /** Milliseconds since 1970; what the source changed before is not asked for. */
  since: number;
  fetch: typeof fetch;
  clock: () => number;
  timeoutMs?: number;
}

/** Entries that are being stored over there while they are asked for belong to the next window: clocks differ by seconds, not minutes. */
const LAG_SECONDS = 30;
const FIRST_WINDOW_SECONDS = 30 * 24 * 3600;
const LONGEST_WINDOW_SECONDS = 366 * 24 * 3600;
/** Stored ways to the next page go stale (cybertipline.md, 3.1: the one public client drops them then). */
const NEXT_GOOD_FOR_MS = 12 * 3600 * 1000;
/** What came while a window was being fetched waits for the next time. */
const CAUGHT_UP_SECONDS = 60;
/** A window of a thousand million entries is none: its pages go round in a ring. */
const MOST_PAGES = 1_000_000;

const checkpointSchema = z.strictObject({
  /** Everything up to here has been stored; seconds since 1970. */
  from: z.int(),
  windowSeconds: z.int().min(1),
  /** The window that is being fetched, where its first page has come. Entries are in no order, so `from` waits for its last one. */
  open: z.strictObject({ to: z.int(), next: z.string(), since: z.number(), pages: z.int() }).optional(),
});
type Checkpoint = z.infer<typeof checkpointSchema>;

/** NCMEC's hash sharing, version 2, or whatever speaks it. */
export function ncmecDriver(source: NcmecSource): ExchangeDriver {
  return {
    async next(stored) {
      const at = checkpointIn(stored, source.since);
      const now = source.clock();
      const { open } = at;
      if (open !== undefined && now - open.since < NEXT_GOOD_FOR_MS)
        return await pageOf(source, at, open.to, `${source.base}${open.next}`, open);
      const end = Math.floor(now / 1000) - LAG_SECONDS;
      const to = Math.min(at.from + at.windowSeconds, end);
      if (to <= at.from)
        return { page: { entries: [], removed: [] }, checkpoint: { ...at, open: undefined }, caughtUp: true };
      const query = new URLSearchParams({ from: secondsOf(at.from), to: secondsOf(to) });
      return await pageOf(source, at, to, `${source.base}/v2/entries?${query.toString()}`, undefined);
    },
  };
}

/**
 * Where to go on when a page could not be had. It may just have been unlucky; after that, its window is too large for the source and
 * becomes a quarter.
 * @param attempts that have failed, this one too
 */
export function ncmecAfterFailure(stored: unknown, attempts: number, since: number): object {
  const at = checkpointIn(stored, since);
  if (attempts < 2) return at;
  return { from: at.from, windowSeconds: Math.max(1, Math.floor(at.windowSeconds / 4)) };
}

function checkpointIn(stored: unknown, since: number): Checkpoint {
  return stored === null
    ? { from: Math.floor(since / 1000), windowSeconds: FIRST_WINDOW_SECONDS }
    : checkpointSchema.parse(stored);
}

async function pageOf(
  source: NcmecSource,
  at: Checkpoint,
  to: number,
  url: string,
  before: Checkpoint["open"],
): Promise<FetchedPage> {
  const { fetch, authorization, timeoutMs } = source;
  const bytes = await ask({
    fetch,
    method: "GET",
    url,
    headers: { authorization, accept: "application/xml" },
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  const read = readHashPage(bytes);
  if (!read.ok) unreadable(`${read.problem.path} ${read.problem.message}`);
  const { next } = read.document;
  const page = ncmecPage(read.document);
  if (next === undefined) {
    const end = Math.floor(source.clock() / 1000) - LAG_SECONDS;
    const windowSeconds = Math.min(at.windowSeconds * 2, LONGEST_WINDOW_SECONDS);
    return { page, checkpoint: { from: to, windowSeconds }, caughtUp: end - to <= CAUGHT_UP_SECONDS };
  }
  mustGoOn(next, before);
  const pages = (before?.pages ?? 1) + 1;
  return {
    page,
    checkpoint: { ...at, open: { to, next, since: before?.since ?? source.clock(), pages } },
    caughtUp: false,
  };
}

/** The way to the next page goes below the base, where our credentials belong, and onwards. */
function mustGoOn(next: string, before: Checkpoint["open"]): void {
  if (!next.startsWith("/v2/entries?")) unreadable("its next page is not one of the same list");
  if (next === before?.next || (before?.pages ?? 0) >= MOST_PAGES) unreadable("its pages go round in a ring");
}

function secondsOf(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}
