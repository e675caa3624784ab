import { type EvidenceComfort, usePreferences } from "../app/preferences.ts";
import { t } from "../messages/catalogue.ts";
import { CheckInput, ChoiceInput } from "../ui/fields.tsx";

const BLURS = ["strong", "light", "none"] as const;

/** How evidence looks when it opens: the person's own choice, remembered in this browser. */
export function ComfortFields() {
  const [{ evidence }, setPreferences] = usePreferences();
  const change = (part: Partial<EvidenceComfort>) => setPreferences({ evidence: { ...evidence, ...part } });
  return (
    <div className="comfort-fields">
      <ChoiceInput
        label={t("comfort.blur")}
        value={evidence.blur}
        onChange={(blur) => change({ blur })}
        choices={BLURS.map((value) => ({ value, label: t(`comfort.blur.${value}`) }))}
      />
      <CheckInput label={t("comfort.grey")} checked={evidence.grey} onChange={(grey) => change({ grey })} />
      <CheckInput
        label={t("comfort.small")}
        checked={evidence.small}
        onChange={(small) => change({ small })}
      />
    </div>
  );
}
