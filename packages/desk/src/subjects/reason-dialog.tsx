import { useState } from "react";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { TextInput } from "../ui/fields.tsx";

interface Props {
  title: string;
  text: string;
  confirm?: string;
  isBusy: boolean;
  error: unknown;
  onSubmit: (reason: string) => void;
  onClose: () => void;
}

/** A decision before anybody has said why. */
export type WithoutReason<Decision> = Decision extends unknown ? Omit<Decision, "reason"> : never;

/** A decision that needs nothing but its reason. */
export function ReasonDialog({ title, text, confirm, isBusy, error, onSubmit, onClose }: Props) {
  const [reason, setReason] = useState("");
  return (
    <DeskDialog title={title} isOpen onClose={onClose} isBusy={isBusy}>
      <DecisionForm
        confirm={confirm ?? t("decide.confirm")}
        isBusy={isBusy}
        error={error}
        onCancel={onClose}
        onSubmit={() => onSubmit(reason.trim())}
      >
        <p>{text}</p>
        <TextInput
          label={t("subject.reason")}
          hint={t("subject.reason-hint")}
          value={reason}
          onChange={setReason}
          required
          minLength={3}
          maxLength={2000}
          lines={3}
        />
      </DecisionForm>
    </DeskDialog>
  );
}
