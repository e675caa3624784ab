import { useState } from "react";
import type { NewAnswer, ReportView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import type { Target } from "../report/actions/claim-draft.ts";
import { ClaimFields } from "../report/actions/claim-fields.tsx";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { evidenceName, personName } from "../report/claim-words.ts";
import { useNow } from "../time/now.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { ChoiceInput, SelectInput, TextInput } from "../ui/fields.tsx";
import { type AnswerDraft, answerKinds, answerOf, emptyAnswer } from "./answer-draft.ts";
import { EventFields } from "./event-fields.tsx";
import type { StepProps } from "./step-props.ts";
import { useRequestStep } from "./use-request-step.ts";
import { wholeSecond } from "./whole-second.ts";

/** What came back, as who answered said it: it stands beside the report in their name, and the report is graded again. */
export function AnswerDialog({ reportId, view, request, onClose, onDone }: StepProps) {
  const now = useNow();
  const [draft, setDraft] = useState(() => emptyAnswer(request.to ?? "", wholeSecond(now)));
  const targets = targetsOf(draft, view);
  const answer = answerOf(draft, targets);
  const path = { id: reportId, requestId: request.id };
  const decision = useRequestStep(
    reportId,
    (api, body: NewAnswer) => api.call("POST /api/reports/{id}/requests/{requestId}/answers", { path, body }),
    t("reply.done"),
    onDone,
  );
  const change = (part: Partial<AnswerDraft>) => setDraft({ ...draft, ...part });
  const chooseKind = (kind: NonNullable<AnswerDraft["kind"]>) => {
    const [first] = targetsOf({ ...draft, kind }, view);
    change({ kind, claim: { ...draft.claim, target: first?.value ?? "" } });
  };
  return (
    <DeskDialog title={t("reply.title")} isOpen onClose={onClose} isBusy={decision.isPending}>
      <DecisionForm
        confirm={t("reply.confirm")}
        isBusy={decision.isPending}
        error={decision.error}
        onCancel={onClose}
        onSubmit={() => answer !== undefined && decision.mutate(answer)}
      >
        <TextInput
          label={t("reply.provider")}
          value={draft.provider}
          onChange={(provider) => change({ provider })}
          required
          maxLength={255}
        />
        <TextInput
          label={t("reply.received")}
          hint={t("sent.at-hint")}
          value={draft.receivedAt}
          onChange={(receivedAt) => change({ receivedAt })}
          required
          maxLength={30}
        />
        <ChoiceInput
          label={t("reply.kind")}
          value={draft.kind}
          onChange={chooseKind}
          choices={answerKinds(request).map((value) => ({ value, label: t(`reply.kind.${value}`) }))}
        />
        {draft.kind === "event" && <EventFields draft={draft} view={view} onChange={change} />}
        {targets.length > 0 && (
          <SelectInput
            label={draft.kind === "viewed" ? t("reply.file") : t("reply.about")}
            value={draft.claim.target}
            onChange={(target) => change({ claim: { ...draft.claim, target } })}
            groups={[{ choices: targets }]}
          />
        )}
        {draft.kind === "resolution" && (
          <ClaimFields
            draft={{ ...draft.claim, kind: "resolution" }}
            target={targets.find(({ value }) => value === draft.claim.target)}
            onChange={(claim) => change({ claim })}
          />
        )}
        <ChoiceInput
          label={t("reply.whole")}
          value={draft.whole}
          onChange={(whole) => change({ whole })}
          choices={(["yes", "no"] as const).map((value) => ({ value, label: t(`reply.whole.${value}`) }))}
        />
        <TextInput
          label={t("reply.note")}
          value={draft.note}
          onChange={(note) => change({ note })}
          maxLength={3000}
          lines={2}
        />
      </DecisionForm>
    </DeskDialog>
  );
}

/** What the statement of an answer can be about. */
function targetsOf({ kind }: AnswerDraft, view: ReportView): Target[] {
  if (kind === "viewed")
    return view.evidence.map((item) => ({
      value: `evidence ${item.id}`,
      label: evidenceName(item),
      about: { kind: "evidence", id: item.id },
    }));
  if (kind === "resolution")
    return view.report.persons.map(({ key }) => ({
      value: `person ${key}`,
      label: personName(key),
      about: { kind: "person", key },
    }));
  return [];
}
