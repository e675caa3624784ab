/** Digits of a room's message number in a key. 2^53 has sixteen. */
const width = 16;

/** Key of a message in `lines`: rooms apart, then by number. */
export function messageKey(roomId: string, seq: number): string {
  return `${roomId}/${digits(seq)}`;
}

/** Key of a remark: after the message `seq`, before the next. */
export function remarkKey(roomId: string, seq: number, count: number): string {
  return `${messageKey(roomId, seq)}/${digits(count)}`;
}

/** All lines of a room, or those from message `from` on, up to and with everything that follows message `to`. */
export function linesOf(roomId: string, from = 0, to?: number): { from: string; to: string } {
  return {
    from: messageKey(roomId, from),
    to: to === undefined ? `${roomId}/~` : `${messageKey(roomId, to)}/~`,
  };
}

export function messageIdKey(roomId: string, messageId: string): string {
  return `${roomId}/${messageId}`;
}

/** Sorts by time, so that the first is due first. */
export function dueKey(at: number, line: string): string {
  return `${digits(Math.max(0, at))}/${line}`;
}

export function dueAt(key: string): number {
  return Number(key.slice(0, width));
}

export function outboxKey(count: number): string {
  return digits(count);
}

function digits(value: number): string {
  return String(value).padStart(width, "0");
}
