import { useState } from "react";
import type { SubjectView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { ChoiceInput, TextInput } from "../ui/fields.tsx";

interface Props {
  colleagues: SubjectView["colleagues"];
  isBusy: boolean;
  error: unknown;
  onSubmit: (owner: string, reason: string) => void;
  onClose: () => void;
}

/** Gives a subject to one person, so that its next report has somebody. */
export function AssignDialog({ colleagues, isBusy, error, onSubmit, onClose }: Props) {
  const [owner, setOwner] = useState<string>();
  const [reason, setReason] = useState("");
  return (
    <DeskDialog title={t("subject.assign")} isOpen onClose={onClose} isBusy={isBusy}>
      <DecisionForm
        confirm={t("decide.confirm")}
        isBusy={isBusy}
        error={error}
        onCancel={onClose}
        onSubmit={() => owner !== undefined && onSubmit(owner, reason.trim())}
      >
        <ChoiceInput
          label={t("subject.assign-to")}
          value={owner}
          onChange={setOwner}
          choices={colleagues.map(({ id, name, role }) => ({ value: id, label: name, hint: role }))}
        />
        <TextInput
          label={t("subject.reason")}
          hint={t("subject.reason-hint")}
          value={reason}
          onChange={setReason}
          maxLength={2000}
          lines={2}
        />
      </DecisionForm>
    </DeskDialog>
  );
}
