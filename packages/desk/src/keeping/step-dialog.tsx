import { useState } from "react";
import type { KeepingView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { ReasonInput } from "../ui/fields.tsx";
import { type LastDayDraft, LastDayFields } from "./last-day-fields.tsx";
import { type KeepingStep, useKeepingStep } from "./use-keeping-step.ts";

/** What is done to a hold that stands, or decided about a report whose keeping ends. */
export type Asked =
  | { step: "extend" | "release"; hold: KeepingView["holds"][number] }
  | { step: "longer" | "let-go" | "confirm" };

interface Props {
  report: string;
  asked: Asked;
  onClose: () => void;
  onDone: (said: string) => void;
}

/** A reason, and for what goes on its last day. */
export function StepDialog({ report, asked, onClose, onDone }: Props) {
  const [reason, setReason] = useState("");
  const [lastDay, setLastDay] = useState<LastDayDraft>();
  const step = useKeepingStep(report, onDone);
  const hasDay = asked.step === "extend" || asked.step === "longer";
  const send = () => {
    const made = stepOf(asked, reason.trim(), lastDay);
    if (made !== undefined) step.mutate(made);
  };
  return (
    <DeskDialog title={t(`keeping.${asked.step}.title`)} isOpen onClose={onClose} isBusy={step.isPending}>
      <DecisionForm
        confirm={t(`keeping.act.${asked.step}`)}
        isBusy={step.isPending}
        error={step.error}
        onCancel={onClose}
        onSubmit={send}
      >
        {"hold" in asked && (
          <p>
            {t(`keeping.kind.${asked.hold.kind}`)}: {asked.hold.authority}
          </p>
        )}
        <p>{t(`keeping.${asked.step}.intro`)}</p>
        {hasDay && <LastDayFields onChange={setLastDay} mayBeEndless={asked.step === "extend"} />}
        <ReasonInput label={t("keeping.reason")} value={reason} onChange={setReason} />
      </DecisionForm>
    </DeskDialog>
  );
}

/** The step as the station takes it; `undefined` while its last day is missing. */
function stepOf(asked: Asked, reason: string, lastDay: LastDayDraft): KeepingStep | undefined {
  switch (asked.step) {
    case "release":
      return { step: "release", hold: asked.hold.id, reason };
    case "confirm":
      return { step: "confirm", reason };
    case "let-go":
      return { step: "let-go", decision: { kind: "let-go", reason } };
    case "extend": {
      if (lastDay === undefined) return undefined;
      const day = lastDay === "none" ? {} : { lastDay };
      return { step: "extend", hold: asked.hold.id, reason, ...day };
    }
    case "longer":
      return lastDay === undefined || lastDay === "none"
        ? undefined
        : { step: "longer", decision: { kind: "longer", reason, lastDay } };
  }
}
