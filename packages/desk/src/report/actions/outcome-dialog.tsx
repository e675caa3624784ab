import { useState } from "react";
import type { NewOutcome } from "../../api/shapes.ts";
import { t } from "../../messages/catalogue.ts";
import { DeskDialog } from "../../ui/dialog.tsx";
import { ChoiceInput, CountInput, TextInput } from "../../ui/fields.tsx";
import { outcomeWords } from "../outcome-words.ts";
import { DecisionForm } from "./decision-form.tsx";
import {
  NO_ACTION_REASONS,
  OUTCOME_KINDS,
  type OutcomeDraft,
  statementOf,
  USELESS_REASONS,
} from "./outcome-draft.ts";
import type { DecisionProps } from "./urgency-dialog.tsx";
import { useDecision } from "./use-decision.ts";

/** What came of it. It travels back to whoever handed us the report, so it is checked before it is recorded. */
export function OutcomeDialog({ view, onClose, onDone }: DecisionProps) {
  const [draft, setDraft] = useState<OutcomeDraft>({ count: 1, of: "" });
  const [checked, setChecked] = useState<NewOutcome>();
  const change = (part: Partial<OutcomeDraft>) => setDraft({ ...draft, ...part });
  const decision = useDecision(
    view.entry.id,
    (api, body: NewOutcome) =>
      api.call("POST /api/reports/{id}/outcomes", { path: { id: view.entry.id }, body }),
    (body) => t("record.done", { outcome: outcomeWords(body) }),
    onDone,
  );
  return (
    <DeskDialog
      title={t("record.title", { number: view.entry.number })}
      isOpen
      onClose={onClose}
      isBusy={decision.isPending}
    >
      {checked === undefined ? (
        <DecisionForm
          key="choose"
          confirm={t("record.continue")}
          isBusy={false}
          error={null}
          onCancel={onClose}
          onSubmit={() => setChecked(statementOf(draft))}
        >
          <ChoiceInput
            label={t("record.kind")}
            value={draft.kind}
            onChange={(kind) => change({ kind })}
            choices={OUTCOME_KINDS.map((value) => ({
              value,
              label: t(`outcome.kind.${value}`),
              hint: t(`outcome.hint.${value}`),
            }))}
          />
          <KindFields draft={draft} onChange={change} />
        </DecisionForm>
      ) : (
        <DecisionForm
          key="check"
          confirm={t("record.confirm")}
          cancel={t("refer.back")}
          isBusy={decision.isPending}
          error={decision.error}
          onCancel={() => setChecked(undefined)}
          onSubmit={() => decision.mutate(checked)}
        >
          <p className="check">{outcomeWords(checked)}</p>
          <p>{t("record.travels", { to: view.handedBy })}</p>
        </DecisionForm>
      )}
    </DeskDialog>
  );
}

function KindFields({
  draft,
  onChange,
}: {
  draft: OutcomeDraft;
  onChange: (part: Partial<OutcomeDraft>) => void;
}) {
  switch (draft.kind) {
    case "arrest":
    case "charge":
    case "children-safeguarded":
      return (
        <CountInput
          label={t(`record.count.${draft.kind}`)}
          value={draft.count}
          onChange={(count) => onChange({ count })}
          max={draft.kind === "children-safeguarded" ? 10_000 : 1000}
        />
      );
    case "no-further-action":
      return (
        <ChoiceInput
          label={t("record.reason")}
          value={draft.noAction}
          onChange={(noAction) => onChange({ noAction })}
          choices={NO_ACTION_REASONS.map((value) => ({ value, label: t(`no-action.${value}`) }))}
        />
      );
    case "useless":
      return (
        <ChoiceInput
          label={t("record.reason")}
          value={draft.useless}
          onChange={(useless) => onChange({ useless })}
          choices={USELESS_REASONS.map((value) => ({ value, label: t(`useless.${value}`) }))}
        />
      );
    case "duplicate":
      return (
        <TextInput
          label={t("record.duplicate-of")}
          value={draft.of}
          onChange={(of) => onChange({ of })}
          required
          maxLength={64}
        />
      );
    default:
      return null;
  }
}
