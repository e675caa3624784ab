import {
  type AttachmentCommitment,
  attachmentPart,
  type MimiContent,
  type NestedPart,
  textPart,
} from "@fairlead/franking";
import { fromHex } from "../encoding.ts";
import { MessengerError } from "../error.ts";
import type { ExternalPart } from "./meaning.ts";
import type { OutgoingPart, Saying } from "../store/records.ts";
import { ATTACHMENT, PREVIEW, PROCESS_ALL, REACTION, RENDER, roomInfoPart, UNSPECIFIED } from "./profile.ts";

/** What a content says; salt, addresses and causality are franking's. */
export interface Composed {
  readonly replaces: Uint8Array | null;
  readonly inReplyTo: Uint8Array | null;
  readonly expires: MimiContent["expires"];
  readonly part: NestedPart;
  /** By url. */
  readonly attachments: ReadonlyMap<string, AttachmentCommitment>;
}

const noFiles: Composed["attachments"] = new Map();

/** @param timerSeconds of the room; changes of the room itself and what takes something back do not disappear */
export function compose(saying: Saying, timerSeconds: number | null): Composed {
  const expires = timerSeconds === null ? null : { relative: true, seconds: timerSeconds };
  const nothing = { replaces: null, inReplyTo: null, expires: null, attachments: noFiles };
  switch (saying.kind) {
    case "text":
      return { ...nothing, expires, inReplyTo: idOrNull(saying.replyTo), part: textPart(saying.text) };
    case "edit":
      return { ...nothing, expires, replaces: fromHex(saying.of), part: textPart(saying.text) };
    case "deletion":
      return { ...nothing, replaces: fromHex(saying.of), part: nullPart(UNSPECIFIED) };
    case "reaction":
      return {
        ...nothing,
        expires,
        replaces: idOrNull(saying.replaces),
        inReplyTo: fromHex(saying.of),
        part: { ...textPart(saying.emoji), disposition: REACTION },
      };
    case "unreaction":
      return { ...nothing, replaces: fromHex(saying.replaces), part: nullPart(REACTION) };
    case "room":
      return { ...nothing, part: roomInfoPart(saying) };
    case "file":
      return { ...nothing, expires, inReplyTo: idOrNull(saying.replyTo), ...filePart(saying) };
  }
}

function filePart({
  file,
  thumbnail,
  caption,
}: Saying & { kind: "file" }): Pick<Composed, "part" | "attachments"> {
  const parts: NestedPart[] = caption === "" ? [] : [textPart(caption)];
  if (thumbnail !== null) parts.push(externalPart(thumbnail, PREVIEW));
  const main = externalPart(file, ATTACHMENT);
  parts.push(main);
  const all = thumbnail === null ? [file] : [file, thumbnail];
  return {
    attachments: new Map(all.map((one) => [urlOf(one), one.sealed.commitment])),
    part:
      parts.length === 1
        ? main
        : { disposition: RENDER, language: "", kind: "multi", semantics: PROCESS_ALL, parts },
  };
}

export function externalPart(one: OutgoingPart, disposition: number): ExternalPart {
  return attachmentPart(one.sealed, {
    disposition,
    language: "",
    contentType: one.contentType,
    url: urlOf(one),
    expires: 0,
    description: "",
    filename: one.name,
  });
}

function urlOf({ url }: OutgoingPart): string {
  if (url === null) throw new MessengerError("file.not-found", "A file is not uploaded yet.");
  return url;
}

function nullPart(disposition: number): NestedPart {
  return { disposition, language: "", kind: "null" };
}

function idOrNull(id: string | null): Uint8Array | null {
  return id === null ? null : fromHex(id);
}
