import type { Message, RoomSummary } from "../client/state.ts";
import { useNames } from "../app/messenger-context.tsx";
import { Link } from "../app/navigation.tsx";
import { t } from "../messages/catalogue.ts";
import { bodyWords } from "../rooms/room-words.ts";
import { dayAndTime } from "../time/when.ts";
import { Icon } from "../ui/icon.tsx";
import { FileTile } from "./file-tile.tsx";
import { isOnlyEmoji, piecesOf } from "./lines.ts";
import { PictureTile } from "./picture-tile.tsx";
import { fileKind } from "./use-file.ts";

interface Props {
  message: Message;
  room: RoomSummary;
  isCurrent: boolean;
  onReport: () => void;
}

/** What somebody said or sent, or what stands in its place. */
export function MessageBody({ message, room, isCurrent, onReport }: Props) {
  const nameOf = useNames();
  const { body } = message;
  switch (body.kind) {
    case "text":
      return <SaidText text={body.text} isCurrent={isCurrent} />;
    case "file":
      return (
        <>
          {fileKind(body.file.contentType) === "other" ? (
            <FileTile message={message} file={body.file} room={room} isCurrent={isCurrent} />
          ) : (
            <PictureTile
              message={message}
              body={body}
              room={room}
              isCurrent={isCurrent}
              onReport={onReport}
            />
          )}
          {body.caption !== "" && <SaidText text={body.caption} isCurrent={isCurrent} />}
        </>
      );
    case "deleted":
    case "disappeared":
      return (
        <p className="placeholder">
          <Icon name={body.kind === "deleted" ? "trash" : "clock"} />
          <span>
            {bodyWords(body, message.from, nameOf)}
            {body.until !== null && !message.own && (
              <span className="placeholder-more">
                {t("conversation.still-reportable", { until: dayAndTime(body.until) })}
              </span>
            )}
          </span>
        </p>
      );
    case "unverifiable":
      return (
        <p className="placeholder">
          <Icon name="shield" />
          <span>
            {t("line.unverifiable")}
            <span className="placeholder-more">
              {t("conversation.unverifiable-more")}{" "}
              <Link to={{ page: "about" }}>{t("conversation.unverifiable-why")}</Link>
            </span>
            <span className="placeholder-more">
              {t("conversation.unverifiable-code", { code: body.code })}
            </span>
          </span>
        </p>
      );
    default:
      return <p className="placeholder">{bodyWords(body, message.from, nameOf)}</p>;
  }
}

/** Text as it was written, with its line breaks, its direction and its addresses. */
export function SaidText({ text, isCurrent }: { text: string; isCurrent: boolean }) {
  return (
    <p className={isOnlyEmoji(text) ? "said said-emoji" : "said"} dir="auto">
      {piecesOf(text).map((piece, index) =>
        piece.kind === "text" ? (
          piece.text
        ) : (
          <a
            // oxlint-disable-next-line react/no-array-index-key -- the pieces of one text never change places
            key={index}
            href={piece.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            tabIndex={isCurrent ? 0 : -1}
          >
            {piece.text}
          </a>
        ),
      )}
    </p>
  );
}
