import type { KeepingView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { AsSent, Instant, Tag } from "../ui/words.tsx";
import { lastDayWords } from "./last-day.ts";
import type { Asked } from "./step-dialog.tsx";

type Hold = KeepingView["holds"][number];

interface Props {
  hold: Hold;
  may: KeepingView["may"];
  onAsk: (asked: Asked) => void;
}

/** One hold: who asked, until when, each step with its reason, and what can be done about it. */
export function HoldItem({ hold, may, onAsk }: Props) {
  const { kind, authority, reference, state, until, mine, steps } = hold;
  const stands = state === "stands";
  return (
    <li>
      <p>
        <strong>{t(`keeping.kind.${kind}`)}</strong> <AsSent>{authority}</AsSent>{" "}
        {reference !== undefined && <AsSent>{reference}</AsSent>}{" "}
        <Tag tone={stands ? "strong" : "quiet"}>{t(`keeping.hold.${state}`)}</Tag>
      </p>
      <p>
        {until === undefined ? (
          t("keeping.state.no-end")
        ) : (
          <>
            {t("keeping.hold-until")} <Instant at={until} />
          </>
        )}
      </p>
      <ul className="plain">
        {steps.map((step) => (
          <li key={step.at}>
            {t(`keeping.step.${step.to}`)}
            {step.lastDay !== undefined && ` ${lastDayWords(step.lastDay)}`}: <AsSent>{step.reason}</AsSent>{" "}
            <span className="timeline-by">
              {step.by} <Instant at={step.at} />
            </span>
          </li>
        ))}
      </ul>
      {stands && (
        <p className="buttons">
          {may.hold && until !== undefined && (
            <Button
              aria-label={t("keeping.act-of", { act: t("keeping.act.extend"), authority })}
              onPress={() => onAsk({ step: "extend", hold })}
            >
              {t("keeping.act.extend")}
            </Button>
          )}
          {may.release && !mine && (
            <Button
              aria-label={t("keeping.act-of", { act: t("keeping.act.release"), authority })}
              onPress={() => onAsk({ step: "release", hold })}
            >
              {t("keeping.act.release")}
            </Button>
          )}
        </p>
      )}
      {stands && may.release && mine && <p className="hint">{t("keeping.not-yours")}</p>}
    </li>
  );
}
