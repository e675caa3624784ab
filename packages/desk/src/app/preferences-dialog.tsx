import { ComfortFields } from "../evidence/comfort-fields.tsx";
import { t } from "../messages/catalogue.ts";
import { DeskDialog } from "../ui/dialog.tsx";
import { CheckInput, ChoiceInput } from "../ui/fields.tsx";
import { usePreferences } from "./preferences.ts";

const THEMES = ["system", "light", "dark"] as const;

export function PreferencesDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [{ theme, singleKeys }, setPreferences] = usePreferences();
  return (
    <DeskDialog title={t("preferences.title")} isOpen={isOpen} onClose={onClose} look="card">
      <p className="hint">{t("preferences.where")}</p>
      <ChoiceInput
        label={t("preferences.theme")}
        value={theme}
        onChange={(next) => setPreferences({ theme: next })}
        choices={THEMES.map((value) => ({ value, label: t(`preferences.theme.${value}`) }))}
      />
      <CheckInput
        label={t("preferences.single-keys")}
        hint={t("preferences.single-keys-hint")}
        checked={singleKeys}
        onChange={(checked) => setPreferences({ singleKeys: checked })}
      />
      <h3>{t("comfort.title")}</h3>
      <ComfortFields />
    </DeskDialog>
  );
}
