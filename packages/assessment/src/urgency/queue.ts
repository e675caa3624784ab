import { levelNumber, type Level } from "../sufficiency/level.ts";
import { tierNumber, type Tier } from "./tier.ts";

/** What decides a report's place in the queue. */
export interface QueueItem {
  tier: Tier;
  /** When the evidential clock runs out (UTC, ISO 8601); absent when none runs. */
  clockExpiresAt?: string | undefined;
  level: Level;
  /** UTC, ISO 8601. */
  receivedAt: string;
  /** Unique; ASCII. */
  id: string;
}

const DAY_MS = 86_400_000;
/** Sorts after every real day: no clock runs. */
const NO_CLOCK = 9_999_999;
/** Milliseconds of the year 9999; later and earlier times are held to the range that the key has digits for. */
const LAST_MS = 253_402_300_799_999;

/**
 * Orders a queue: tier, then the evidential clock that runs out first, then the higher level (what can be solved), then the older
 * report, then the id. Clocks are compared by UTC day: to the millisecond, no two would tie and the level would never count.
 * @returns negative when `a` comes first; 0 only for the same id with the same standing
 */
export function compareForQueue(a: QueueItem, b: QueueItem): number {
  const left = standing(a);
  const right = standing(b);
  for (let place = 0; place < left.length; place++) {
    const difference = (left[place] ?? 0) - (right[place] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.id === b.id ? 0 : a.id < b.id ? -1 : 1;
}

/**
 * The same order as text of fixed width, for a column that is compared byte by byte (`COLLATE "C"` in PostgreSQL), ascending.
 * Store it with each assessment; a clock that has run out is gone from the next one.
 */
export function queueKey(item: QueueItem): string {
  const [tier, clock, level, received] = standing(item);
  return `${tier}.${digits(clock, 7)}.${level}.${digits(received, 15)}.${item.id}`;
}

/** @param width at most 15, so that a number with one digit more is still exact */
function digits(value: number, width: number): string {
  return String(10 ** width + value).slice(1);
}

function standing({ tier, clockExpiresAt, level, receivedAt }: QueueItem): [number, number, number, number] {
  const expires = clockExpiresAt === undefined ? Number.NaN : Date.parse(clockExpiresAt);
  const day = Number.isNaN(expires) ? NO_CLOCK : Math.floor(within(expires) / DAY_MS);
  return [tierNumber(tier), day, 4 - levelNumber(level), within(Date.parse(receivedAt))];
}

function within(instant: number): number {
  return Number.isNaN(instant) ? LAST_MS : Math.min(Math.max(instant, 0), LAST_MS);
}
