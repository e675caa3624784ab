import { useState } from "react";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import type { DecisionProps } from "../report/actions/urgency-dialog.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { ChoiceInput, TextInput } from "../ui/fields.tsx";
import { useStep } from "./use-step.ts";

/** To whom, and why. Telling them comes after: by telephone or in their portal. */
export function ReferChildDialog({ view, onClose, onDone }: DecisionProps) {
  const authorities = view.safeguarding?.authorities ?? [];
  const [authority, setAuthority] = useState(() => {
    const fitting = authorities.filter(({ fit }) => fit === "area");
    return fitting.length === 1 ? fitting[0]?.id : undefined;
  });
  const [reason, setReason] = useState("");
  const name = authorities.find(({ id }) => id === authority)?.name ?? "";
  const decision = useStep(view.entry.id, () => t("refer-child.done", { authority: name }), onDone);
  return (
    <DeskDialog
      title={t("refer-child.title", { number: view.entry.number })}
      isOpen
      onClose={onClose}
      isBusy={decision.isPending}
    >
      <DecisionForm
        confirm={t("refer-child.confirm")}
        isBusy={decision.isPending}
        error={decision.error}
        onCancel={onClose}
        onSubmit={() =>
          authority !== undefined && decision.mutate({ step: "decide", authority, reason: reason.trim() })
        }
      >
        <p>{t("refer-child.intro")}</p>
        <ChoiceInput
          label={t("refer-child.authority")}
          value={authority}
          onChange={setAuthority}
          choices={authorities.map(({ id, name: label, fit }) => ({
            value: id,
            label,
            hint: t(`refer-child.fit.${fit}`),
          }))}
        />
        <TextInput
          label={t("refer-child.reason")}
          hint={t("refer-child.reason-hint")}
          value={reason}
          onChange={setReason}
          required
          maxLength={2000}
          lines={3}
        />
      </DecisionForm>
    </DeskDialog>
  );
}
