import { CATEGORIES } from "@fairlead/franking";
import { useVoice } from "../app/messenger-context.tsx";
import { Link } from "../app/navigation.tsx";
import type { ReportDraft } from "../client/report/types.ts";
import { say, t } from "../messages/catalogue.ts";
import { ChoiceInput } from "../ui/fields.tsx";
import { asCategory } from "./categories.ts";
import type { DraftState } from "./use-draft.ts";

interface Props {
  draft: ReportDraft;
  change: DraftState["change"];
}

/** What happened, in words that name what was done and blame nobody who was hurt. */
export function WhatStep({ draft, change }: Props) {
  const voice = useVoice();
  return (
    <>
      <p>{say(voice, "report.what.lead")}</p>
      <ChoiceInput
        label={t("report.what.label")}
        value={asCategory(draft.category)}
        onChange={(category) => change({ kind: "category", category })}
        choices={CATEGORIES.map((category) => ({
          value: category,
          label: say(voice, `category.${category}`),
        }))}
      />
      <p className="hint">
        {say(voice, "report.what.danger")} <Link to={{ page: "help" }}>{t("details.help")}</Link>
      </p>
    </>
  );
}
