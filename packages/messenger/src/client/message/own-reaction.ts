import type { ReadLine } from "../conversation/fold.ts";

/**
 * Our reaction to a message as it stands: its MessageId in hex, null if there is none.
 *
 * @param lines of the room, oldest first
 * @param id of the message's first version
 */
export function ownReaction(lines: readonly ReadLine[], own: string, id: string): string | null {
  let current: string | null = null;
  for (const { record, meaning } of lines) {
    if (record.kind !== "message" || record.senderUri !== own) continue;
    if (meaning?.kind === "reaction" && record.about === id) current = record.messageId;
    if (meaning?.kind === "unreaction" && meaning.of === current) current = null;
  }
  return current;
}
