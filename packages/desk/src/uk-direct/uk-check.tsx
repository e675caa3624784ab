import type { UkPreview } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { DecisionForm } from "../report/actions/decision-form.tsx";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { Instant } from "../ui/words.tsx";
import type { UkDraft } from "./uk-draft.ts";
import { LeftWords, priorityRows, Problems } from "./uk-facts.tsx";
import { UkItems } from "./uk-items.tsx";

interface Props {
  draft: UkDraft;
  preview: UkPreview;
  isBusy: boolean;
  error: unknown;
  onBack: () => void;
  onMake: () => void;
}

/** The report as it would go, with what the rules say of it. What refuses it has no button to send it. */
export function UkCheck({ draft, preview, isBusy, error, onBack, onMake }: Props) {
  const { items, problems, left, duty, dueAt } = preview;
  const refusing = problems.filter(({ weight }) => weight === "refuses");
  const content = (
    <>
      <Problems title={t("uk.check.refused")} problems={refusing} isRefusal />
      <Problems title={t("uk.remarks")} problems={problems.filter(({ weight }) => weight === "remark")} />
      <SummaryList
        rows={[
          ...priorityRows("uk.priority-ours", {
            priority: draft.level,
            why: draft.level === "P3" ? undefined : draft.why,
          }),
          { term: t("uk.due"), value: <Instant at={dueAt} /> },
          draft.follows === undefined
            ? undefined
            : { term: t("uk.follows"), value: <code>{draft.follows}</code> },
          {
            term: t("uk.declaration"),
            value: t(`uk.declaration.${draft.declaration ? "yes" : "no"}`),
          },
        ]}
      />
      <LeftWords left={left} />
      <UkItems items={items} caption={t("uk.items")} level={2} />
    </>
  );
  if (refusing.length > 0 || !duty.made)
    return (
      <>
        {!duty.made && duty.code === "uk.duty.covered" && (
          <Notice tone="alert" title={t("uk.covered")}>
            <p>{t("uk.covered-text", { by: duty.by ?? "" })}</p>
          </Notice>
        )}
        {content}
        <Button look="primary" onPress={onBack}>
          {t("uk.check.back")}
        </Button>
      </>
    );
  return (
    <DecisionForm
      confirm={t("uk.check.make")}
      cancel={t("uk.check.back")}
      isBusy={isBusy}
      error={error}
      onSubmit={onMake}
      onCancel={onBack}
    >
      {content}
      <p>{t("uk.check.final")}</p>
    </DecisionForm>
  );
}
