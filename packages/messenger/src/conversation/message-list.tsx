import { type ReactNode, useEffect } from "react";
import { useMessenger } from "../app/messenger-context.tsx";
import { useAction } from "../app/use-action.ts";
import type { Message, RoomSummary, RoomView } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { linesOf } from "./lines.ts";
import { MessageLine } from "./message-line.tsx";
import { useRoving } from "./use-roving.ts";
import { useStayDown } from "./use-stay-down.ts";

export interface MessageActions {
  reply: (message: Message) => void;
  edit: (message: Message) => void;
  report: (message: Message) => void;
}

interface Props {
  room: RoomSummary;
  view: RoomView;
  title: string;
  actions: MessageActions;
  /** The person has come to the end: what is there has been read. */
  onRead: () => void;
  /** Esc leaves the list. */
  onLeave: () => void;
  children?: ReactNode;
}

/** How near to the top, in pixels, older messages are fetched. */
const NEAR_TOP = 240;

/** The messages of a conversation: one Tab stop, arrow keys between messages, Return for what can be done with one. */
export function MessageList({ room, view, title, actions, onRead, onLeave, children }: Props) {
  const messenger = useMessenger();
  const { messages, firstUnread, hasOlder } = view;
  const keys = messages.map(({ key }) => key);
  const { list, current, onFocus, onKeyDown, focus } = useRoving(keys, "last");
  const { box, isAway, isNear, toEnd, onScroll } = useStayDown(messages, firstUnread);
  const older = useAction(() => messenger.loadOlder(room.id));
  useEffect(() => {
    const read = () => {
      if (document.visibilityState === "visible" && document.hasFocus() && messages.length > 0 && isNear())
        onRead();
    };
    read();
    window.addEventListener("focus", read);
    document.addEventListener("visibilitychange", read);
    return () => {
      window.removeEventListener("focus", read);
      document.removeEventListener("visibilitychange", read);
    };
  }, [messages, isNear, onRead]);
  const look = () => {
    onScroll();
    if (isNear()) onRead();
    if (hasOlder && (box.current?.scrollTop ?? NEAR_TOP) < NEAR_TOP) older.run();
  };
  return (
    <div className="messages-frame">
      <div className="messages" ref={box} onScroll={look}>
        {hasOlder && (
          <p className="messages-older">
            <Button look="link" onPress={() => older.run()} isDisabled={older.isBusy}>
              {t("conversation.older")}
            </Button>
          </p>
        )}
        {children}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- WAI-ARIA's feed: keys move between its articles */}
        <div
          role="feed"
          aria-label={t("conversation.messages", { title })}
          ref={list}
          onKeyDown={(event) => {
            if (event.key === "Escape" && event.currentTarget.contains(event.target as Node)) onLeave();
            onKeyDown(event);
          }}
        >
          {linesOf(messages, firstUnread).map((line, index) => (
            <MessageLine
              key={line.message.key}
              line={line}
              room={room}
              isCurrent={line.message.key === current}
              place={{ at: index + 1, of: hasOlder ? -1 : messages.length }}
              onFocus={onFocus}
              onGoTo={(key) => keys.includes(key) && focus(key)}
              actions={actions}
            />
          ))}
        </div>
      </div>
      {isAway && (
        <p className="messages-down">
          <Button onPress={toEnd}>
            {room.unread > 0 ? t("conversation.new-below", { count: room.unread }) : t("conversation.to-end")}
          </Button>
        </p>
      )}
    </div>
  );
}
