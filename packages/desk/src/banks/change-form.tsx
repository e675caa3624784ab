import { type ReactNode, useState } from "react";
import type { BankView, NewBankChange } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { ReasonInput } from "../ui/fields.tsx";
import { useBankChange } from "./use-bank-change.ts";

interface Props {
  view: BankView;
  title: string;
  /** The name of the change, on the button that makes it. */
  confirm: string;
  /** What is changed; `undefined` while something is missing. */
  change: () => Omit<NewBankChange, "seen" | "reason"> | undefined;
  onClose: () => void;
  children: ReactNode;
}

/** A change of a bank, with its reason. */
export function BankChangeDialog({ view, title, confirm, change, onClose, children }: Props) {
  const [reason, setReason] = useState("");
  const send = useBankChange(view, onClose);
  return (
    <DeskDialog title={title} isOpen onClose={onClose} isBusy={send.isPending}>
      <DecisionForm
        confirm={confirm}
        isBusy={send.isPending}
        error={send.error}
        onCancel={onClose}
        onSubmit={() => {
          const made = change();
          if (made !== undefined) send.mutate({ ...made, reason: reason.trim() });
        }}
      >
        {children}
        <ReasonInput label={t("bank.dialog.reason")} value={reason} onChange={setReason} />
      </DecisionForm>
    </DeskDialog>
  );
}
