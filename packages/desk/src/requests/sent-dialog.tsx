import { useState } from "react";
import type { SentRequest } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { useNow } from "../time/now.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { ChoiceInput, TextInput } from "../ui/fields.tsx";
import type { StepProps } from "./step-props.ts";
import { useRequestStep } from "./use-request-step.ts";
import { wholeSecond } from "./whole-second.ts";

const WAYS = ["portal", "email", "post", "telephone", "in-person", "other"] as const;

/** A person has sent the request by their own way, and says to whom, when and how: from then its clock runs. */
export function SentDialog({ reportId, request, onClose, onDone }: StepProps) {
  const now = useNow();
  const [to, setTo] = useState(request.to ?? "");
  const [at, setAt] = useState(wholeSecond(now));
  const [way, setWay] = useState<SentRequest["way"]>();
  const [reference, setReference] = useState("");
  const path = { id: reportId, requestId: request.id };
  const decision = useRequestStep(
    reportId,
    (api, body: SentRequest) => api.call("POST /api/reports/{id}/requests/{requestId}/sent", { path, body }),
    t("sent.done"),
    onDone,
  );
  const said = reference.trim() === "" ? {} : { reference: reference.trim() };
  return (
    <DeskDialog title={t("sent.title")} isOpen onClose={onClose} isBusy={decision.isPending}>
      <DecisionForm
        confirm={t("sent.confirm")}
        isBusy={decision.isPending}
        error={decision.error}
        onCancel={onClose}
        onSubmit={() => way !== undefined && decision.mutate({ to: to.trim(), at: at.trim(), way, ...said })}
      >
        <p className="hint">{t("sent.what")}</p>
        <TextInput
          label={t("sent.to")}
          hint={t("sent.to-hint")}
          value={to}
          onChange={setTo}
          required
          maxLength={255}
        />
        <TextInput
          label={t("sent.at")}
          hint={t("sent.at-hint")}
          value={at}
          onChange={setAt}
          required
          maxLength={30}
        />
        <ChoiceInput
          label={t("sent.way")}
          value={way}
          onChange={setWay}
          choices={WAYS.map((value) => ({ value, label: t(`sending-way.${value}`) }))}
        />
        <TextInput label={t("sent.reference")} value={reference} onChange={setReference} maxLength={255} />
      </DecisionForm>
    </DeskDialog>
  );
}
