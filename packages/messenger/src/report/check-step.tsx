import { useEffect, useState } from "react";
import { useMessenger, useNames, useVoice } from "../app/messenger-context.tsx";
import { useAction } from "../app/use-action.ts";
import type { ReportDraft, ReportPreview } from "../client/report/types.ts";
import type { Receipt } from "../client/state.ts";
import { say, t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { When } from "../ui/when.tsx";
import { categoryWords } from "./categories.ts";
import { lineWords } from "./line-words.ts";
import { WhatNext } from "./what-next.tsx";
import { Status } from "../ui/status.tsx";

interface Props {
  draft: ReportDraft;
  onBack: () => void;
  onSent: (receipt: Receipt) => void;
  onBusy: (isBusy: boolean) => void;
  onClose: () => void;
}

/** Exactly what would be shown, to whom, and what stays; then the one button that sends. */
export function CheckStep({ draft, onBack, onSent, onBusy, onClose }: Props) {
  const messenger = useMessenger();
  const voice = useVoice();
  const [preview, setPreview] = useState<ReportPreview>();
  const look = useAction(async () => setPreview(await messenger.previewReport(draft)));
  const lookRun = look.run;
  useEffect(() => lookRun(), [lookRun]);
  const send = useAction(async () => {
    if (preview !== undefined) onSent(await messenger.sendReport(preview));
  });
  useEffect(() => onBusy(send.isBusy), [send.isBusy, onBusy]);
  return (
    <>
      <p>{say(voice, "report.check.lead")}</p>
      {preview === undefined ? (
        look.error === undefined && <Status>{t("report.gathering")}</Status>
      ) : (
        <>
          <Shown preview={preview} />
          <Facts preview={preview} />
          <WhatNext hub={preview.recipient.hub} />
        </>
      )}
      <ErrorNotice error={look.error ?? send.error} />
      <div className="buttons report-buttons">
        <Button
          look="primary"
          icon="send"
          onPress={() => send.run()}
          isDisabled={preview === undefined || send.isBusy}
        >
          {send.isBusy ? t("report.sending") : t("report.send")}
        </Button>
        <Button onPress={onBack} isDisabled={send.isBusy}>
          {t("common.back")}
        </Button>
        <Button look="link" onPress={onClose} isDisabled={send.isBusy}>
          {t("report.stop")}
        </Button>
      </div>
    </>
  );
}

function Shown({ preview }: { preview: ReportPreview }) {
  const voice = useVoice();
  const nameOf = useNames();
  const { draft, recipient } = preview;
  return (
    <section className="check-part" aria-labelledby="check-shown">
      <h3 id="check-shown">{t("report.check.shown", { hub: recipient.hub })}</h3>
      <p>
        {t("report.check.category")} <strong>{categoryWords(voice, draft.category ?? "")}</strong>
      </p>
      <ol className="check-lines">
        {draft.lines.map((line) => (
          <li key={line.seq} data-role={line.role}>
            {line.role === "withheld" ? (
              <span className="check-kept">{t("report.check.one-kept")}</span>
            ) : (
              <>
                <bdi className="check-who">
                  {line.from === null ? t("report.somebody") : nameOf(line.from)}
                </bdi>{" "}
                {line.at !== null && <When at={line.at} />}
                <span className="check-what" dir="auto">
                  {lineWords(line, nameOf)}
                </span>
                {line.files
                  .filter(({ isThumbnail }) => !isThumbnail)
                  .map(({ root, mode }) => (
                    <span key={root} className="tag">
                      {t(`report.check.file-${mode}`)}
                    </span>
                  ))}
              </>
            )}
          </li>
        ))}
      </ol>
      {draft.note !== "" && (
        <p>
          {t("report.check.note")} <q dir="auto">{draft.note}</q>
        </p>
      )}
    </section>
  );
}

function Facts({ preview }: { preview: ReportPreview }) {
  return (
    <section className="check-part" aria-labelledby="check-along">
      <h3 id="check-along">{t("report.check.along")}</h3>
      <ul>
        {preview.alsoSent.map((code) => (
          <li key={code}>{t(`report.along.${code}`)}</li>
        ))}
      </ul>
      <h3>{t("report.check.stays")}</h3>
      <ul>
        {preview.notSent.map((code) => (
          <li key={code}>{t(`report.stays.${code}`)}</li>
        ))}
      </ul>
      <details className="more-choices">
        <summary>{t("report.check.exact")}</summary>
        <p>{t("report.check.exact-text", { bytes: preview.bytes.length })}</p>
        <p>
          <code>{preview.sha256}</code>
        </p>
      </details>
    </section>
  );
}
