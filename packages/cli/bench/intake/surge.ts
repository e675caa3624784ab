import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { Flood } from "./flood.ts";
import { openLoop, type Paced, type Seen, together } from "./load.ts";
import { percentile, rounded } from "./percentile.ts";
import type { BenchStation } from "./station.ts";

/** What one sender sends more than before: the jump of reports on generated pictures from one half-year to the next. */
const SURGE = 64;
const SECONDS = 15;
/** The p99 of one stretch is its dozen slowest answers, which one pause of the disk can make. */
const TURNS = 2;
/** Of what the station can do, all senders together, before the surge. */
const USUAL_LOAD = 0.25;
/** Between the numbers of the flood's reports and everybody else's. */
const FAR = 10_000_000;
const CONNECTIONS = 8;

/**
 * The same senders at their usual pace, and while one of them sends 64 times as much, in turns.
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
    connections: CONNECTIONS,
  }));
  const stretch = async (times: number) => {
    const pace = { sender: 0, cyclesPerSecond: usual * times, connections: CONNECTIONS * times };
    const [one, rest] = await Promise.all([
      sendFromThread(station, { pace, seconds: SECONDS, first: next() * FAR }),
      openLoop(station, others, { seconds: SECONDS, next }),
    ]);
    return { one, rest };
  };
  const calm: Paced[] = [];
  const surge: Paced[] = [];
  const flood = { cycles: 0, seconds: 0, refused: 0 };
  for (let turn = 0; turn < TURNS; turn += 1) {
    calm.push(...(await stretch(1)).rest);
    const { one, rest } = await stretch(SURGE);
    surge.push(...rest);
    flood.cycles += one.cycles;
    flood.seconds += one.seconds;
    flood.refused += one.refused;
  }
  const p99 = (seen: readonly Seen[]) => percentile(Object.values(together(seen).calls).flat(), 0.99);
  const [before, during] = [p99(calm), p99(surge)];
  return {
    times: SURGE,
    usualCyclesPerSecond: rounded(usual),
    othersP99Ms: rounded(before),
    othersP99MsInSurge: rounded(during),
    growth: rounded(during / before),
    othersRefused: surge.reduce((sum, seen) => sum + seen.refused, 0),
    surgingSender: { cyclesPerSecond: rounded(flood.cycles / flood.seconds), refused: flood.refused },
  };
}

/** A thread of its own, as the flood is another machine's: its haste must not make the others' clocks late. */
async function sendFromThread(
  station: BenchStation,
  flood: Omit<Flood, "port" | "authorization">,
): Promise<Paced> {
  const { port } = station;
  const workerData: Flood = { ...flood, port, authorization: station.authorization(flood.pace.sender) };
  const worker = new Worker(new URL("./flood.ts", import.meta.url), { workerData });
  const [seen] = (await once(worker, "message")) as [Paced];
  return seen;
}
