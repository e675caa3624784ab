import { useState } from "react";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { TextInput } from "../ui/fields.tsx";
import type { StepProps } from "./step-props.ts";
import { useRequestStep } from "./use-request-step.ts";

interface Props extends StepProps {
  to: "refused" | "withdrawn";
}

/** Ends a request without an answer, and says why. */
export function EndingDialog({ reportId, request, onClose, onDone, to }: Props) {
  const [note, setNote] = useState("");
  const path = { id: reportId, requestId: request.id };
  const decision = useRequestStep(
    reportId,
    (api, body: { note: string }) =>
      api.call(
        to === "refused"
          ? "POST /api/reports/{id}/requests/{requestId}/refused"
          : "POST /api/reports/{id}/requests/{requestId}/withdrawn",
        { path, body },
      ),
    t(`ending.done.${to}`),
    onDone,
  );
  return (
    <DeskDialog title={t(`ending.title.${to}`)} isOpen onClose={onClose} isBusy={decision.isPending}>
      <DecisionForm
        confirm={t(`ending.confirm.${to}`)}
        isBusy={decision.isPending}
        error={decision.error}
        onCancel={onClose}
        onSubmit={() => decision.mutate({ note: note.trim() })}
      >
        <TextInput
          label={t("ending.note")}
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
