/** Work that arrives and people who do it, for `backlogOf`. */
export interface BacklogPlan {
  /** Pieces of work that arrive on each day, by tier from R1 to R5. */
  arrivals: ReadonlyArray<readonly [number, number, number, number, number]>;
  /** What everybody together does in a day. */
  perDay: number;
  /** Days within which each tier is to be looked at. */
  targetDays: readonly [number, number, number, number, number];
}

export interface TierBacklog {
  tier: number;
  arrived: number;
  done: number;
  /** Done later than the target allows, or still waiting for longer than that. */
  late: number;
  /** The longest that one of them waited, in days; those that still wait counted to the last day. */
  longestDays: number;
}

export interface Backlog {
  byTier: TierBacklog[];
  /** What waits after the last day, and the most that waited after any. */
  left: number;
  most: number;
}

interface Waiting {
  day: number;
  count: number;
}

/**
 * What waits when so much work meets so many hands: each day the most urgent first, and within a tier what came first. A tier's clock
 * is kept on the day of arrival plus its target (agency.md 4.4; priority queue of trust.md 5.2 by days instead of minutes).
 */
export function backlogOf({ arrivals, perDay, targetDays }: BacklogPlan): Backlog {
  const queues: Waiting[][] = targetDays.map(() => []);
  const byTier = targetDays.map(
    (_, index): TierBacklog => ({ tier: index + 1, arrived: 0, done: 0, late: 0, longestDays: 0 }),
  );
  let most = 0;
  for (const [day, counts] of arrivals.entries()) {
    for (const [index, count] of counts.entries()) {
      if (count === 0) continue;
      queues[index]?.push({ day, count });
      const tally = byTier[index];
      if (tally !== undefined) tally.arrived += count;
    }
    let hands = perDay;
    for (const [index, queue] of queues.entries())
      hands = work(queue, hands, day, byTier[index], targetDays[index]);
    most = Math.max(most, waitingIn(queues));
  }
  const last = Math.max(0, arrivals.length - 1);
  for (const [index, queue] of queues.entries())
    for (const { day, count } of queue) note(byTier[index], count, last - day, targetDays[index]);
  return { byTier, left: waitingIn(queues), most };
}

/** @returns the hands that are left */
function work(
  queue: Waiting[],
  hands: number,
  today: number,
  tally: TierBacklog | undefined,
  target: number | undefined,
): number {
  let left = hands;
  let finished = 0;
  for (const waiting of queue) {
    if (left <= 0) break;
    const now = Math.min(left, waiting.count);
    left -= now;
    waiting.count -= now;
    if (tally !== undefined) tally.done += now;
    note(tally, now, today - waiting.day, target);
    if (waiting.count === 0) finished += 1;
  }
  queue.splice(0, finished);
  return left;
}

function note(tally: TierBacklog | undefined, count: number, days: number, target: number | undefined): void {
  if (tally === undefined || count === 0) return;
  tally.longestDays = Math.max(tally.longestDays, days);
  if (target !== undefined && days > target) tally.late += count;
}

function waitingIn(queues: readonly (readonly Waiting[])[]): number {
  return queues.flat().reduce((sum, { count }) => sum + count, 0);
}
