import { Link } from "@tanstack/react-router";
import type { PageView, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Reasons } from "../report/reasons.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/notice.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { AsSent, Instant, Tag } from "../ui/words.tsx";
import { stageText } from "./call-words.ts";
import { useAnswer } from "./use-answer.ts";

interface Props {
  call: PageView;
  /** Whether the person's role answers calls. */
  mayAnswer: boolean;
  /** The report's page, where the call stands on it: its fields have names there. */
  view?: ReportView;
}

/** One call with everything about it: why, since when, who has it, whether it got outside. */
export function CallItem({ call, mayAnswer, view }: Props) {
  const answer = useAnswer("answer");
  const takeOver = useAnswer("take-over");
  const open = call.acknowledgedAt === undefined && call.endedAt === undefined;
  const error = answer.error ?? takeOver.error;
  return (
    <li className="timeline-item call-item" data-open={open || undefined}>
      <p className="timeline-title">
        <Headline call={call} isOnReport={view !== undefined} />{" "}
        {open && <Tag tone="alert">{stageText(call)}</Tag>}
      </p>
      <SummaryList
        rows={[
          { term: t("paging.raised"), value: <Instant at={call.raisedAt} ago /> },
          call.escalatesAt === undefined
            ? undefined
            : { term: t("paging.goes-on"), value: <Instant at={call.escalatesAt} /> },
          {
            term: t("paging.because"),
            value:
              view === undefined || call.task !== undefined ? (
                <Triggers call={call} />
              ) : (
                <Reasons reasons={call.triggers} view={view} />
              ),
          },
          call.acknowledgedAt === undefined
            ? undefined
            : {
                term: t("paging.answered-by"),
                value: (
                  <>
                    {t("paging.by-at", { who: call.acknowledgedBy ?? "" })}{" "}
                    <Instant at={call.acknowledgedAt} />
                  </>
                ),
              },
          call.ownedSince === undefined
            ? undefined
            : {
                term: t("paging.owner"),
                value: (
                  <>
                    {t("paging.since", { who: call.mine ? t("paging.you") : (call.owner ?? "") })}{" "}
                    <Instant at={call.ownedSince} />
                  </>
                ),
              },
          call.calls.length === 0 ? undefined : { term: t("paging.outward"), value: <Outward call={call} /> },
        ]}
      />
      {call.task === undefined && call.tier !== undefined && call.tier !== "R1" && (
        <p className="hint">{t("paging.tier-now", { tier: call.tier, name: t(`tier.${call.tier}`) })}</p>
      )}
      {error !== null && <ErrorNotice error={error} acted />}
      {mayAnswer && open && (
        <p>
          <Button
            look="primary"
            aria-label={t("paging.answer-of", { number: call.number ?? "" })}
            isDisabled={answer.isPending}
            onPress={() => answer.mutate(call)}
          >
            {t("paging.answer")}
          </Button>
        </p>
      )}
      {mayAnswer && call.acknowledgedAt !== undefined && !call.mine && (
        <p>
          <Button
            aria-label={t("paging.take-over-of", { number: call.number ?? "" })}
            isDisabled={takeOver.isPending}
            onPress={() => takeOver.mutate(call)}
          >
            {t("paging.take-over")}
          </Button>
        </p>
      )}
    </li>
  );
}

function Headline({ call: { task, report, number }, isOnReport }: { call: PageView; isOnReport: boolean }) {
  if (task !== undefined) return <Link to="/tasks">{t("paging.headline-task")}</Link>;
  const words = t("paging.headline", { number: number ?? "" });
  if (isOnReport || report === undefined) return words;
  return (
    <Link to="/reports/$id" params={{ id: report }}>
      {words}
    </Link>
  );
}

function Triggers({ call }: { call: PageView }) {
  return (
    <ul className="reasons">
      {call.triggers.map(({ code, text, path, source, says }) => (
        <li key={`${code} ${path}`}>
          {text}
          <span className="reason-basis">
            {says !== undefined && <AsSent>{t("paging.says", { says })}</AsSent>}
            <span>{t("summary.field")}</span> <code>{path}</code>
            <span>{t("paging.by", { source })}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Outward({ call }: { call: PageView }) {
  return (
    <ul className="plain">
      {call.calls.map(({ audience, state, attempts, lastError }) => (
        <li key={audience}>
          {state === "none"
            ? t("paging.call.none")
            : state === "intended"
              ? t("paging.call.intended", { audience: t(`paging.audience.${audience}`), count: attempts })
              : t(`paging.call.${state}`, { audience: t(`paging.audience.${audience}`) })}{" "}
          {state === "intended" && lastError !== undefined && <span className="trouble">{lastError}</span>}
        </li>
      ))}
    </ul>
  );
}
