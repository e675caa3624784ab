import { meaningOf } from "../message/meaning.ts";
import type { LineRecord } from "../store/records.ts";
import { decodeContent } from "@fairlead/franking";

/** Names of the files that a line's message points to, as far as its opening is open. */
export function rootsOf(line: LineRecord): readonly string[] {
  if (line.kind !== "message" || line.refused !== null || line.opening.state !== "open") return [];
  return rootsIn(line.opening.content);
}

export function rootsIn(content: Uint8Array): readonly string[] {
  const meaning = meaningOf(decodeContent(content));
  if (meaning.kind !== "file") return [];
  return meaning.thumbnail === null ? [meaning.file.root] : [meaning.file.root, meaning.thumbnail.root];
}
