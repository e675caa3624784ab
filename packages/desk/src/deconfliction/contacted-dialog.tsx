import { useState } from "react";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { TextInput } from "../ui/fields.tsx";
import type { ConflictStepProps } from "./step-props.ts";
import { useConflictStep } from "./use-conflict-step.ts";

/** Somebody spoke with the other agency. */
export function ContactedDialog({ report, conflict, onClose, onDone }: ConflictStepProps) {
  const [note, setNote] = useState("");
  const decision = useConflictStep(report, conflict, onDone);
  return (
    <DeskDialog
      title={t("conflicts.contacted.title", { peer: conflict.peerName })}
      isOpen
      onClose={onClose}
      isBusy={decision.isPending}
    >
      <DecisionForm
        confirm={t("conflicts.act.contacted")}
        isBusy={decision.isPending}
        error={decision.error}
        onCancel={onClose}
        onSubmit={() => decision.mutate({ kind: "contacted", note: note.trim() })}
      >
        <TextInput
          label={t("conflicts.contacted.note")}
          hint={t("conflicts.contacted.hint")}
          value={note}
          onChange={setNote}
          required
          minLength={3}
          maxLength={3000}
          lines={3}
        />
      </DecisionForm>
    </DeskDialog>
  );
}
