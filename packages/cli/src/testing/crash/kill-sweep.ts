import { enumerate, killAt } from "./kill-points.ts";
import { kindOf } from "./points.ts";
import { type Reckoning, reckon } from "./reckoning.ts";
import { type Slice, sliceOf } from "./slice.ts";
import type { Target } from "./target.ts";

/** What the sweep over one door showed. */
export interface KillSweep extends Reckoning {
  readonly door: string;
  /** Calls that one report makes there. */
  readonly enumerated: number;
  /** How many of them were tried, and how many of those killed the station. */
  readonly tried: number;
  readonly killed: number;
  /** The calls that killed, by what they are about. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly half: number;
  readonly slowestRecoveryMs: number;
  readonly held: boolean;
}

/** Kills a station at each call of a report's way in, one after another, and at the end holds the ledger of all of it against the station. */
export async function sweepKills(
  target: Target,
  slice: Slice,
  options: { waitsForSweep: boolean; say: (line: string) => void },
): Promise<KillSweep> {
  const all = await enumerate(target);
  const kinds: Record<string, number> = {};
  const problems: string[] = [];
  let tried = 0;
  let killed = 0;
  let slowestRecoveryMs = 0;
  for (const point of sliceOf(all, slice)) {
    tried += 1;
    const result = await killAt(target, point);
    if (result.met) {
      killed += 1;
      const kind = kindOf(point.line);
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    }
    slowestRecoveryMs = Math.max(slowestRecoveryMs, result.recoveredMs ?? 0);
    for (const problem of result.problems) {
      problems.push(`${target.door} ${result.point}: ${problem}`);
      options.say(problems.at(-1) ?? "");
    }
    if (tried % 25 === 0)
      options.say(
        `${target.door}: ${tried} of ${all.length} points, ${killed} kills, ${problems.length} problems`,
      );
  }
  const end = await reckon(target, options.waitsForSweep);
  problems.push(...end.problems);
  const half = problems.filter((line) => line.includes(": half")).length;
  return {
    ...end,
    door: target.door,
    enumerated: all.length,
    tried,
    killed,
    kinds,
    half,
    slowestRecoveryMs,
    problems,
    held:
      problems.length === 0 &&
      end.lost === 0 &&
      end.doubled === 0 &&
      end.auditVerified &&
      (end.leftInTheEnd ?? 0) === 0,
  };
}
