import type { Message } from "../client/state.ts";
import { isSameDay } from "../time/when.ts";

/** A message with what stands around it. */
export interface Line {
  readonly message: Message;
  /** The first of its day: the day is named above it. */
  readonly startsDay: boolean;
  /** Where reading goes on. */
  readonly startsUnread: boolean;
  /** The first of several by the same person in one go: it carries their name. */
  readonly startsTurn: boolean;
}

/** Whoever writes again within five minutes is still speaking. */
const TURN_MS = 5 * 60_000;

/** Works out which messages begin a day, a turn, or what is new. */
export function linesOf(messages: readonly Message[], firstUnread: string | null): readonly Line[] {
  return messages.map((message, index) => {
    const before = messages[index - 1];
    const startsDay = before === undefined || !isSameDay(before.at, message.at);
    const startsUnread = message.key === firstUnread && index > 0;
    return {
      message,
      startsDay,
      startsUnread,
      startsTurn:
        startsDay ||
        startsUnread ||
        before.from !== message.from ||
        isNote(before) ||
        message.at - before.at > TURN_MS,
    };
  });
}

/** What happened in the conversation, rather than what somebody said. */
export function isNote({ body }: Message): boolean {
  return body.kind === "room" || body.kind === "members" || body.kind === "device" || body.kind === "missing";
}

/** One to three emoji and nothing else: they are drawn large. */
export function isOnlyEmoji(text: string): boolean {
  const letters = [...new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text.trim())];
  return (
    letters.length > 0 &&
    letters.length <= 3 &&
    letters.every(({ segment }) => /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(segment))
  );
}

export type TextPiece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "link"; readonly href: string; readonly text: string };

const LINK = /https?:\/\/[^\s<>"']+/gi;

/** Text with its web addresses apart. What ends a sentence does not belong to an address. */
export function piecesOf(text: string): readonly TextPiece[] {
  const pieces: TextPiece[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const found = match[0].replace(/[.,;:!?)\]}'"\u2019\u201d]+$/, "");
    if (!URL.canParse(found)) continue;
    if (match.index > end) pieces.push({ kind: "text", text: text.slice(end, match.index) });
    pieces.push({ kind: "link", href: found, text: found });
    end = match.index + found.length;
  }
  if (end < text.length) pieces.push({ kind: "text", text: text.slice(end) });
  return pieces;
}
