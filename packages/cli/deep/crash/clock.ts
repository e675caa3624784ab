import { reckon } from "../../src/testing/crash/reckoning.ts";
import { setClockOff } from "../../src/testing/crash/wrong-clock.ts";
import { openWorld } from "../../src/testing/crash/world.ts";
import { doorsNamed } from "./doors.ts";
import type { PartOptions, PartResult } from "./part.ts";

/** A station's clock jumps by a day, forth and back, between two starts. */
export async function clock(options: PartOptions): Promise<PartResult> {
  await using world = await openWorld(doorsNamed(options.door), options.seed);
  const doors = [];
  let held = true;
  for (const target of world.targets) {
    const off = await setClockOff(target);
    const end = await reckon(target, false);
    for (const problem of [...off.problems, ...end.problems]) options.say(`${target.door}: ${problem}`);
    held &&= off.problems.length === 0 && end.lost + end.doubled === 0 && end.auditVerified;
    doors.push({ ...end, ...off });
  }
  return {
    held,
    summary: doors
      .map(({ door, reports, problems }) => `${door}: ${reports} reports, ${problems.length} problems.`)
      .join(" "),
    figures: { doors },
  };
}
