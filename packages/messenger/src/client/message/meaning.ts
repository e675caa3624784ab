import {
  attachmentCommitmentsOf,
  hexOf,
  type AttachmentCommitment,
  type MimiContent,
  type NestedPart,
} from "@fairlead/franking";

import { ATTACHMENT, PREVIEW, REACTION, readRoomInfo } from "./profile.ts";

/** What a message says, as far as this messenger understands it. Ids are MessageIds in hex. */
export type Meaning =
  | { readonly kind: "text"; readonly text: string; readonly replyTo: string | null }
  | { readonly kind: "edit"; readonly text: string; readonly of: string }
  | { readonly kind: "deletion"; readonly of: string }
  | { readonly kind: "reaction"; readonly emoji: string; readonly of: string }
  /** Takes back the reaction `of`. */
  | { readonly kind: "unreaction"; readonly of: string }
  | {
      readonly kind: "file";
      readonly file: FilePart;
      readonly thumbnail: FilePart | null;
      readonly caption: string;
      readonly replyTo: string | null;
    }
  | {
      readonly kind: "room";
      readonly name: string | null;
      readonly timerSeconds: number | null;
      readonly direct: boolean;
    }
  | { readonly kind: "unsupported"; readonly contentType: string };

/** A file that a message points to, with what its sender committed to. */
export interface FilePart {
  readonly part: ExternalPart;
  readonly commitment: AttachmentCommitment;
  /** Of the commitment, hex. */
  readonly root: string;
}

export type ExternalPart = Extract<NestedPart, { kind: "external" }>;

export function meaningOf(content: MimiContent): Meaning {
  const replaces = content.replaces === null ? null : hexOf(content.replaces);
  const replyTo = content.inReplyTo === null ? null : hexOf(content.inReplyTo);
  const { part } = content;
  const info = replaces === null ? readRoomInfo(part) : null;
  if (info !== null) return { kind: "room", ...info };
  if (part.disposition === REACTION) return reaction(part, replyTo, replaces);
  if (part.kind === "null" && replaces !== null) return { kind: "deletion", of: replaces };
  const text = textOf(part);
  if (text !== null)
    return replaces === null ? { kind: "text", text, replyTo } : { kind: "edit", text, of: replaces };
  return (replaces === null ? fileOf(content, replyTo) : null) ?? unsupported(part);
}

function reaction(part: NestedPart, of: string | null, replaces: string | null): Meaning {
  const emoji = textOf(part);
  if (emoji !== null && of !== null) return { kind: "reaction", emoji, of };
  // draft-ietf-mimi-content, "Unlike": a reaction is taken back by replacing it with an empty body.
  if (part.kind === "null" && replaces !== null) return { kind: "unreaction", of: replaces };
  return unsupported(part);
}

function fileOf(content: MimiContent, replyTo: string | null): Meaning | null {
  const commitments = attachmentCommitmentsOf(content);
  const parts = content.part.kind === "multi" ? content.part.parts : [content.part];
  let file: FilePart | null = null;
  let thumbnail: FilePart | null = null;
  let caption = "";
  for (const part of parts) {
    const text = textOf(part);
    const external = part.kind === "external" ? committed(part, commitments) : null;
    if (text !== null && caption === "") caption = text;
    else if (external !== null && part.disposition === PREVIEW && thumbnail === null) thumbnail = external;
    else if (external !== null && part.disposition === ATTACHMENT && file === null) file = external;
    // Whatever else is in there would not be shown, so nothing of it is.
    else return null;
  }
  return file === null ? null : { kind: "file", file, thumbnail, caption, replyTo };
}

/** A file without a commitment could open to two different things; it is not offered. */
function committed(
  part: ExternalPart,
  commitments: ReadonlyMap<string, AttachmentCommitment>,
): FilePart | null {
  const commitment = commitments.get(part.url);
  return commitment === undefined ? null : { part, commitment, root: hexOf(commitment.root) };
}

function textOf(part: NestedPart): string | null {
  if (part.kind !== "single" || !/^text\/(?:plain|markdown)(?:;|$)/i.test(part.contentType)) return null;
  return new TextDecoder().decode(part.content);
}

function unsupported(part: NestedPart): Meaning {
  const contentType = part.kind === "single" || part.kind === "external" ? part.contentType : part.kind;
  return { kind: "unsupported", contentType };
}
