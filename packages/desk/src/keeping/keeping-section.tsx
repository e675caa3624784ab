import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../api/context.ts";
import type { KeepingView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { timeLeft } from "../time/left.ts";
import { useNow } from "../time/now.tsx";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { QueryNotice } from "../ui/query-notice.tsx";
import { Section } from "../ui/section.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { AsSent, Instant, Tag, Unknown } from "../ui/words.tsx";
import { DutyTable, SenderDuties } from "./duty-table.tsx";
import { Erasing } from "./erasing.tsx";
import { HoldDialog } from "./hold-dialog.tsx";
import { HoldItem } from "./hold-item.tsx";
import { lastDayWords } from "./last-day.ts";
import { keepingQuery } from "./queries.ts";
import { type Asked, StepDialog } from "./step-dialog.tsx";

/** Until when the report is kept and by which law or whose hold, and what a person can do about it. */
export function KeepingSection({ id }: { id: string }) {
  const found = useQuery(keepingQuery(useApi(), id));
  const [asked, setAsked] = useState<Asked | { step: "place" }>();
  const [done, setDone] = useState<string>();
  const view = found.data;
  const close = () => setAsked(undefined);
  const dialog = {
    report: id,
    onClose: close,
    onDone: (said: string) => {
      close();
      setDone(said);
    },
  };
  return (
    <Section id="keeping" title={t("keeping.title")}>
      <QueryNotice query={found} />
      {view !== undefined && (
        <>
          <Ends view={view} />
          {view.duties.length > 0 && <DutyTable view={view} />}
          <SenderDuties sender={view.sender} />
          {done !== undefined && <Notice tone="done" title={done} />}
          <Acts view={view} onAsk={setAsked} />
          {view.holds.length > 0 && <h3>{t("keeping.holds")}</h3>}
          <ol className="timeline">
            {view.holds.map((hold) => (
              <HoldItem key={hold.id} hold={hold} may={view.may} onAsk={setAsked} />
            ))}
          </ol>
          <Erasing report={id} view={view} onConfirm={() => setAsked({ step: "confirm" })} />
          <Decisions view={view} />
        </>
      )}
      {asked?.step === "place" && <HoldDialog {...dialog} linked={view?.linked ?? []} />}
      {asked !== undefined && asked.step !== "place" && <StepDialog asked={asked} {...dialog} />}
    </Section>
  );
}

/** When it ends, and what that means. */
function Ends({ view: { state, until, referenceUntil, decisions } }: { view: KeepingView }) {
  const now = useNow();
  const decided = decisions.some(({ kind, stands }) => kind === "let-go" && stands);
  return (
    <>
      <SummaryList
        rows={[
          {
            term: t("keeping.content"),
            value:
              state === "none" ? (
                <Unknown>{t("keeping.state.none")}</Unknown>
              ) : until === undefined ? (
                t("keeping.state.no-end")
              ) : (
                <>
                  <Instant at={until} />{" "}
                  <Tag tone={state === "runs" || decided ? "plain" : "alert"}>{timeLeft(until, now)}</Tag>
                </>
              ),
          },
          referenceUntil === undefined
            ? undefined
            : { term: t("keeping.reference-kept"), value: <Instant at={referenceUntil} /> },
        ]}
      />
      <p className="hint">{t(decided ? "keeping.then.decided" : `keeping.then.${state}`)}</p>
    </>
  );
}

function Acts({ view, onAsk }: { view: KeepingView; onAsk: (asked: Asked | { step: "place" }) => void }) {
  const { may, letGo, state } = view;
  const due = state === "ends-soon" || state === "over";
  if (!may.hold && !may.decide) return null;
  return (
    <p className="buttons">
      {may.hold && <Button onPress={() => onAsk({ step: "place" })}>{t("keeping.act.place")}</Button>}
      {may.decide && (
        <Button look={due ? "primary" : "plain"} onPress={() => onAsk({ step: "longer" })}>
          {t("keeping.act.longer")}
        </Button>
      )}
      {may.decide && letGo === undefined && (
        <Button onPress={() => onAsk({ step: "let-go" })}>{t("keeping.act.let-go")}</Button>
      )}
    </p>
  );
}

/** What people decided before, with their reasons. */
function Decisions({ view: { decisions } }: { view: KeepingView }) {
  if (decisions.length === 0) return null;
  return (
    <>
      <h3>{t("keeping.decisions")}</h3>
      <ol className="timeline">
        {decisions.map(({ id, kind, by, at, reason, lastDay, stands }) => (
          <li key={id}>
            <p>
              {t(`keeping.decided.${kind}`)}
              {lastDay !== undefined && ` ${lastDayWords(lastDay)}`}{" "}
              {!stands && <Tag tone="quiet">{t("keeping.stands-no-more")}</Tag>}
            </p>
            <AsSent>{reason}</AsSent>
            <p className="timeline-by">
              {by} <Instant at={at} />
            </p>
          </li>
        ))}
      </ol>
    </>
  );
}
