import { callFaults } from "../../src/testing/crash/call-faults.ts";
import { type FaultSweep, sweepFaults } from "../../src/testing/crash/fault-sweep.ts";
import { whyNoStrace } from "../../src/testing/crash/strace.ts";
import { openWorld } from "../../src/testing/crash/world.ts";
import { doorsNamed, sliceOf } from "./doors.ts";
import { faultFigures } from "./fault-figures.ts";
import type { PartOptions, PartResult } from "./part.ts";

/** Calls on files, and those that take connections, fail as on a broken or full disk or with too many files open. */
export async function errors(options: PartOptions): Promise<PartResult> {
  await using world = await openWorld(doorsNamed(options.door), options.seed);
  const missing = await whyNoStrace(world.root);
  if (missing !== undefined) return { held: false, summary: missing, figures: { missing } };
  const doors: FaultSweep[] = [];
  for (const target of world.targets)
    doors.push(await sweepFaults(target, await callFaults(target), sliceOf(options), options.say));
  return faultFigures(doors);
}
