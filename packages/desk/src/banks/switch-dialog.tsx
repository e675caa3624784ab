import type { BankView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { BankChangeDialog } from "./change-form.tsx";

/** Switches a whole bank off, or on again. */
export function SwitchDialog({ view, onClose }: { view: BankView; onClose: () => void }) {
  const to = view.settings.enabled ? "off" : "on";
  return (
    <BankChangeDialog
      view={view}
      title={t(`bank.dialog.${to}`, { bank: view.name })}
      confirm={t(`bank.change.${to}`)}
      change={() => ({ enabled: to === "on" })}
      onClose={onClose}
    >
      <p>{t(`bank.dialog.${to}-means`)}</p>
    </BankChangeDialog>
  );
}
