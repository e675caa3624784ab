import { useEffect, useRef, useState } from "react";
import type { FileView, Message, RoomSummary } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { errorWords } from "../ui/error-notice.tsx";
import { byteSize } from "./byte-size.ts";
import { useFile } from "./use-file.ts";

interface Props {
  message: Message;
  file: FileView;
  room: RoomSummary;
  isCurrent: boolean;
}

/** A file that is neither picture nor video: its name, its size, and the way to keep it. */
export function FileTile({ message, file, room, isCurrent }: Props) {
  const [isWanted, setIsWanted] = useState(false);
  const opened = useFile(room.id, message.key, file, isWanted);
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    if (opened.kind === "open") link.current?.focus();
  }, [opened.kind]);
  return (
    <div className="file">
      <bdi className="file-name">{file.name}</bdi>
      <span className="hint-inline">{byteSize(file.size)}</span>
      {room.standing === "request" ? null : opened.kind === "open" ? (
        <a
          ref={link}
          className="button button-plain"
          href={opened.address}
          download={file.name}
          tabIndex={isCurrent ? 0 : -1}
        >
          {t("file.save")}
        </a>
      ) : (
        <Button
          onPress={() => setIsWanted(true)}
          isDisabled={opened.kind === "opening"}
          excludeFromTabOrder={!isCurrent}
        >
          {opened.kind === "opening" ? t("picture.opening") : t("file.fetch")}
        </Button>
      )}
      {opened.kind === "failed" && <p className="field-problem">{errorWords(opened.error)}</p>}
    </div>
  );
}
