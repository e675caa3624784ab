import type { Context } from "../context.ts";
import { deviceOf } from "../context.ts";
import type { LineCache } from "../model/lines.ts";
import type { Messenger } from "../types.ts";
import * as actions from "./actions.ts";
import { ownReaction } from "./own-reaction.ts";

type MessageActions = Pick<
  Messenger,
  "sendText" | "editMessage" | "deleteMessage" | "react" | "retry" | "discard" | "markRead"
>;

/** The actions on messages, by the keys that a page knows them by. */
export function messageActions(context: Context, cache: LineCache): MessageActions {
  const find = async (roomId: string, key: string) =>
    (await actions.targetOf(context, cache, roomId, key)).target;
  return {
    async sendText(roomId, text, replyTo) {
      const to = replyTo === undefined ? null : actions.idOf(await find(roomId, replyTo));
      await actions.sendText(context, roomId, text, to);
    },
    editMessage: async (roomId, key, text) =>
      await actions.editMessage(context, roomId, await find(roomId, key), text),
    deleteMessage: async (roomId, key) =>
      await actions.deleteMessage(context, roomId, await find(roomId, key)),
    async react(roomId, key, emoji) {
      const target = await find(roomId, key);
      const lines = cache.of(roomId)?.lines ?? [];
      const current = ownReaction(lines, deviceOf(context).uri, actions.idOf(target));
      await actions.react(context, roomId, target, { emoji, current });
    },
    retry: (_roomId, key) => actions.retry(context, key),
    discard: (_roomId, key) => actions.discard(context, key),
    markRead: (roomId) => actions.markRead(context, roomId),
  };
}
