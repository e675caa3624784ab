import { useEffect, useRef } from "react";
import { t } from "../messages/catalogue.ts";
import { bodyWords, roomTitle } from "../rooms/room-words.ts";
import { useAnnounce } from "./announcer.tsx";
import { useMessengerState, useNames } from "./messenger-context.tsx";
import { useRoute } from "./navigation.tsx";

/** Says what comes in: the words themselves in the open conversation, only where it was elsewhere. Says nothing of what was there. */
export function News() {
  const { rooms, me } = useMessengerState();
  const nameOf = useNames();
  const announce = useAnnounce();
  const route = useRoute();
  const openId = route.page === "room" ? route.roomId : null;
  const seen = useRef<Map<string, string | null> | null>(null);
  useEffect(() => {
    const before = seen.current;
    seen.current = new Map(rooms.map(({ id, latest }) => [id, latest?.key ?? null]));
    if (before === null) return;
    for (const room of rooms) {
      const { id, latest } = room;
      if (latest === null || latest.own || before.get(id) === latest.key || room.standing === "request")
        continue;
      announce(
        id === openId
          ? t("conversation.news", {
              name: nameOf(latest.from),
              said: bodyWords(latest.body, latest.from, nameOf),
            })
          : t("conversation.news-elsewhere", { title: roomTitle(room, me?.uri ?? "", nameOf) }),
      );
    }
  }, [rooms, me, nameOf, announce, openId]);
  return null;
}
