import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../api/context.ts";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { ChoiceInput, TextInput } from "../ui/fields.tsx";
import { ErrorNotice } from "../ui/notice.tsx";
import { deconflictionQuery } from "./queries.ts";
import type { ConflictStepProps } from "./step-props.ts";
import { useConflictStep } from "./use-conflict-step.ts";

/** Gives a conflict to a colleague, who has it from then on. */
export function HandOverDialog({ report, conflict, onClose, onDone }: ConflictStepProps) {
  const people = useQuery(deconflictionQuery(useApi()));
  const [to, setTo] = useState<string>();
  const [note, setNote] = useState("");
  const decision = useConflictStep(report, conflict, onDone);
  return (
    <DeskDialog title={t("conflicts.hand-over.title")} isOpen onClose={onClose} isBusy={decision.isPending}>
      <DecisionForm
        confirm={t("conflicts.act.handed-over")}
        isBusy={decision.isPending}
        error={decision.error}
        onCancel={onClose}
        onSubmit={() =>
          to !== undefined &&
          decision.mutate({
            kind: "handed-over",
            to,
            ...(note.trim() === "" ? {} : { note: note.trim() }),
          })
        }
      >
        {people.isError && <ErrorNotice error={people.error} />}
        {people.isPending && <p className="empty">{t("common.loading")}</p>}
        {people.data !== undefined && (
          <ChoiceInput
            label={t("conflicts.hand-over.to")}
            value={to}
            onChange={setTo}
            choices={people.data.people.map(({ id, name, role }) => ({ value: id, label: name, hint: role }))}
          />
        )}
        <TextInput
          label={t("conflicts.hand-over.note")}
          value={note}
          onChange={setNote}
          maxLength={3000}
          lines={2}
        />
      </DecisionForm>
    </DeskDialog>
  );
}
