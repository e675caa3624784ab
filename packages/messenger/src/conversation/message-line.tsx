import { type KeyboardEvent, type MouseEvent, useRef, useState } from "react";
import { useNames } from "../app/messenger-context.tsx";
import type { RoomSummary } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { bodyWords } from "../rooms/room-words.ts";
import { useNow } from "../time/now.tsx";
import { dayLabel } from "../time/when.ts";
import { Face } from "../ui/face.tsx";
import { isNote, type Line } from "./lines.ts";
import { lineLabel } from "./line-label.ts";
import { MessageBody } from "./message-body.tsx";
import { MessageFoot } from "./message-foot.tsx";
import type { MessageActions } from "./message-list.tsx";
import { MessageMenu } from "./message-menu.tsx";
import { Reactions } from "./reactions.tsx";

interface Props {
  line: Line;
  room: RoomSummary;
  isCurrent: boolean;
  place: { at: number; of: number };
  onFocus: (key: string) => void;
  onGoTo: (key: string) => void;
  actions: MessageActions;
}

/** One message, as an article of the conversation. */
export function MessageLine({ line, room, isCurrent, place, onFocus, onGoTo, actions }: Props) {
  const { message, startsDay, startsUnread, startsTurn } = line;
  const nameOf = useNames();
  const now = useNow();
  const article = useRef<HTMLElement>(null);
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const note = isNote(message);
  const name = nameOf(message.from);
  const openMenu = (event: KeyboardEvent | MouseEvent) => {
    event.preventDefault();
    setIsMenuOpen(true);
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an article of WAI-ARIA's feed has the focus and opens its menu
    <article
      ref={article}
      className={`line ${note ? "line-note" : message.own ? "line-own" : "line-other"}${startsTurn ? " line-turn" : ""}`}
      data-key={message.key}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the articles of a feed are its Tab stops
      tabIndex={isCurrent ? 0 : -1}
      aria-label={note ? bodyWords(message.body, message.from, nameOf) : lineLabel(message, nameOf)}
      aria-posinset={place.at}
      aria-setsize={place.of}
      onFocus={() => onFocus(message.key)}
      onContextMenu={(event) => !note && openMenu(event)}
      onKeyDown={(event) => {
        if (event.target === article.current && event.key === "Enter" && !note) openMenu(event);
      }}
    >
      {startsDay && <p className="day">{dayLabel(message.at, now)}</p>}
      {startsUnread && <p className="new-here">{t("conversation.new-here")}</p>}
      {note ? (
        <p className="note">{bodyWords(message.body, message.from, nameOf)}</p>
      ) : (
        <div className="line-row">
          {!message.own && (
            <span className="line-face">
              {startsTurn && <Face seed={message.from} name={name} size="small" />}
            </span>
          )}
          <div className="bubble-and-marks">
            <div className="bubble" data-kind={message.body.kind}>
              <bdi
                className={
                  startsTurn && !message.own && room.kind === "group" ? "bubble-name" : "visually-hidden"
                }
              >
                {name}
              </bdi>
              {message.replyTo !== null && (
                <button
                  type="button"
                  className="quote"
                  tabIndex={isCurrent ? 0 : -1}
                  onClick={() => message.replyTo !== null && onGoTo(message.replyTo.key)}
                >
                  <span className="visually-hidden">{t("conversation.in-reply")} </span>
                  {message.replyTo.from !== null && (
                    <bdi className="quote-name">{nameOf(message.replyTo.from)}</bdi>
                  )}
                  <bdi className="quote-text">{message.replyTo.excerpt ?? t("conversation.reply-gone")}</bdi>
                </button>
              )}
              <div className="bubble-body">
                <MessageBody
                  message={message}
                  room={room}
                  isCurrent={isCurrent}
                  onReport={() => actions.report(message)}
                />
              </div>
              <MessageFoot message={message} roomId={room.id} isCurrent={isCurrent} />
            </div>
            <Reactions message={message} room={room} isCurrent={isCurrent} />
          </div>
          <MessageMenu
            message={message}
            room={room}
            isCurrent={isCurrent}
            isOpen={isMenuOpen}
            onOpenChange={setIsMenuOpen}
            actions={actions}
            onClosed={() => article.current?.focus()}
          />
        </div>
      )}
    </article>
  );
}
