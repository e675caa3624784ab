import { useEffect, useRef, useState } from "react";
import { useVoice } from "../app/messenger-context.tsx";
import type { ReportDraft } from "../client/report/types.ts";
import type { Receipt } from "../client/state.ts";
import { say, t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { AppDialog } from "../ui/dialog.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { HelpContacts } from "../settings/help-contacts.tsx";
import type { ReportSubject } from "./begin-draft.ts";
import { CheckStep } from "./check-step.tsx";
import { MessagesStep } from "./messages-step.tsx";
import { PicturesStep } from "./pictures-step.tsx";
import { SentStep } from "./sent-step.tsx";
import { missingFor, type Step, stepBeside, stepsFor } from "./steps.ts";
import { type DraftState, useDraft } from "./use-draft.ts";
import { WhatStep } from "./what-step.tsx";
import { WordsStep } from "./words-step.tsx";
import { Status } from "../ui/status.tsx";

interface Props {
  /** Null: the sheet is closed. */
  subject: ReportSubject | null;
  onClose: () => void;
}

/** The report sheet. It can be left at every step; nothing leaves the device before the last button of the last one. */
export function ReportSheet({ subject, onClose }: Props) {
  const [isBusy, setIsBusy] = useState(false);
  return (
    <AppDialog
      title={t("report.title")}
      isOpen={subject !== null}
      onClose={onClose}
      isBusy={isBusy}
      look="sheet"
    >
      {subject !== null && (
        <Sheet
          key={`${subject.roomId} ${subject.messageKeys.join(" ")}`}
          subject={subject}
          onClose={onClose}
          onBusy={setIsBusy}
        />
      )}
    </AppDialog>
  );
}

interface SheetProps {
  subject: ReportSubject;
  onClose: () => void;
  onBusy: (isBusy: boolean) => void;
}

function Sheet({ subject, onClose, onBusy }: SheetProps) {
  const voice = useVoice();
  const { draft, change, error } = useDraft(subject);
  const [receipt, setReceipt] = useState<Receipt>();
  const [step, setStep] = useState<Step>("what");
  if (receipt !== undefined) return <SentStep receipt={receipt} onClose={onClose} />;
  if (draft === undefined && error === undefined) return <Status>{t("report.gathering")}</Status>;
  if (draft === undefined || draft === null)
    return (
      <>
        {draft === null && <Status>{t("report.nothing")}</Status>}
        <ErrorNotice error={error} />
        <HelpContacts />
        <div className="buttons">
          <Button onPress={onClose}>{t("common.close")}</Button>
        </div>
      </>
    );
  const steps = stepsFor(draft);
  const at = steps.indexOf(step);
  return (
    <div className="report">
      <p className="report-progress">
        {t("report.progress", { step: at + 1, steps: steps.length })}
        <span className="report-dots" aria-hidden="true">
          {steps.map((one, index) => (
            <i key={one} data-done={index <= at || undefined} />
          ))}
        </span>
      </p>
      <StepHeading key={`${step} heading`} text={say(voice, `report.${step}.title`)} />
      <StepBody step={step} draft={draft} change={change} />
      <ErrorNotice error={error} />
      {step === "check" ? (
        <CheckStep
          draft={draft}
          onBack={() => setStep(stepBeside(step, draft, -1))}
          onSent={setReceipt}
          onBusy={onBusy}
          onClose={onClose}
        />
      ) : (
        <StepButtons
          key={`${step} buttons`}
          step={step}
          draft={draft}
          isFirst={at === 0}
          onStep={(by) => setStep(stepBeside(step, draft, by))}
          onClose={onClose}
        />
      )}
    </div>
  );
}

/** The focus goes to the heading of each step, so that it is read first and Tab goes on from there. */
function StepHeading({ text }: { text: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h3 className="report-heading" ref={heading} tabIndex={-1}>
      {text}
    </h3>
  );
}

interface StepProps {
  step: Step;
  draft: ReportDraft;
  change: DraftState["change"];
}

function StepBody({ step, draft, change }: StepProps) {
  switch (step) {
    case "what":
      return <WhatStep draft={draft} change={change} />;
    case "messages":
      return <MessagesStep draft={draft} change={change} />;
    case "pictures":
      return <PicturesStep draft={draft} change={change} />;
    case "words":
      return <WordsStep draft={draft} change={change} />;
    case "check":
      return null;
  }
}

interface ButtonsProps {
  step: Step;
  draft: ReportDraft;
  isFirst: boolean;
  onStep: (by: 1 | -1) => void;
  onClose: () => void;
}

/** On, back, and out. What is missing is said when somebody wants to go on, not before. */
function StepButtons({ step, draft, isFirst, onStep, onClose }: ButtonsProps) {
  const [isAsked, setIsAsked] = useState(false);
  const missing = missingFor(step, draft);
  return (
    <>
      {isAsked && missing !== null && (
        <p className="field-problem" role="alert">
          {t(`report.missing-${missing}`)}
        </p>
      )}
      <div className="buttons report-buttons">
        <Button look="primary" onPress={() => (missing === null ? onStep(1) : setIsAsked(true))}>
          {t("report.next")}
        </Button>
        {!isFirst && <Button onPress={() => onStep(-1)}>{t("common.back")}</Button>}
        <Button look="link" onPress={onClose}>
          {t("report.stop")}
        </Button>
      </div>
    </>
  );
}
