import { DOOR_NAMES, type DoorName } from "../../src/testing/crash/target.ts";

/** @throws Error naming the doors there are */
export function doorsNamed(name: string | undefined): readonly DoorName[] {
  if (name === undefined) return DOOR_NAMES;
  const found = DOOR_NAMES.filter((door) => door === name);
  if (found.length === 0)
    throw new Error(`There is no door "${name}". --door is one of: ${DOOR_NAMES.join(", ")}`);
  return found;
}
