import { useState } from "react";
import type { ChildReferral } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { ChoiceInput, TextInput } from "../ui/fields.tsx";
import { useStep } from "./use-step.ts";

const WAYS = ["telephone", "portal", "in-person", "other"] as const;

interface Props {
  report: string;
  referral: ChildReferral;
  onClose: () => void;
  onDone: (said: string) => void;
}

/** A person has told the authority: how, who took it there, and what they call it. */
export function ToldDialog({ report, referral, onClose, onDone }: Props) {
  const { id, authorityName: authority } = referral;
  const [how, setHow] = useState<(typeof WAYS)[number]>();
  const [takenBy, setTakenBy] = useState("");
  const [reference, setReference] = useState("");
  const decision = useStep(report, () => t("told.done", { authority }), onDone);
  const send = () => {
    if (how === undefined) return;
    const given = reference.trim();
    const told = { step: "told" as const, referral: id, how, takenBy: takenBy.trim() };
    decision.mutate(given === "" ? told : { ...told, reference: given });
  };
  return (
    <DeskDialog title={t("told.title", { authority })} isOpen onClose={onClose} isBusy={decision.isPending}>
      <DecisionForm
        confirm={t("told.confirm")}
        isBusy={decision.isPending}
        error={decision.error}
        onCancel={onClose}
        onSubmit={send}
      >
        <ChoiceInput
          label={t("told.how")}
          value={how}
          onChange={setHow}
          choices={WAYS.map((value) => ({ value, label: t(`safeguarding.told-how.${value}`) }))}
        />
        <TextInput
          label={t("told.taken-by")}
          hint={t("told.taken-by-hint")}
          value={takenBy}
          onChange={setTakenBy}
          required
          maxLength={255}
        />
        <TextInput label={t("told.reference")} value={reference} onChange={setReference} maxLength={255} />
      </DecisionForm>
    </DeskDialog>
  );
}
