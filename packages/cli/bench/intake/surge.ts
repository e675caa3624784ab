import { openLoop, type Seen, together } from "./load.ts";
import { percentile, rounded } from "./percentile.ts";
import type { BenchStation } from "./station.ts";

/** What one sender sends more than before: the jump of reports on generated pictures from one half-year to the next. */
const SURGE = 64;
const SECONDS = 15;
/** Of what the station can do, all senders together, before the surge. */
const USUAL_LOAD = 0.25;

/**
 * The same senders at their usual pace, then again while one of them sends 64 times as much.
 * @param capacity cycles in a second that the station was measured to do
 */
export async function measureSurge(
  station: BenchStation,
  senders: number,
  capacity: number,
  next: () => number,
) {
  const usual = (capacity * USUAL_LOAD) / senders;
  const others = Array.from({ length: senders - 1 }, (_, at) => ({
    sender: at + 1,
    cyclesPerSecond: usual,
    connections: 8,
  }));
  const options = { seconds: SECONDS, next };
  const calm = await openLoop(
    station,
    [{ sender: 0, cyclesPerSecond: usual, connections: 8 }, ...others],
    options,
  );
  const flood = { sender: 0, cyclesPerSecond: usual * SURGE, connections: 8 * SURGE };
  const surge = await openLoop(station, [flood, ...others], options);
  const p99 = (seen: readonly Seen[]) =>
    percentile(Object.values(together(seen.slice(1)).calls).flat(), 0.99);
  const [before, during] = [p99(calm), p99(surge)];
  return {
    times: SURGE,
    usualCyclesPerSecond: rounded(usual),
    othersP99Ms: rounded(before),
    othersP99MsInSurge: rounded(during),
    growth: rounded(during / before),
    othersRefused: surge.slice(1).reduce((sum, seen) => sum + seen.refused, 0),
    surgingSender: {
      cyclesPerSecond: rounded((surge[0]?.cycles ?? 0) / (surge[0]?.seconds ?? 1)),
      refused: surge[0]?.refused ?? 0,
    },
  };
}
