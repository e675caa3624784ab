import { setTimeout as sleep } from "node:timers/promises";
import { type Attached, type CallName, fileOne, NotTaken, openAgent } from "./cycle.ts";
import type { BenchStation } from "./station.ts";

/** What senders saw in a stretch of time. */
export interface Seen {
  cycles: number;
  seconds: number;
  /** Milliseconds of each answered call. */
  calls: Record<CallName, number[]>;
  /** Milliseconds of each whole cycle. */
  whole: number[];
}

function nothingSeen(): Seen {
  return { cycles: 0, seconds: 0, calls: { submit: [], upload: [], fileinfo: [], finish: [] }, whole: [] };
}

/** Adds up stretches. */
export function together(parts: readonly Seen[]): Seen {
  const sum = nothingSeen();
  for (const part of parts) {
    sum.cycles += part.cycles;
    sum.seconds += part.seconds;
    sum.whole.push(...part.whole);
    for (const name of Object.keys(sum.calls) as CallName[]) sum.calls[name].push(...part.calls[name]);
  }
  return sum;
}

/** Numbers for reports, so that no two are alike. */
export function counter(): () => number {
  let n = 0;
  return () => (n += 1);
}

/** What a real sender does that is turned away: it comes back. The answer that it got counts, the report begins again. */
async function patiently(one: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      return await one();
    } catch (error) {
      if (!(error instanceof NotTaken) || ![429, 503].includes(error.status)) throw error;
      await sleep((error.retryAfterSeconds ?? 1) * 1000);
    }
  }
}

/**
 * As fast as they are answered: `lanes` reports under way at once, each the next sender's.
 * @param goOn asked before each; false ends the lane
 */
export async function closedLoop(
  station: BenchStation,
  options: { lanes: number; senders: number; next: () => number; goOn: () => boolean; attached?: Attached },
): Promise<Seen> {
  const agent = openAgent(options.lanes);
  const seen = nothingSeen();
  const began = performance.now();
  const lane = async (at: number) => {
    const authorization = station.authorization(at % options.senders);
    while (options.goOn()) {
      const start = performance.now();
      const door = { port: station.port, authorization, agent, attached: options.attached };
      await patiently(() =>
        fileOne(door, options.next(), (name, ms) => {
          seen.calls[name].push(ms);
        }),
      );
      seen.whole.push(performance.now() - start);
      seen.cycles += 1;
    }
  };
  await Promise.all(Array.from({ length: options.lanes }, (_, at) => lane(at)));
  seen.seconds = (performance.now() - began) / 1000;
  agent.destroy();
  return seen;
}

/** One sender at a pace of its own, however fast it is answered: what a surge is. */
export interface Pace {
  sender: number;
  cyclesPerSecond: number;
  /** What its own systems have under way at once at most; what comes on top waits with it, and counts as waiting. */
  connections: number;
}

/** What a sender at a pace of its own saw. */
export interface Paced extends Seen {
  /** Reports that were turned away. */
  refused: number;
}

/** @returns what each sender saw, in the order of `paces`; a cycle's time begins when it was due */
export async function openLoop(
  station: Pick<BenchStation, "port" | "authorization">,
  paces: readonly Pace[],
  options: { seconds: number; next: () => number },
): Promise<Paced[]> {
  return await Promise.all(
    paces.map(async (pace) => {
      const agent = openAgent(pace.connections);
      const door = { port: station.port, authorization: station.authorization(pace.sender), agent };
      const seen = { ...nothingSeen(), refused: 0 };
      const began = performance.now();
      const until = began + options.seconds * 1000;
      const running = new Set<Promise<void>>();
      // Senders do not begin in step.
      let due = began + ((pace.sender * 37) % Math.max(1, 1000 / pace.cyclesPerSecond));
      while (due < until) {
        await sleep(Math.max(0, due - performance.now()));
        if (running.size < pace.connections) {
          const start = due;
          const one = fileOne(door, options.next(), (name, ms) => {
            seen.calls[name].push(ms);
          })
            .then(() => {
              seen.whole.push(performance.now() - start);
              seen.cycles += 1;
            })
            .catch((error: unknown) => {
              // Turned away is an answer too: what a real sender does then is come back later.
              if (!(error instanceof NotTaken) || ![429, 503].includes(error.status)) throw error;
              seen.refused += 1;
            })
            .finally(() => running.delete(one));
          running.add(one);
        }
        due += 1000 / pace.cyclesPerSecond;
      }
      await Promise.all(running);
      seen.seconds = (performance.now() - began) / 1000;
      agent.destroy();
      return seen;
    }),
  );
}
