import type { ReportDraft } from "../client/report/types.ts";
import type { Messenger } from "../client/types.ts";

/** What a report is to be about: a conversation, and the messages from which it was asked for. */
export interface ReportSubject {
  readonly roomId: string;
  /** Empty when the whole conversation was meant: the person then marks what happened. */
  readonly messageKeys: readonly string[];
}

/**
 * A draft for what somebody wants to report. Without a message it begins around the newest one of somebody else, with nothing marked.
 *
 * @returns null if the device holds nothing of the conversation that it could prove
 */
export async function beginDraft(
  messenger: Messenger,
  { roomId, messageKeys }: ReportSubject,
): Promise<ReportDraft | null> {
  if (messageKeys.length > 0) return await messenger.draftReport(roomId, messageKeys);
  const key = await newestFromOthers(messenger, roomId);
  if (key === null) return null;
  let draft = await messenger.draftReport(roomId, [key]);
  for (const { seq, role } of draft.lines)
    if (role === "selected")
      draft = await messenger.reviseReport(draft, { kind: "role", seq, role: "context" });
  return draft;
}

/** Looks into a conversation, and leaves it as it was: open if it was open. */
async function newestFromOthers(messenger: Messenger, roomId: string): Promise<string | null> {
  const wasOpen = messenger.getRoom(roomId) !== null;
  if (!wasOpen) await messenger.openRoom(roomId);
  try {
    for (;;) {
      const view = messenger.getRoom(roomId);
      const found = view?.messages.findLast(({ own, reportable }) => !own && reportable);
      if (found !== undefined) return found.key;
      if (view?.hasOlder !== true) return null;
      await messenger.loadOlder(roomId);
    }
  } finally {
    if (!wasOpen) messenger.closeRoom(roomId);
  }
}
