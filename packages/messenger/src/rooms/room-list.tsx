import { useMessengerState, useNames } from "../app/messenger-context.tsx";
import { Link } from "../app/navigation.tsx";
import type { RoomSummary } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { useNow } from "../time/now.tsx";
import { listTime } from "../time/when.ts";
import { Face } from "../ui/face.tsx";
import { Icon } from "../ui/icon.tsx";
import { When } from "../ui/when.tsx";
import { previewWords, roomTitle } from "./room-words.ts";

/** Every conversation, the newest first: with whom, what was said last, and what is new. */
export function RoomList({ currentId }: { currentId: string | null }) {
  const { rooms } = useMessengerState();
  if (rooms.length === 0)
    return (
      <div className="rooms-empty">
        <p>{t("rooms.empty")}</p>
        <p>
          <Link to={{ page: "new" }}>{t("rooms.empty-do")}</Link>
        </p>
      </div>
    );
  return (
    <ul className="rooms" aria-label={t("rooms.label")}>
      {rooms.map((room) => (
        <li key={room.id}>
          <RoomLine room={room} isCurrent={room.id === currentId} />
        </li>
      ))}
    </ul>
  );
}

function RoomLine({ room, isCurrent }: { room: RoomSummary; isCurrent: boolean }) {
  const { me } = useMessengerState();
  const nameOf = useNames();
  const now = useNow();
  const title = roomTitle(room, me?.uri ?? "", nameOf);
  const isRequest = room.standing === "request";
  return (
    <Link to={{ page: "room", roomId: room.id }} className="room-line" isCurrent={isCurrent}>
      <Face seed={seedOf(room, me?.uri)} name={title} isGroup={room.kind === "group"} />
      <span className="room-line-words">
        <span className="room-line-top">
          <bdi className="room-line-title">{title}</bdi>
          <When at={room.activeAt} text={listTime(room.activeAt, now)} />
        </span>
        <span className="room-line-bottom">
          <bdi className={`room-line-preview${room.unread > 0 ? " room-line-new" : ""}`}>
            {previewOf(room, nameOf)}
          </bdi>
          {room.timerSeconds !== null && (
            <span className="room-line-mark">
              <Icon name="clock" />
              <span className="visually-hidden">{t("rooms.timer-on")}</span>
            </span>
          )}
          {room.unread > 0 && !isRequest && (
            <span className="unread">
              {room.unread > 99 ? t("rooms.unread-many") : room.unread}{" "}
              <span className="visually-hidden">{t("rooms.unread", { count: room.unread })}</span>
            </span>
          )}
        </span>
      </span>
    </Link>
  );
}

function previewOf(room: RoomSummary, nameOf: (uri: string) => string): string {
  switch (room.standing) {
    case "request":
      return t("rooms.request");
    case "joining":
      return t("rooms.joining");
    case "left":
      return t("rooms.left");
    case "removed":
      return t("rooms.removed");
    case "member":
      return room.latest === null ? t("rooms.nothing-yet") : previewWords(room.latest, room.kind, nameOf);
  }
}

/** A direct conversation has the colour of the other person. */
export function seedOf(room: RoomSummary, me: string | undefined): string {
  return room.kind === "group" ? room.id : (room.members.find((uri) => uri !== me) ?? room.id);
}
