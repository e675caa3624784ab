import { useState } from "react";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { formatInstant } from "../time/instant.ts";
import { useNow } from "../time/now.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { ChoiceInput, TextInput } from "../ui/fields.tsx";
import { laterTimes } from "./conflict-words.ts";
import type { ConflictStepProps } from "./step-props.ts";
import { useConflictStep } from "./use-conflict-step.ts";

/** More time, for a stated reason. */
export function ExtendDialog({ report, conflict, onClose, onDone }: ConflictStepProps) {
  const now = useNow();
  // The choices stand still while somebody reads them.
  const [times] = useState(() => laterTimes(conflict.deadline, now));
  const [until, setUntil] = useState<string>();
  const [note, setNote] = useState("");
  const decision = useConflictStep(report, conflict, onDone);
  return (
    <DeskDialog
      title={t("conflicts.extend.title", { peer: conflict.peerName })}
      isOpen
      onClose={onClose}
      isBusy={decision.isPending}
    >
      <DecisionForm
        confirm={t("conflicts.act.extended")}
        isBusy={decision.isPending}
        error={decision.error}
        onCancel={onClose}
        onSubmit={() =>
          until !== undefined && decision.mutate({ kind: "extended", until, note: note.trim() })
        }
      >
        <p>{t("conflicts.extend.intro")}</p>
        <ChoiceInput
          label={t("conflicts.extend.days")}
          value={until}
          onChange={setUntil}
          choices={times.map((time) => ({
            value: time.until,
            label: t("conflicts.extend.span", { days: time.days }),
            hint: t("conflicts.extend.until", { until: formatInstant(time.until) }),
          }))}
        />
        <TextInput
          label={t("conflicts.why")}
          value={note}
          onChange={setNote}
          required
          minLength={3}
          maxLength={3000}
          lines={2}
        />
      </DecisionForm>
    </DeskDialog>
  );
}
