import { foldConversation, type Onlooker, type PendingLine } from "../conversation/fold.ts";
import type { Model } from "../model/model.ts";
import type { LineCache } from "../model/lines.ts";
import { meaningOfSaying } from "../message/saying.ts";
import type { Message, RoomView } from "../state.ts";
import { keepEach } from "./keep.ts";

/** Who looks at a conversation, and how. */
export function onlookerOf(model: Model): Onlooker {
  const people = [...model.all("people").values()];
  return {
    uri: model.all("device").get("self")?.uri ?? "",
    blocked: new Set(people.filter(({ blocked }) => blocked).map(({ uri }) => uri)),
    trusted: new Set(people.filter(({ trusted }) => trusted).map(({ uri }) => uri)),
    blurPictures: model.fact("settings")?.blurPictures ?? false,
  };
}

/** The loaded part of a room's conversation, with what waits to be sent behind it. */
export function messagesOf(
  model: Model,
  cache: LineCache,
  roomId: string,
  before?: readonly Message[],
): readonly Message[] {
  const lines = cache.of(roomId)?.lines ?? [];
  const messages = foldConversation(lines, pendingIn(model, roomId), onlookerOf(model));
  return keepEach(before, messages, ({ key }) => key);
}

/** @param firstUnread as it was when the room was opened */
export function roomViewOf(
  { model, cache }: { model: Model; cache: LineCache },
  roomId: string,
  firstUnread: string | null,
  before: RoomView | null,
): RoomView {
  const messages = messagesOf(model, cache, roomId, before?.messages);
  const hasOlder = cache.of(roomId)?.hasOlder ?? false;
  if (
    before !== null &&
    before.messages === messages &&
    before.hasOlder === hasOlder &&
    before.firstUnread === firstUnread
  )
    return before;
  return { roomId, messages, hasOlder, firstUnread };
}

function pendingIn(model: Model, roomId: string): readonly PendingLine[] {
  const timer = model.all("rooms").get(roomId)?.timerSeconds ?? null;
  const found: PendingLine[] = [];
  for (const item of model.all("outbox").values()) {
    if (item.kind !== "message" || item.roomId !== roomId) continue;
    const { id, at, saying, failed, accepted } = item;
    found.push({
      key: id,
      at,
      meaning: meaningOfSaying(saying),
      delivery: failed !== null ? "failed" : accepted ? "sent" : "sending",
      disappearing: timer !== null && saying.kind !== "room",
    });
  }
  return found;
}
