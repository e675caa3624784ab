import type { OutgoingPart, Saying } from "../store/records.ts";
import { externalPart } from "./compose.ts";
import type { FilePart, Meaning } from "./meaning.ts";
import { ATTACHMENT, PREVIEW } from "./profile.ts";

/** What a message will mean once it is made, to show it before it is. */
export function meaningOfSaying(saying: Saying): Meaning {
  switch (saying.kind) {
    case "text":
    case "edit":
    case "deletion":
    case "room":
      return saying;
    case "reaction":
      return { kind: "reaction", emoji: saying.emoji, of: saying.of };
    case "unreaction":
      return { kind: "unreaction", of: saying.replaces };
    case "file":
      return {
        kind: "file",
        file: filePart(saying.file, ATTACHMENT),
        thumbnail: saying.thumbnail === null ? null : filePart(saying.thumbnail, PREVIEW),
        caption: saying.caption,
        replyTo: saying.replyTo,
      };
  }
}

/** Its url is empty while it was not uploaded; it is opened from this device all the same. */
function filePart(part: OutgoingPart, disposition: number): FilePart {
  const { commitment } = part.sealed;
  return { part: externalPart({ ...part, url: part.url ?? "" }, disposition), commitment, root: part.root };
}
