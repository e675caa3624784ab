import type { FaultSweep } from "../../src/testing/crash/fault-sweep.ts";
import type { PartResult } from "./part.ts";

/** What sweeps over several doors come to. */
export function faultFigures(doors: readonly FaultSweep[]): PartResult {
  const sum = (of: (sweep: FaultSweep) => number) => doors.reduce((total, sweep) => total + of(sweep), 0);
  const figures = {
    possible: sum(({ possible }) => possible),
    tried: sum(({ tried }) => tried),
    met: sum(({ met }) => met),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    problems: sum(({ problems }) => problems.length),
    late: sum(({ late }) => late),
    ended: sum(({ ended }) => ended),
    slowestAnswerMs: Math.max(...doors.map(({ slowestAnswerMs }) => slowestAnswerMs)),
    slowestRecoveryMs: Math.max(...doors.map(({ slowestRecoveryMs }) => slowestRecoveryMs)),
  };
  return {
    held: doors.every(({ held, late }) => held && late === 0),
    summary: `${figures.met} of ${figures.possible} faults met: lost ${figures.lost}, doubled ${figures.doubled}, slowest answer ${figures.slowestAnswerMs} ms, slowest recovery ${figures.slowestRecoveryMs} ms.`,
    figures: { ...figures, doors },
  };
}
