import { useState } from "react";
import type { ReportView, Tier } from "../../api/shapes.ts";
import { t } from "../../messages/catalogue.ts";
import { DeskDialog } from "../../ui/dialog.tsx";
import { ChoiceInput, TextInput } from "../../ui/fields.tsx";
import { DecisionForm } from "./decision-form.tsx";
import { useDecision } from "./use-decision.ts";

export interface DecisionProps {
  view: ReportView;
  onClose: () => void;
  onDone: (said: string) => void;
}

const TIERS: readonly Tier[] = ["R1", "R2", "R3", "R4", "R5"];

/** A machine may raise urgency; only a person lowers it, and says why (law 7). */
export function UrgencyDialog({ view, onClose, onDone }: DecisionProps) {
  const current = view.assessment?.tier ?? "R1";
  const [tier, setTier] = useState<Tier>();
  const [reason, setReason] = useState("");
  const decision = useDecision(
    view.entry.id,
    (api, body: { tier: Tier; reason: string }) =>
      api.call("POST /api/reports/{id}/urgency", { path: { id: view.entry.id }, body }),
    (body) => t("urgency.done", { tier: body.tier, name: t(`tier.${body.tier}`) }),
    onDone,
  );
  const lower = TIERS.slice(TIERS.indexOf(current) + 1);
  return (
    <DeskDialog
      title={t("urgency.title", { number: view.entry.number })}
      isOpen
      onClose={onClose}
      isBusy={decision.isPending}
    >
      <DecisionForm
        confirm={t("urgency.confirm")}
        isBusy={decision.isPending}
        error={decision.error}
        onCancel={onClose}
        onSubmit={() => tier !== undefined && decision.mutate({ tier, reason: reason.trim() })}
      >
        <p>{t("urgency.now", { tier: current, name: t(`tier.${current}`) })}</p>
        <p className="hint">{t("urgency.rises-again")}</p>
        <ChoiceInput
          label={t("urgency.tier")}
          value={tier}
          onChange={setTier}
          choices={lower.map((value) => ({
            value,
            label: t("tier.full", { tier: value, name: t(`tier.${value}`) }),
            hint: t(`tier.limit.${value}`),
          }))}
        />
        <TextInput
          label={t("urgency.reason")}
          hint={t("urgency.reason-hint")}
          value={reason}
          onChange={setReason}
          required
          minLength={10}
          maxLength={2000}
          lines={4}
        />
      </DecisionForm>
    </DeskDialog>
  );
}
