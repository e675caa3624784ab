import type { VerifyInput } from "@fairlead/franking/verify";
import type { WorkInProgress } from "./work-folder.ts";

type File = Parameters<NonNullable<VerifyInput["onAttachment"]>>[0];
type About = Parameters<WorkInProgress["seal"]>[0];

/** As long as file systems take; the report model takes more, and what is cut off says nothing. */
const NAME_LENGTH = 255;
const MEDIA_TYPE = /^[\x20-\x7e]{1,255}$/;

/**
 * What a report says of a file that a message carried. Its name and its type are its sender's words: whatever no report could hold is left
 * out, or a sender could make their own messages unreportable.
 */
export function aboutFile({ root, name, mediaType }: File): About {
  // Also what is left of a character of two halves that was cut in the middle.
  const shown = name.slice(0, NAME_LENGTH).replaceAll(/[\p{Cc}\p{Cs}]/gu, "");
  return {
    kind: "file",
    name: shown === "" ? `attachment-${Buffer.from(root).toString("hex").slice(0, 16)}` : shown,
    ...(MEDIA_TYPE.test(mediaType) ? { mediaType } : {}),
    relevance: "reported",
  };
}
