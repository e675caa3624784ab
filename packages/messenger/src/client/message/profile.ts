import type { CborValue } from "@fairlead/franking";

// draft-ietf-mimi-content, section 4.4: dispositions that this messenger uses.
export const UNSPECIFIED = 0;
export const RENDER = 1;
export const REACTION = 2;
export const ATTACHMENT = 6;
export const PREVIEW = 8;

/** draft-ietf-mimi-content, section 4.4: the receiver handles as many parts as it can. */
export const PROCESS_ALL = 2;

/** Private-use extension: what the room is called and how long its messages stay. Encrypted like every message, so no hub knows. */
export const ROOM_INFO = "fairlead.room";

export interface RoomInfo {
  readonly name: string | null;
  readonly timerSeconds: number | null;
  /** Between two people, who need no name for it. */
  readonly direct: boolean;
}

/** Longest name of a room, in UTF-16 code units. */
export const NAME_LENGTH = 100;
/** Longest text, well within what a hub takes. */
export const TEXT_LENGTH = 8_000;
/** Four weeks. */
export const LONGEST_TIMER_SECONDS = 28 * 86_400;

export function roomInfoExtension(info: RoomInfo): CborValue {
  return [info.name, info.timerSeconds, info.direct];
}

/** null if there is none, or none that makes sense. */
export function readRoomInfo(extensions: ReadonlyMap<string | number, CborValue>): RoomInfo | null {
  const value = extensions.get(ROOM_INFO);
  if (!Array.isArray(value)) return null;
  const [name, timer, direct] = value as readonly CborValue[];
  if (typeof direct !== "boolean") return null;
  if (name !== null && (typeof name !== "string" || name.length > NAME_LENGTH)) return null;
  if (timer !== null && !isTimer(timer)) return null;
  return { name, timerSeconds: timer, direct };
}

function isTimer(value: CborValue | undefined): value is number {
  return typeof value === "number" && value >= 1 && value <= LONGEST_TIMER_SECONDS;
}
