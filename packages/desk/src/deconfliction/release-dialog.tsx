import { useState } from "react";
import type { ConflictView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { ChoiceInput, TextInput } from "../ui/fields.tsx";
import type { ConflictStepProps } from "./step-props.ts";
import { useConflictStep } from "./use-conflict-step.ts";

type Release = NonNullable<ConflictView["release"]>;
const RELEASES: readonly Release[] = ["we-continue", "they-continue", "together", "not-the-same"];

/** How it goes on between the two agencies, as a person agreed it. */
export function ReleaseDialog({ report, conflict, onClose, onDone }: ConflictStepProps) {
  const [how, setHow] = useState<Release>();
  const [note, setNote] = useState("");
  const decision = useConflictStep(report, conflict, onDone);
  return (
    <DeskDialog
      title={t("conflicts.release.title", { peer: conflict.peerName })}
      isOpen
      onClose={onClose}
      isBusy={decision.isPending}
    >
      <DecisionForm
        confirm={t("conflicts.act.released")}
        isBusy={decision.isPending}
        error={decision.error}
        onCancel={onClose}
        onSubmit={() => how !== undefined && decision.mutate({ kind: "released", how, note: note.trim() })}
      >
        <p>{t("conflicts.release.intro")}</p>
        <ChoiceInput
          label={t("conflicts.release.how")}
          value={how}
          onChange={setHow}
          choices={RELEASES.map((value) => ({
            value,
            label: t(`conflicts.how.${value}`),
            hint: t(`conflicts.how-hint.${value}`),
          }))}
        />
        <TextInput
          label={t("conflicts.why")}
          hint={t("conflicts.release.why-hint")}
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
