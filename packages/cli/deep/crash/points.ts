import { type KillSweep, sweepKills } from "../../src/testing/crash/kill-sweep.ts";
import { whyNoStrace } from "../../src/testing/crash/strace.ts";
import { openWorld } from "../../src/testing/crash/world.ts";
import { doorsNamed, sliceOf } from "./doors.ts";
import type { PartOptions, PartResult } from "./part.ts";

/** A station is killed at each system call that it makes on the way of one report, at each door. */
export async function points(options: PartOptions): Promise<PartResult> {
  await using world = await openWorld(doorsNamed(options.door), options.seed);
  const missing = await whyNoStrace(world.root);
  if (missing !== undefined) return { held: false, summary: missing, figures: { missing } };
  const doors: KillSweep[] = [];
  for (const target of world.targets)
    doors.push(await sweepKills(target, sliceOf(options), { waitsForSweep: true, say: options.say }));
  const sum = (of: (sweep: KillSweep) => number) => doors.reduce((total, sweep) => total + of(sweep), 0);
  const figures = {
    enumerated: sum(({ enumerated }) => enumerated),
    killed: sum(({ killed }) => killed),
    lost: sum(({ lost }) => lost),
    doubled: sum(({ doubled }) => doubled),
    half: sum(({ half }) => half),
  };
  return {
    held: doors.every(({ held }) => held),
    summary: `${figures.killed} kills at ${figures.enumerated} enumerated points: lost ${figures.lost}, doubled ${figures.doubled}, half there ${figures.half}.`,
    figures: { ...figures, doors },
  };
}
