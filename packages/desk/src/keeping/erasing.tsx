import type { KeepingView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { AsSent, Instant } from "../ui/words.tsx";

interface Props {
  report: string;
  view: KeepingView;
  onConfirm: () => void;
}

/** Why nobody can confirm it yet. */
const NOT_YET = {
  "keeping.held": "erasing.not-yet.keeping-held",
  "keeping.no-end": "erasing.not-yet.keeping-no-end",
  "keeping.none": "erasing.not-yet.keeping-none",
  "keeping.too-early": "erasing.not-yet.keeping-too-early",
  "erasing.undecided": "erasing.not-yet.erasing-undecided",
  "erasing.not-over": "erasing.not-yet.erasing-not-over",
  "erasing.own-decision": "erasing.not-yet.erasing-own-decision",
  "erasing.in-flight": "erasing.not-yet.erasing-in-flight",
  "erasing.begun": "erasing.not-yet.erasing-begun",
} as const;

/** How far the erasing of a report has got, and the second person's button. */
export function Erasing({ report, view: { erasure, decisions }, onConfirm }: Props) {
  const { last, problem, may } = erasure;
  const decided = decisions.find(({ kind, stands }) => kind === "let-go" && stands);
  const begun = last !== undefined && last.stage !== "stopped";
  if (!begun && decided === undefined) return last === undefined ? null : <Stopped last={last} />;
  return (
    <>
      <h3>{t("erasing.title")}</h3>
      {last?.stage === "stopped" && <Stopped last={last} />}
      <ol className="timeline">
        {decided !== undefined && (
          <Act title={t("erasing.step.decided")} reason={decided.reason} by={decided.by} at={decided.at} />
        )}
        {last !== undefined && begun && (
          <Act title={t("erasing.step.confirmed")} reason={last.reason} by={last.by} at={last.at} />
        )}
      </ol>
      {!begun && (
        <p className="hint">{t(problem === undefined ? "erasing.then.confirm" : NOT_YET[problem])}</p>
      )}
      {!begun && may && problem === undefined && (
        <p className="buttons">
          <Button look="primary" onPress={onConfirm}>
            {t("erasing.act.confirm")}
          </Button>
        </p>
      )}
      {last !== undefined && begun && <Progress report={report} last={last} />}
    </>
  );
}

type Last = NonNullable<KeepingView["erasure"]["last"]>;

/** What has been destroyed, and the certificate once everything is. */
export function Progress({ report, last }: { report: string; last: Last }) {
  const { stage, number, objects, shredded, erased } = last;
  if (stage !== "erased" || erased === undefined)
    return (
      <Notice
        title={t(stage === "confirmed" ? "erasing.now.confirmed" : "erasing.now.erasing", {
          shredded,
          objects,
        })}
      >
        <p>{t(stage === "confirmed" ? "erasing.now.confirmed-text" : "erasing.now.erasing-text")}</p>
      </Notice>
    );
  return (
    <Notice tone="done" title={t("erasing.now.erased", { number })}>
      <p>
        {t("erasing.now.erased-text", { objects })} <Instant at={erased} />
      </p>
      <p>
        <a
          className="button button-plain"
          href={`/api/reports/${report}/erasure-certificate`}
          download={`erasure-certificate-${number}.json`}
        >
          {t("erasing.certificate")}
        </a>
      </p>
      <p className="hint">{t("erasing.certificate-hint")}</p>
    </Notice>
  );
}

function Stopped({ last: { stopped, at } }: { last: Last }) {
  if (stopped === undefined) return null;
  return (
    <Notice title={t("erasing.stopped")}>
      <p>
        {t("erasing.stopped-text")} <Instant at={at} />
      </p>
    </Notice>
  );
}

function Act({ title, reason, by, at }: { title: string; reason: string; by: string; at: string }) {
  return (
    <li>
      <p>{title}</p>
      <AsSent>{reason}</AsSent>
      <p className="timeline-by">
        {by} <Instant at={at} />
      </p>
    </li>
  );
}
