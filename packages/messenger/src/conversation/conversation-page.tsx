import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useMe, useMessenger, useNames, useRoomSummary, useRoomView } from "../app/messenger-context.tsx";
import { Link } from "../app/navigation.tsx";
import { useAction } from "../app/use-action.ts";
import type { RoomSummary } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { MissingRoom } from "../rooms/room-details-page.tsx";
import { seedOf } from "../rooms/room-list.tsx";
import { peopleWords, roomTitle } from "../rooms/room-words.ts";
import { spanWords } from "../time/when.ts";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { Face } from "../ui/face.tsx";
import { Icon } from "../ui/icon.tsx";
import { usePageTitle } from "../ui/page.tsx";
import { Status } from "../ui/status.tsx";
import { Composer, type Composing } from "./composer.tsx";
import { type MessageActions, MessageList } from "./message-list.tsx";
import { RequestBanner } from "./request-banner.tsx";
import { RoomNotices } from "./room-notices.tsx";

interface Props {
  roomId: string;
  /** Opens the report sheet over the page, around these messages. */
  onReport: (messageKeys: readonly string[]) => void;
}

export function ConversationPage({ roomId, onReport }: Props) {
  const room = useRoomSummary(roomId);
  return room === null ? <MissingRoom /> : <Conversation key={roomId} room={room} onReport={onReport} />;
}

const NEW: Composing = { kind: "new" };

function Conversation({ room, onReport }: { room: RoomSummary; onReport: Props["onReport"] }) {
  const messenger = useMessenger();
  const me = useMe();
  const nameOf = useNames();
  const view = useRoomView(room.id);
  const title = roomTitle(room, me.uri, nameOf);
  const heading = usePageTitle(title);
  const field = useRef<HTMLTextAreaElement>(null);
  const [composing, setComposing] = useState<Composing>(NEW);
  const open = useAction(() => messenger.openRoom(room.id));
  const openRun = open.run;
  useEffect(() => {
    openRun();
    return () => messenger.closeRoom(room.id);
  }, [messenger, room.id, openRun]);
  const unread = room.unread;
  const read = useAction(() => messenger.markRead(room.id));
  const readRun = read.run;
  const onRead = useCallback(() => {
    if (unread > 0) readRun();
  }, [unread, readRun]);
  const isReady = view !== null;
  const toField = useCallback(() => (field.current ?? heading.current)?.focus(), [heading]);
  useEffect(() => {
    // On a phone the keyboard would cover what is to be read first.
    if (isReady && window.matchMedia("(min-width: 56rem) and (pointer: fine)").matches) toField();
  }, [isReady, toField]);
  const actions: MessageActions = useMemo(
    () => ({
      reply: (to) => setComposing({ kind: "reply", to }),
      edit: (of) => setComposing({ kind: "edit", of }),
      report: ({ key }) => onReport([key]),
    }),
    [onReport],
  );
  const toMessages = () => {
    document.querySelector<HTMLElement>('[role="feed"] [tabindex="0"][data-key]')?.focus();
  };
  return (
    <main id="main" className="conversation">
      <header className="conversation-head">
        <span className="for-phones">
          <Link
            to={{ page: "rooms" }}
            className="icon-button icon-button-round"
            label={t("conversation.back")}
          >
            <Icon name="back" />
          </Link>
        </span>
        <Face seed={seedOf(room, me.uri)} name={title} isGroup={room.kind === "group"} />
        <div className="conversation-title">
          <h1 ref={heading} tabIndex={-1}>
            <bdi>{title}</bdi>
          </h1>
          <p className="hint">{aboutRoom(room)}</p>
        </div>
        <Link
          to={{ page: "details", roomId: room.id }}
          className="icon-button icon-button-round"
          label={t("conversation.details")}
        >
          <Icon name="more" />
        </Link>
      </header>
      <ErrorNotice error={open.error} />
      {view === null ? (
        <div className="messages-frame" />
      ) : (
        <MessageList
          room={room}
          view={view}
          title={title}
          actions={actions}
          onRead={onRead}
          onLeave={toField}
        >
          {!view.hasOlder && (
            <p className="conversation-start">
              <Icon name="lock" />
              {t("conversation.start")}
            </p>
          )}
        </MessageList>
      )}
      <div className="conversation-foot">
        <RoomNotices room={room} onReport={() => onReport([])} />
        <Foot room={room} onReport={() => onReport([])}>
          <Composer
            key={composing.kind === "edit" ? composing.of.key : "new"}
            roomId={room.id}
            title={title}
            composing={composing}
            onDone={() => setComposing(NEW)}
            onUp={toMessages}
            field={field}
          />
        </Foot>
      </div>
    </main>
  );
}

function aboutRoom(room: RoomSummary): string {
  const parts = [
    room.kind === "group" ? t("conversation.people", { count: room.members.length }) : t("conversation.two"),
  ];
  if (room.timerSeconds !== null) parts.push(t("conversation.timer", { span: spanWords(room.timerSeconds) }));
  return parts.join(" \u00B7 ");
}

interface FootProps {
  room: RoomSummary;
  onReport: () => void;
  /** Where one writes, for conversations in which one can. */
  children: React.ReactNode;
}

function Foot({ room, onReport, children }: FootProps) {
  const nameOf = useNames();
  const me = useMe();
  const isAlone = room.members.every((uri) => uri === me.uri);
  switch (room.standing) {
    case "request":
      return <RequestBanner room={room} onReport={onReport} />;
    case "left":
    case "removed":
      return <p className="conversation-over">{t(`conversation.${room.standing}`)}</p>;
    case "joining":
    case "member":
      return (
        <>
          {room.asked.length > 0 && (
            <Status look="over">
              {t(isAlone ? "conversation.asked-alone" : "conversation.asked", {
                names: peopleWords(room.asked.map(nameOf)),
              })}
            </Status>
          )}
          {children}
        </>
      );
  }
}
