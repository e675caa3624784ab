import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../../api/context.ts";
import { sessionQuery } from "../../api/queries.ts";
import type { NewClaim } from "../../api/shapes.ts";
import { t } from "../../messages/catalogue.ts";
import { DeskDialog } from "../../ui/dialog.tsx";
import { ChoiceInput, SelectInput } from "../../ui/fields.tsx";
import { statementWords } from "../claim-words.ts";
import {
  type ClaimDraft,
  claimOf,
  type ClaimKind,
  emptyDraft,
  possibleKinds,
  targetsFor,
  withTarget,
} from "./claim-draft.ts";
import { ClaimFields } from "./claim-fields.tsx";
import { DecisionForm } from "./decision-form.tsx";
import type { DecisionProps } from "./urgency-dialog.tsx";
import { useDecision } from "./use-decision.ts";

/** What this person says about the report, in their own name: it stands beside the report as a claim and is graded again. */
export function ClaimDialog({ view, onClose, onDone }: DecisionProps) {
  const session = useQuery(sessionQuery(useApi()));
  const me = session.data?.person.name;
  const [draft, setDraft] = useState<ClaimDraft>(emptyDraft);
  const targets = draft.kind === undefined ? [] : targetsFor(draft.kind, view, me);
  const claim = claimOf(draft, targets);
  const decision = useDecision(
    view.entry.id,
    (api, body: NewClaim) => api.call("POST /api/reports/{id}/claims", { path: { id: view.entry.id }, body }),
    (body) => t("claim.done", { claim: statementWords(body.states) }),
    onDone,
  );
  const chooseKind = (kind: ClaimKind) =>
    setDraft(withTarget({ ...draft, kind }, targetsFor(kind, view, me)[0]));
  return (
    <DeskDialog
      title={t("claim.title", { number: view.entry.number })}
      isOpen
      onClose={onClose}
      isBusy={decision.isPending}
    >
      <DecisionForm
        confirm={t("claim.confirm")}
        isBusy={decision.isPending}
        error={decision.error}
        onCancel={onClose}
        onSubmit={() => claim !== undefined && decision.mutate(claim)}
      >
        <p className="hint">{t("claim.yours")}</p>
        <ChoiceInput
          label={t("claim.kind")}
          value={draft.kind}
          onChange={chooseKind}
          choices={possibleKinds(view, me).map((value) => ({
            value,
            label: t(`claim.kind.${value}`),
            hint: t(`claim.kind-hint.${value}`),
          }))}
        />
        {draft.kind !== undefined && (
          <SelectInput
            label={t("claim.about")}
            value={draft.target}
            onChange={(value) =>
              setDraft(
                withTarget(
                  draft,
                  targets.find((target) => target.value === value),
                ),
              )
            }
            groups={[{ choices: targets }]}
          />
        )}
        <ClaimFields
          draft={draft}
          target={targets.find(({ value }) => value === draft.target)}
          onChange={setDraft}
        />
      </DecisionForm>
    </DeskDialog>
  );
}
