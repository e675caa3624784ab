import { type FaultSweep, sweepFaults } from "../../src/testing/crash/fault-sweep.ts";
import { whyNoStrace } from "../../src/testing/crash/strace.ts";
import { openWorld } from "../../src/testing/crash/world.ts";
import { doorsNamed, sliceOf } from "./doors.ts";
import type { PartOptions, PartResult } from "./part.ts";

/** Calls on files, and those that take connections, fail as on a broken or full disk or with too many files open. */
export async function errors(options: PartOptions): Promise<PartResult> {
  await using world = await openWorld(doorsNamed(options.door), options.seed);
  const missing = await whyNoStrace(world.root);
  if (missing !== undefined) return { held: false, summary: missing, figures: { missing } };
  const doors: FaultSweep[] = [];
  for (const target of world.targets) doors.push(await sweepFaults(target, sliceOf(options), options.say));
  const sum = (of: (sweep: FaultSweep) => number) => doors.reduce((total, sweep) => total + of(sweep), 0);
  const figures = {
    possible: sum(({ possible }) => possible),
    met: sum(({ met }) => met),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    problems: sum(({ problems }) => problems.length),
    late: sum(({ late }) => late),
    slowestAnswerMs: Math.max(...doors.map(({ slowestAnswerMs }) => slowestAnswerMs)),
    slowestRecoveryMs: Math.max(...doors.map(({ slowestRecoveryMs }) => slowestRecoveryMs)),
  };
  return {
    held: doors.every(({ held, late }) => held && late === 0),
    summary: `${figures.met} of ${figures.possible} faults met: lost ${figures.lost}, doubled ${figures.doubled}, slowest answer ${figures.slowestAnswerMs} ms, slowest recovery ${figures.slowestRecoveryMs} ms.`,
    figures: { ...figures, doors },
  };
}
