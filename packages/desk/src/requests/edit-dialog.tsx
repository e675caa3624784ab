import { useState } from "react";
import type { EditedRequest } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import type { StepProps } from "./step-props.ts";
import { useRequestStep } from "./use-request-step.ts";
import { draftFrom, WordsFields, wordsOf } from "./words-fields.tsx";

/** Changes a draft's words; what has been sent stays as it was. */
export function EditDialog({ reportId, request, onClose, onDone }: StepProps) {
  const [draft, setDraft] = useState({
    ...draftFrom(request),
    legalRoute: request.legalRoute ?? "",
    necessity: request.necessity ?? "",
  });
  const path = { id: reportId, requestId: request.id };
  const decision = useRequestStep(
    reportId,
    (api, body: EditedRequest) => api.call("PUT /api/reports/{id}/requests/{requestId}", { path, body }),
    t("draft.changed"),
    onDone,
  );
  return (
    <DeskDialog title={t("draft.edit-title")} isOpen onClose={onClose} isBusy={decision.isPending}>
      <DecisionForm
        confirm={t("draft.confirm")}
        isBusy={decision.isPending}
        error={decision.error}
        onCancel={onClose}
        onSubmit={() => decision.mutate(wordsOf(draft))}
      >
        <WordsFields draft={draft} routes={request.routes} onChange={setDraft} />
      </DecisionForm>
    </DeskDialog>
  );
}
