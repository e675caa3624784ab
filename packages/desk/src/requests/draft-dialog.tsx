import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../api/context.ts";
import { suggestionsQuery } from "../api/queries.ts";
import type { NewRequest, SuggestedRequest } from "../api/shapes.ts";
import { ConflictWarning } from "../deconfliction/conflicts-section.tsx";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import type { DecisionProps } from "../report/actions/urgency-dialog.tsx";
import { formatInstant } from "../time/instant.ts";
import { DeskDialog } from "../ui/dialog.tsx";
import { ChoiceInput } from "../ui/fields.tsx";
import { ErrorNotice } from "../ui/notice.tsx";
import { useRequestStep } from "./use-request-step.ts";
import { draftFrom, type WordsDraft, WordsFields, wordsOf } from "./words-fields.tsx";

/** A request from what the rules propose, the best first, in words that a person reads and changes. */
export function DraftDialog({ view, onClose, onDone }: DecisionProps) {
  const { id, number } = view.entry;
  const suggestions = useQuery(suggestionsQuery(useApi(), id));
  const [chosen, setChosen] = useState<string>();
  const [draft, setDraft] = useState<WordsDraft>();
  const offered = suggestions.data?.requests ?? [];
  const request = offered.find(({ rule }) => rule === chosen);
  const decision = useRequestStep(
    id,
    (api, body: NewRequest) => api.call("POST /api/reports/{id}/requests", { path: { id }, body }),
    t("draft.done"),
    onDone,
  );
  const choose = (rule: string) => {
    const found = offered.find((each) => each.rule === rule);
    setChosen(rule);
    if (found !== undefined) setDraft(draftFrom(found));
  };
  return (
    <DeskDialog title={t("draft.title", { number })} isOpen onClose={onClose} isBusy={decision.isPending}>
      <DecisionForm
        confirm={t("draft.confirm")}
        isBusy={decision.isPending}
        error={decision.error}
        onCancel={onClose}
        onSubmit={() =>
          request !== undefined &&
          draft !== undefined &&
          decision.mutate({ rule: request.rule, ...wordsOf(draft) })
        }
      >
        <ConflictWarning view={view} />
        {suggestions.isError && <ErrorNotice error={suggestions.error} />}
        {suggestions.isPending && <p className="hint">{t("draft.loading")}</p>}
        {suggestions.isSuccess && offered.length === 0 && <p>{t("draft.nothing")}</p>}
        {offered.length > 0 && (
          <ChoiceInput
            label={t("draft.rule")}
            value={chosen}
            onChange={choose}
            choices={offered.map((each, index) => ({
              value: each.rule,
              label: index === 0 ? t("draft.best", { what: each.askFor }) : each.askFor,
              hint: hintOf(each),
            }))}
          />
        )}
        {request !== undefined && draft !== undefined && (
          <WordsFields draft={draft} routes={request.routes} onChange={setDraft} />
        )}
      </DecisionForm>
    </DeskDialog>
  );
}

function hintOf({ role, expected, clock }: SuggestedRequest): string {
  const key = expected.levelFrom === expected.levelTo ? "requests.expected-part" : "requests.expected";
  const parts = [`${t(`request-role.${role}`)}.`, t(key, expected)];
  if (clock !== undefined)
    parts.push(clock.ended ? t("draft.ended") : t("draft.until", { until: formatInstant(clock.until) }));
  const [first = "", ...rest] = parts;
  return [first.charAt(0).toUpperCase() + first.slice(1), ...rest].join(" ");
}
