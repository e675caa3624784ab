import type { Said } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { AsSent, Instant, Tag } from "../ui/words.tsx";

const TONES = {
  waiting: "plain",
  failing: "alert",
  refused: "alert",
  delivered: "strong",
  elsewhere: "quiet",
  replaced: "quiet",
} as const;

/** What a source was told: by whom, when, and whether it arrived. */
export function SaidWords({ said }: { said: Said }) {
  const { opinion, kind, reasons, note, by, at, delivery } = said;
  return (
    <div className="said">
      <p>
        <strong>{t("feedback.said", { opinion, kind: t(`banks.kind.${kind}`) })}</strong>{" "}
        <Tag tone={TONES[delivery.state]}>{t(`feedback.state.${delivery.state}`)}</Tag>
      </p>
      {reasons.length > 0 && (
        <ul>
          {reasons.map((reason) => (
            <li key={reason}>
              <AsSent>{reason}</AsSent>
            </li>
          ))}
        </ul>
      )}
      {delivery.words !== undefined && (
        <p className="trouble">
          <AsSent>{delivery.words}</AsSent>
        </p>
      )}
      <p className="timeline-by">
        {t("feedback.by", { by })} <Instant at={at} />
        {delivery.at !== undefined && (
          <>
            . {t("feedback.state.delivered")} <Instant at={delivery.at} />
          </>
        )}
        {delivery.nextAt !== undefined && delivery.state === "failing" && (
          <>
            . {t("banks.next")} <Instant at={delivery.nextAt} />
          </>
        )}
      </p>
      <p className="timeline-by">
        {t("feedback.note-here")} <AsSent>{note}</AsSent>
      </p>
    </div>
  );
}
