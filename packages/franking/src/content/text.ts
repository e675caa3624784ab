import type { NestedPart } from "./types.ts";

/** draft-ietf-mimi-content, section 4.4: render. */
export const RENDER = 1;
export const ATTACHMENT = 6;
/** draft-ietf-mimi-content, section 7.1: every client must be able to receive this one. */
export const PLAIN_TEXT = "text/plain;charset=utf-8";

/** A part of plain text to be shown. `language` is a list of BCP 47 tags or empty. */
export function textPart(text: string, language = ""): NestedPart {
  return {
    disposition: RENDER,
    language,
    kind: "single",
    contentType: PLAIN_TEXT,
    content: new TextEncoder().encode(text),
  };
}
