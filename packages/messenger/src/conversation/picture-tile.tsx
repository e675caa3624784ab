import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useNames } from "../app/messenger-context.tsx";
import type { Body, Message, RoomSummary } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { PictureDialog } from "./picture-dialog.tsx";
import { PictureHelpDialog } from "./picture-help-dialog.tsx";
import { fileKind, useFile } from "./use-file.ts";

interface Props {
  message: Message;
  body: Extract<Body, { kind: "file" }>;
  room: RoomSummary;
  isCurrent: boolean;
  onReport: () => void;
}

/**
 * A picture or video in a conversation. What is to be blurred stays so until the person asks to see it; of a conversation that was
 * not accepted yet, nothing is fetched at all.
 */
export function PictureTile({ message, body, room, isCurrent, onReport }: Props) {
  const nameOf = useNames();
  const [isRevealed, setIsRevealed] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const isVideo = fileKind(body.file.contentType) === "video";
  const isRequest = room.standing === "request";
  const isVeiled = (body.file.blurred && !isRevealed && !message.own) || isRequest;
  // A video is fetched when it is played; a picture without a small one of its own is its own small one.
  const small = body.thumbnail ?? (isVideo ? null : body.file);
  const needsWhole = body.thumbnail === null;
  const preview = useFile(room.id, message.key, small, !isRequest && !(isVeiled && needsWhole));
  const what = t(isVideo ? "line.video" : "line.picture");
  const label = t(isVideo ? "picture.play" : "picture.open", { name: nameOf(message.from) });
  if (isRequest) return <p className="placeholder">{t("picture.not-fetched", { what })}</p>;
  return (
    <div className="tile" data-veiled={isVeiled || undefined}>
      {preview.kind === "open" && <img className="tile-picture" src={preview.address} alt="" />}
      {preview.kind === "failed" && <p className="tile-note">{t("picture.failed")}</p>}
      {isVeiled ? (
        <div className="tile-veil">
          <Icon name="eye-off" />
          <p>{t("picture.veiled", { what })}</p>
          <Button onPress={() => setIsRevealed(true)} icon="eye" excludeFromTabOrder={!isCurrent}>
            {t("picture.show")}
          </Button>
          <Button look="link" onPress={() => setIsAsking(true)} excludeFromTabOrder={!isCurrent}>
            {t("picture.wrong")}
          </Button>
        </div>
      ) : (
        <AriaButton
          className="tile-open"
          aria-label={label}
          excludeFromTabOrder={!isCurrent}
          onPress={() => setIsOpen(true)}
        >
          {isVideo && <span className="tile-play" aria-hidden="true" />}
        </AriaButton>
      )}
      <PictureDialog
        message={message}
        file={body.file}
        roomId={room.id}
        isOpen={isOpen}
        onClose={() => setIsOpen(false)}
        onWrong={() => {
          setIsOpen(false);
          setIsAsking(true);
        }}
      />
      <PictureHelpDialog
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onReport={() => {
          setIsAsking(false);
          onReport();
        }}
      />
    </div>
  );
}
