import type { Slice } from "../../src/testing/crash/slice.ts";
import { DOOR_NAMES, type DoorName } from "../../src/testing/crash/target.ts";
import type { PartOptions } from "./part.ts";

/** @throws Error naming the doors there are */
export function doorsNamed(name: string | undefined): readonly DoorName[] {
  if (name === undefined) return DOOR_NAMES;
  const found = DOOR_NAMES.filter((door) => door === name);
  if (found.length === 0)
    throw new Error(`There is no door "${name}". --door is one of: ${DOOR_NAMES.join(", ")}`);
  return found;
}

/** The part of each door's list that was asked for. */
export function sliceOf({ seed, from, points, seconds }: PartOptions): Slice {
  return { seed, from, most: points, seconds };
}
