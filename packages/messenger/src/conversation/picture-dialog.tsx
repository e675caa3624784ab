import { useNames } from "../app/messenger-context.tsx";
import type { FileView, Message } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { dayAndTime } from "../time/when.ts";
import { Button } from "../ui/button.tsx";
import { AppDialog } from "../ui/dialog.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { fileKind, useFile } from "./use-file.ts";
import { Status } from "../ui/status.tsx";

interface Props {
  message: Message;
  file: FileView;
  roomId: string;
  isOpen: boolean;
  onClose: () => void;
  onWrong: () => void;
}

/** One picture or video, as large as the screen lets it be. */
export function PictureDialog({ message, file, roomId, isOpen, onClose, onWrong }: Props) {
  const nameOf = useNames();
  const opened = useFile(roomId, message.key, file, isOpen);
  const isVideo = fileKind(file.contentType) === "video";
  const what = t(isVideo ? "line.video" : "line.picture");
  const description = t("picture.from", { what, name: nameOf(message.from), at: dayAndTime(message.at) });
  return (
    <AppDialog title={description} isOpen={isOpen} onClose={onClose} look="picture">
      {opened.kind === "opening" && <Status>{t("picture.opening")}</Status>}
      {opened.kind === "failed" && <ErrorNotice error={opened.error} />}
      {opened.kind === "open" &&
        (isVideo ? (
          // oxlint-disable-next-line jsx-a11y/media-has-caption -- what one person films for another comes without captions
          <video className="whole-picture" src={opened.address} controls autoPlay={false} />
        ) : (
          <img className="whole-picture" src={opened.address} alt={description} />
        ))}
      <div className="buttons">
        {opened.kind === "open" && (
          <a className="button button-plain" href={opened.address} download={file.name}>
            {t("picture.keep")}
          </a>
        )}
        {!message.own && (
          <Button look="link" onPress={onWrong}>
            {t("picture.wrong")}
          </Button>
        )}
      </div>
    </AppDialog>
  );
}
