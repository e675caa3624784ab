import { useState } from "react";
import type { KeepingView, NewHold } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { ChoiceInput, ReasonInput, TextInput } from "../ui/fields.tsx";
import { type LastDayDraft, LastDayFields } from "./last-day-fields.tsx";
import { LinkedFields } from "./linked-fields.tsx";
import { useKeepingStep } from "./use-keeping-step.ts";

const KINDS = ["preservation-request", "legal-hold"] as const;

interface Props {
  report: string;
  /** Reports that strong links join to it. */
  linked: KeepingView["linked"];
  onClose: () => void;
  onDone: (said: string) => void;
}

/** Somebody with the right to it asks that the report be kept: who, under which reference, why, and until when. */
export function HoldDialog({ report, linked, onClose, onDone }: Props) {
  const [kind, setKind] = useState<NewHold["kind"]>();
  const [authority, setAuthority] = useState("");
  const [reference, setReference] = useState("");
  const [reason, setReason] = useState("");
  const [also, setAlso] = useState<ReadonlySet<string>>(new Set());
  const [lastDay, setLastDay] = useState<LastDayDraft>();
  const step = useKeepingStep(report, onDone);
  const send = () => {
    if (kind === undefined || lastDay === undefined) return;
    const given = reference.trim();
    step.mutate({
      step: "place",
      hold: {
        kind,
        authority: authority.trim(),
        reason: reason.trim(),
        ...(given === "" ? {} : { reference: given }),
        ...(lastDay === "none" ? {} : { lastDay }),
        ...(also.size === 0 ? {} : { also: [...also] }),
      },
    });
  };
  return (
    <DeskDialog title={t("keeping.place.title")} isOpen onClose={onClose} isBusy={step.isPending}>
      <DecisionForm
        confirm={t("keeping.act.place")}
        isBusy={step.isPending}
        error={step.error}
        onCancel={onClose}
        onSubmit={send}
      >
        <ChoiceInput
          label={t("keeping.kind")}
          value={kind}
          onChange={setKind}
          choices={KINDS.map((value) => ({
            value,
            label: t(`keeping.kind.${value}`),
            hint: t(`keeping.kind-hint.${value}`),
          }))}
        />
        <TextInput
          label={t("keeping.authority")}
          hint={t("keeping.authority-hint")}
          value={authority}
          onChange={setAuthority}
          required
          minLength={2}
          maxLength={255}
        />
        <TextInput
          label={t("keeping.reference")}
          hint={t("keeping.reference-hint")}
          value={reference}
          onChange={setReference}
          maxLength={255}
        />
        <ReasonInput label={t("keeping.reason")} value={reason} onChange={setReason} />
        <LastDayFields onChange={setLastDay} mayBeEndless />
        {linked.length > 0 && <LinkedFields linked={linked} chosen={also} onChange={setAlso} />}
      </DecisionForm>
    </DeskDialog>
  );
}
