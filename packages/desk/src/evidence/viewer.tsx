import { useEffect, useState } from "react";
import type { EvidenceView, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { ConversationView } from "../origin/conversation-view.tsx";
import { isAbout } from "../origin/origin-words.ts";
import { evidenceName } from "../report/claim-words.ts";
import { Button } from "../ui/button.tsx";
import { byteSize } from "./byte-size.ts";
import { contentKind } from "./content-kind.ts";
import { saveFile } from "./save-file.ts";
import { Picture } from "./picture.tsx";

export interface OpenedContent {
  blob: Blob;
  purpose: string;
}

interface Props {
  content: OpenedContent;
  evidence: EvidenceView;
  /** The report that it belongs to. */
  view: ReportView;
  onClose: () => void;
}

/** Opened evidence. Its bytes live in one blob, which is dropped when the dialog closes. */
export function Viewer({ content, evidence, view, onClose }: Props) {
  const { blob } = content;
  const name = evidenceName(evidence);
  const kind = evidence.kind === "message-bundle" ? "conversation" : contentKind(blob.type, blob.size);
  const saving = <Saving blob={blob} name={name} />;
  return (
    <div className="viewer">
      {kind === "picture" && <Picture blob={blob} name={name} />}
      {kind === "text" && <PlainText blob={blob} />}
      {kind === "conversation" && (
        <ConversationView
          blob={blob}
          attested={view.proofs.find((proof) => isAbout(proof, evidence.id))?.attested}
          evidence={view.evidence}
          otherwise={saving}
        />
      )}
      {kind === "file" && saving}
      <div className="buttons">
        <Button onPress={onClose}>{t("viewer.close")}</Button>
        <span className="hint">{t("viewer.escape")}</span>
      </div>
    </div>
  );
}

function Saving({ blob, name }: { blob: Blob; name: string }) {
  return (
    <div className="interruption">
      <p>{t("viewer.file", { size: byteSize(blob.size) })}</p>
      <p>{t("viewer.file-warning")}</p>
      <p>
        <Button onPress={() => saveFile(blob, name)}>{t("viewer.save")}</Button>
      </p>
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
