import { type Reckoning, reckon } from "./reckoning.ts";
import { type Slice, sliceOf } from "./slice.ts";
import type { Target } from "./target.ts";
import { sendInto, type Trouble } from "./trouble.ts";

/** What trouble at one door showed. */
export interface FaultSweep extends Reckoning {
  readonly door: string;
  /** Faults that one report's calls there can meet, and how many of them were tried. */
  readonly possible: number;
  readonly tried: number;
  readonly met: number;
  /** What senders heard to those that were met. */
  readonly heard: Readonly<Record<string, number>>;
  /** How often the station ended of it, and was started again. */
  readonly ended: number;
  /** How many were not answered in five seconds, or not over in thirty. */
  readonly late: number;
  readonly slowestAnswerMs: number;
  readonly slowestRecoveryMs: number;
  readonly held: boolean;
}

/** Sends a report into each of these, one after another, many in one life of the station. */
export async function sweepFaults(
  target: Target,
  all: readonly Trouble[],
  slice: Slice,
  say: (line: string) => void,
): Promise<FaultSweep> {
  const heard: Record<string, number> = {};
  const problems: string[] = [];
  let tried = 0;
  let met = 0;
  let ended = 0;
  let late = 0;
  let slowestAnswerMs = 0;
  let slowestRecoveryMs = 0;
  for (const fault of sliceOf(all, slice)) {
    tried += 1;
    const result = await sendInto(target, fault);
    if (result.met) {
      met += 1;
      heard[result.heard] = (heard[result.heard] ?? 0) + 1;
    }
    if (result.isLate) late += 1;
    if (result.met && result.ended !== undefined) {
      ended += 1;
      if (result.ended === "") problems.push(`${target.door} ${fault.name}: ended without a word`);
    }
    slowestAnswerMs = Math.max(slowestAnswerMs, result.answeredMs);
    slowestRecoveryMs = Math.max(slowestRecoveryMs, result.recoveredMs);
    for (const problem of result.problems) {
      problems.push(`${target.door} ${fault.name}: ${problem}`);
      say(problems.at(-1) ?? "");
    }
    if (tried % 25 === 0)
      say(`${target.door}: ${tried} of ${all.length} faults, ${met} met, ${problems.length} problems`);
  }
  const end = await reckon(target, false);
  problems.push(...end.problems);
  return {
    ...end,
    door: target.door,
    possible: all.length,
    tried,
    met,
    heard,
    ended,
    late,
    slowestAnswerMs,
    slowestRecoveryMs,
    problems,
    held: problems.length === 0 && end.lost === 0 && end.doubled === 0 && end.auditVerified,
  };
}
