import { useState } from "react";
import type { ChildReferral } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { TextInput } from "../ui/fields.tsx";
import { useStep } from "./use-step.ts";

interface Props {
  report: string;
  referral: ChildReferral;
  onClose: () => void;
  onDone: (said: string) => void;
}

/** The authority says that it has the referral, and what it will do. */
export function AnsweredDialog({ report, referral, onClose, onDone }: Props) {
  const { id, authorityName: authority } = referral;
  const [answeredBy, setAnsweredBy] = useState("");
  const [answer, setAnswer] = useState("");
  const [reference, setReference] = useState(referral.told?.reference ?? "");
  const decision = useStep(report, () => t("answered.done", { authority }), onDone);
  const send = () => {
    const given = Object.entries({ answer: answer.trim(), reference: reference.trim() });
    decision.mutate({
      step: "answered",
      referral: id,
      answeredBy: answeredBy.trim(),
      ...Object.fromEntries(given.filter(([, value]) => value !== "")),
    });
  };
  return (
    <DeskDialog
      title={t("answered.title", { authority })}
      isOpen
      onClose={onClose}
      isBusy={decision.isPending}
    >
      <DecisionForm
        confirm={t("answered.confirm")}
        isBusy={decision.isPending}
        error={decision.error}
        onCancel={onClose}
        onSubmit={send}
      >
        <TextInput
          label={t("answered.by")}
          value={answeredBy}
          onChange={setAnsweredBy}
          required
          maxLength={255}
        />
        <TextInput
          label={t("answered.answer")}
          value={answer}
          onChange={setAnswer}
          maxLength={2000}
          lines={3}
        />
        <TextInput label={t("told.reference")} value={reference} onChange={setReference} maxLength={255} />
      </DecisionForm>
    </DeskDialog>
  );
}
