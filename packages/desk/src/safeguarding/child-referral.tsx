import { useState } from "react";
import type { ChildReferral, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { nearness, timeLeft } from "../time/left.ts";
import { useNow } from "../time/now.tsx";
import { Button } from "../ui/button.tsx";
import { AsSent, Instant, Tag } from "../ui/words.tsx";
import { AnsweredDialog } from "./answered-dialog.tsx";
import { BriefingCard } from "./briefing-card.tsx";
import { ReasonDialog, withdrawWords } from "./reason-dialog.tsx";
import { ToldDialog } from "./told-dialog.tsx";

interface Props {
  referral: ChildReferral;
  view: ReportView;
  onDone: (said: string) => void;
}

/** One referral for a child: how far it got, who did what when, and the next step. */
export function ChildReferralItem({ referral, view, onDone }: Props) {
  const { authorityName: authority, state, decided, told, acknowledged, withdrawn } = referral;
  const [open, setOpen] = useState<"told" | "answered" | "withdraw">();
  const may = view.may.includes("refer-safeguarding");
  const close = () => setOpen(undefined);
  const dialog = {
    report: view.entry.id,
    referral,
    onClose: close,
    onDone: (said: string) => {
      close();
      onDone(said);
    },
  };
  return (
    <li className="timeline-item">
      <p className="timeline-title">
        {authority}{" "}
        <Tag tone={state === "decided" ? "alert" : state === "withdrawn" ? "quiet" : "strong"}>
          {t(`safeguarding.state.${state}`)}
        </Tag>
      </p>
      {state === "decided" && <Due at={referral.dueAt} />}
      <p className="timeline-by">
        {t("safeguarding.decided-by", { who: decided.by })} <Instant at={decided.at} />
      </p>
      <p>
        {t("safeguarding.reason")} <AsSent>{referral.reason}</AsSent>
      </p>
      {told !== undefined && <Told told={told} />}
      {acknowledged !== undefined && (
        <>
          <p className="timeline-by">
            {t("safeguarding.answered-by", { who: acknowledged.by, answerer: acknowledged.answeredBy })}{" "}
            <Instant at={acknowledged.at} />
          </p>
          {acknowledged.answer !== undefined && <AsSent>{acknowledged.answer}</AsSent>}
        </>
      )}
      {withdrawn !== undefined && (
        <>
          <p className="timeline-by">
            {t("safeguarding.withdrawn-by", { who: withdrawn.by })} <Instant at={withdrawn.at} />
          </p>
          <AsSent>{withdrawn.reason}</AsSent>
        </>
      )}
      {state === "decided" && <BriefingCard contact={referral.contact} view={view} />}
      {may && (state === "decided" || state === "told") && (
        <p className="buttons">
          {state === "decided" ? (
            <Button
              look="primary"
              aria-label={t("told.open-of", { authority })}
              onPress={() => setOpen("told")}
            >
              {t("told.open")}
            </Button>
          ) : (
            <Button
              look="primary"
              aria-label={t("answered.open-of", { authority })}
              onPress={() => setOpen("answered")}
            >
              {t("answered.open")}
            </Button>
          )}
          <Button aria-label={t("withdraw.open-of", { authority })} onPress={() => setOpen("withdraw")}>
            {t("withdraw.open")}
          </Button>
        </p>
      )}
      {open === "told" && <ToldDialog {...dialog} />}
      {open === "answered" && <AnsweredDialog {...dialog} />}
      {open === "withdraw" && (
        <ReasonDialog
          {...dialog}
          words={withdrawWords(authority, told !== undefined)}
          step={(reason) => ({ step: "withdraw", referral: referral.id, reason })}
        />
      )}
    </li>
  );
}

function Told({ told }: { told: NonNullable<ChildReferral["told"]> }) {
  const how = t(`safeguarding.told-how.${told.how}`);
  return (
    <>
      <p className="timeline-by">
        {t("safeguarding.told-by", { who: told.by })} <Instant at={told.at} />{" "}
        {told.late && <Tag tone="alert">{t("safeguarding.late")}</Tag>}
      </p>
      <p>
        <AsSent>{t("safeguarding.taken-by", { how, taken: told.takenBy })}</AsSent>;{" "}
        {told.reference === undefined
          ? t("safeguarding.no-reference")
          : t("safeguarding.reference", { reference: told.reference })}
      </p>
    </>
  );
}

/** By when somebody must have been told. */
export function Due({ at }: { at: string }) {
  const now = useNow();
  const near = nearness(at, now);
  return (
    <p className="clock" data-near={near}>
      {t("safeguarding.due-by")} <Instant at={at} />: <strong>{timeLeft(at, now)}</strong>{" "}
      {near === "over" && <Tag tone="alert">{t("safeguarding.overdue")}</Tag>}
    </p>
  );
}
