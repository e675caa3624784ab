import { useEffect, useState } from "react";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { byteSize } from "./byte-size.ts";
import { contentKind } from "./content-kind.ts";
import { saveFile } from "./save-file.ts";
import { Picture } from "./picture.tsx";

export interface OpenedContent {
  blob: Blob;
  purpose: string;
}

/** Opened evidence. Its bytes live in one blob, which is dropped when the dialog closes. */
export function Viewer({
  content,
  name,
  onClose,
}: {
  content: OpenedContent;
  name: string;
  onClose: () => void;
}) {
  const { blob } = content;
  const kind = contentKind(blob.type, blob.size);
  return (
    <div className="viewer">
      {kind === "picture" && <Picture blob={blob} name={name} />}
      {kind === "text" && <PlainText blob={blob} />}
      {kind === "file" && (
        <div className="interruption">
          <p>{t("viewer.file", { size: byteSize(blob.size) })}</p>
          <p>{t("viewer.file-warning")}</p>
          <p>
            <Button onPress={() => saveFile(blob, name)}>{t("viewer.save")}</Button>
          </p>
        </div>
      )}
      <div className="buttons">
        <Button onPress={onClose}>{t("viewer.close")}</Button>
        <span className="hint">{t("viewer.escape")}</span>
      </div>
    </div>
  );
}

function PlainText({ blob }: { blob: Blob }) {
  const [text, setText] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    void blob.text().then((read) => isCurrent && setText(read));
    return () => {
      isCurrent = false;
    };
  }, [blob]);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard
    <pre className="long-text" tabIndex={0}>
      {text ?? t("common.loading")}
    </pre>
  );
}
