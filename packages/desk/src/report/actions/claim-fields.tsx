import { t } from "../../messages/catalogue.ts";
import { CheckInput, ChoiceInput, CountInput, SelectInput, TextInput } from "../../ui/fields.tsx";
import type { ClaimDraft, Target } from "./claim-draft.ts";
import { flagsFor } from "./flags.ts";

interface Props {
  draft: ClaimDraft;
  target: Target | undefined;
  onChange: (draft: ClaimDraft) => void;
}

const ADDRESS_KINDS = ["installation", "billing", "unknown"] as const;
const CATEGORIES = ["A", "B", "C"] as const;
const ANSWERS = ["yes", "no"] as const;

/** The fields that each kind of claim needs. */
export function ClaimFields({ draft, target, onChange }: Props) {
  const change = (part: Partial<ClaimDraft>) => onChange({ ...draft, ...part });
  switch (draft.kind) {
    case "resolution":
      return (
        <>
          <CountInput
            label={t("claim.events")}
            hint={t("claim.events-hint")}
            value={draft.events}
            onChange={(events) => change({ events })}
            max={1000}
          />
          <ChoiceInput
            label={t("claim.address-kind")}
            hint={t("claim.address-kind-hint")}
            value={draft.addressKind}
            onChange={(addressKind) => change({ addressKind })}
            choices={ADDRESS_KINDS.map((value) => ({ value, label: t(`address-kind.${value}`) }))}
          />
          <TextInput
            label={t("claim.postcode")}
            value={draft.postcode}
            onChange={(postcode) => change({ postcode })}
            maxLength={20}
          />
          <TextInput
            label={t("claim.country")}
            hint={t("claim.country-hint")}
            value={draft.country}
            onChange={(country) => change({ country })}
            required
            minLength={2}
            maxLength={2}
          />
          <CheckInput
            label={t("claim.corroborated")}
            hint={t("claim.corroborated-hint")}
            checked={draft.corroborated}
            onChange={(corroborated) => change({ corroborated })}
          />
        </>
      );
    case "uk-category":
      return (
        <>
          <ChoiceInput
            label={t("claim.category")}
            value={draft.category}
            onChange={(category) => change({ category })}
            choices={CATEGORIES.map((value) => ({
              value,
              label: t("claim.category-value", { category: value }),
            }))}
          />
          <TextInput
            label={t("claim.description")}
            hint={t("claim.description-hint")}
            value={draft.description}
            onChange={(description) => change({ description })}
            maxLength={4000}
            lines={4}
          />
        </>
      );
    case "flag":
      return (
        <>
          <SelectInput
            label={t("claim.flag")}
            value={draft.flag}
            onChange={(flag) => change({ flag })}
            groups={[
              {
                choices: (target === undefined || target.about.kind === "ip"
                  ? []
                  : flagsFor(target.about.kind)
                ).map((value) => ({
                  value,
                  label: t(`flag.${value}`),
                })),
              },
            ]}
          />
          <ChoiceInput
            label={t("claim.answer")}
            hint={t("claim.answer-hint")}
            value={draft.value}
            onChange={(value) => change({ value })}
            choices={ANSWERS.map((value) => ({ value, label: t(`answer.${value}`) }))}
          />
        </>
      );
    case "viewed":
      return <p>{t("claim.viewed-meaning")}</p>;
    default:
      return null;
  }
}
