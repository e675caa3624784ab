import { useState } from "react";
import type { BankView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { ChoiceInput } from "../ui/fields.tsx";
import { BankChangeDialog } from "./change-form.tsx";

const TRUSTS = ["vetted-graded", "vetted", "unvetted"] as const;

/** Decides what this station takes the source's claims for. */
export function TrustDialog({ view, onClose }: { view: BankView; onClose: () => void }) {
  const [trust, setTrust] = useState(view.settings.trust);
  return (
    <BankChangeDialog
      view={view}
      title={t("bank.dialog.trust", { bank: view.name })}
      confirm={t("bank.dialog.confirm")}
      change={() => ({ trust })}
      onClose={onClose}
    >
      <p>{t("bank.dialog.trust-means")}</p>
      <ChoiceInput
        label={t("bank.trust")}
        value={trust}
        onChange={setTrust}
        choices={TRUSTS.map((value) => ({
          value,
          label: t(`bank.trust.${value}`),
          hint: t(`bank.trust-hint.${value}`),
        }))}
      />
    </BankChangeDialog>
  );
}
