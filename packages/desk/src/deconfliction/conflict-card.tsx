import { useState } from "react";
import type { ConflictView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { nearness, timeLeft } from "../time/left.ts";
import { useNow } from "../time/now.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorNotice, Notice } from "../ui/notice.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { AsSent, Instant, Tag, Unknown } from "../ui/words.tsx";
import { type Act, actsOn, nextAct, stepWords } from "./conflict-words.ts";
import { ContactedDialog } from "./contacted-dialog.tsx";
import { ExtendDialog } from "./extend-dialog.tsx";
import { HandOverDialog } from "./hand-over-dialog.tsx";
import { ReleaseDialog } from "./release-dialog.tsx";
import { useConflictStep } from "./use-conflict-step.ts";

interface Props {
  report: string;
  conflict: ConflictView;
  mayAct: boolean;
  onDone: (said: string) => void;
}

/** What stands between this agency and one other: who has it, until when, what waits, and the next step. */
export function ConflictCard({ report, conflict, mayAct, onDone }: Props) {
  const { peerName, state, overdue, paused, release } = conflict;
  const [open, setOpen] = useState<Act>();
  const taking = useConflictStep(report, conflict, onDone);
  const close = () => setOpen(undefined);
  const dialog = {
    report,
    conflict,
    onClose: close,
    onDone: (said: string) => {
      close();
      onDone(said);
    },
  };
  const acts = mayAct ? actsOn(conflict) : [];
  return (
    <article className="card" aria-label={peerName}>
      <p>
        <strong>{peerName}</strong>{" "}
        <Tag tone={state === "open" ? "strong" : "plain"}>{t(`conflicts.state.${state}`)}</Tag>{" "}
        {overdue && <Tag tone="alert">{t("conflicts.overdue")}</Tag>}
      </p>
      <p>{t("conflicts.who", { peer: peerName })}</p>
      {overdue && (
        <Notice title={t("conflicts.late.title")}>
          <p>{t("conflicts.late.text")}</p>
        </Notice>
      )}
      <Facts conflict={conflict} />
      {release === "they-continue" && paused && <p>{t("conflicts.left-to-them", { peer: peerName })}</p>}
      {taking.error !== null && <ErrorNotice error={taking.error} acted />}
      {acts.length > 0 && (
        <div className="buttons">
          {acts.map((act) => (
            <Button
              key={act}
              look={act === nextAct(conflict) ? "primary" : "plain"}
              aria-label={t("conflicts.act-of", { act: t(`conflicts.act.${act}`), peer: peerName })}
              isDisabled={taking.isPending}
              onPress={() => (act === "taken" ? taking.mutate({ kind: "taken" }) : setOpen(act))}
            >
              {t(`conflicts.act.${act}`)}
            </Button>
          ))}
        </div>
      )}
      <Steps conflict={conflict} />
      {open === "contacted" && <ContactedDialog {...dialog} />}
      {open === "handed-over" && <HandOverDialog {...dialog} />}
      {open === "extended" && <ExtendDialog {...dialog} />}
      {open === "released" && <ReleaseDialog {...dialog} />}
    </article>
  );
}

function Facts({ conflict }: { conflict: ConflictView }) {
  const { state, owner, mine, contact, references, openedAt } = conflict;
  const isOpen = state !== "released";
  return (
    <SummaryList
      rows={[
        isOpen
          ? {
              term: t("conflicts.owner"),
              value: mine
                ? t("conflicts.owner-you")
                : (owner ?? <Unknown>{t("conflicts.owner-none")}</Unknown>),
            }
          : undefined,
        isOpen ? { term: t("conflicts.due"), value: <Due at={conflict.deadline} /> } : undefined,
        isOpen
          ? {
              term: t("conflicts.contact"),
              value: contact === undefined ? t("conflicts.contact-them") : <AsSent>{contact}</AsSent>,
            }
          : undefined,
        {
          term: t("conflicts.references"),
          value: (
            <ul className="plain">
              {references.map((reference) => (
                <li key={reference}>
                  <code>{reference}</code>
                </li>
              ))}
            </ul>
          ),
        },
        { term: t("conflicts.opened"), value: <Instant at={openedAt} ago /> },
      ]}
    />
  );
}

function Due({ at }: { at: string }) {
  const now = useNow();
  return (
    <span data-near={nearness(at, now)}>
      <Instant at={at} />: <strong>{timeLeft(at, now)}</strong>
    </span>
  );
}

function Steps({ conflict: { steps } }: { conflict: ConflictView }) {
  if (steps.length === 0) return null;
  return (
    <>
      <h3>{t("conflicts.steps")}</h3>
      <ol className="timeline">
        {steps.map((step) => (
          <li key={`${step.at} ${step.kind}`} className="timeline-item">
            <p className="timeline-title">{stepWords(step)}</p>
            <p className="timeline-by">
              <Instant at={step.at} />
            </p>
            {step.note !== undefined && <AsSent>{step.note}</AsSent>}
          </li>
        ))}
      </ol>
    </>
  );
}
