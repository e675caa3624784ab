import { type CborValue, decodeCbor, encodeCbor, FrankingError, type NestedPart } from "@fairlead/franking";

// draft-ietf-mimi-content, section 4.4: dispositions that this messenger uses.
export const UNSPECIFIED = 0;
export const RENDER = 1;
export const REACTION = 2;
export const ATTACHMENT = 6;
export const PREVIEW = 8;

/** draft-ietf-mimi-content, section 4.4: the receiver handles as many parts as it can. */
export const PROCESS_ALL = 2;

/**
 * What the room is called and how long its messages stay: CBOR `[name / null, seconds / null, direct bool]`. Encrypted like every
 * message, so no hub knows it.
 */
export const ROOM_INFO = "application/vnd.fairlead.room+cbor";

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

export function roomInfoPart({ name, timerSeconds, direct }: RoomInfo): NestedPart {
  return {
    disposition: UNSPECIFIED,
    language: "",
    kind: "single",
    contentType: ROOM_INFO,
    content: encodeCbor([name, timerSeconds, direct]),
  };
}

/** null if it is none, or none that makes sense. */
export function readRoomInfo(part: NestedPart): RoomInfo | null {
  if (part.kind !== "single" || part.contentType !== ROOM_INFO) return null;
  const value = decoded(part.content);
  if (!Array.isArray(value)) return null;
  const [name, timer, direct, ...more] = value as readonly CborValue[];
  if (typeof direct !== "boolean" || more.length > 0) return null;
  if (name !== null && (typeof name !== "string" || name.length > NAME_LENGTH)) return null;
  if (timer !== null && !isTimer(timer)) return null;
  return { name, timerSeconds: timer, direct };
}

function decoded(bytes: Uint8Array): CborValue {
  try {
    return decodeCbor(bytes);
  } catch (error) {
    if (error instanceof FrankingError) return null;
    throw error;
  }
}

function isTimer(value: CborValue | undefined): value is number {
  return typeof value === "number" && value >= 1 && value <= LONGEST_TIMER_SECONDS;
}
