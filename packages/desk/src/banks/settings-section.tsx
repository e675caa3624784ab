import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../api/context.ts";
import { sessionQuery } from "../api/queries.ts";
import type { BankView, PartSort } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { Section } from "../ui/section.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { AsSent } from "../ui/words.tsx";
import { PartsDialog } from "./parts-dialog.tsx";
import { SwitchDialog } from "./switch-dialog.tsx";
import { TrustDialog } from "./trust-dialog.tsx";

const SETTING = { category: "categories", tag: "tags", member: "members" } as const;
const SORTS = ["category", "tag", "member"] as const;
type Asked = "switch" | "trust" | PartSort;

/** What of a bank matches, and what this station takes its source's claims for. */
export function SettingsSection({ view }: { view: BankView }) {
  const may = useQuery(sessionQuery(useApi())).data?.may.includes("change-banks") === true;
  const [asked, setAsked] = useState<Asked>();
  const { settings } = view;
  const change = (which: Asked, label: string) =>
    may && (
      <Button look="link" onPress={() => setAsked(which)}>
        {label}
      </Button>
    );
  const close = () => setAsked(undefined);
  return (
    <Section id="matches" title={t("bank.what")}>
      <SummaryList
        rows={[
          {
            term: t("bank.whole"),
            value: (
              <>
                {t(settings.enabled ? "bank.on" : "bank.off")}{" "}
                {change("switch", t(settings.enabled ? "bank.change.off" : "bank.change.on"))}
              </>
            ),
          },
          ...SORTS.map((sort) => ({
            term: t(`bank.${sort}`),
            value: (
              <>
                <Part chosen={settings[SETTING[sort]]} /> {change(sort, t(`bank.change.${sort}`))}
              </>
            ),
          })),
          {
            term: t("bank.trust"),
            value: (
              <>
                {t(`bank.trust.${settings.trust}`)} {change("trust", t("bank.change.trust"))}
                <span className="hint">{t(`bank.trust-hint.${settings.trust}`)}</span>
              </>
            ),
          },
          {
            term: t("bank.likeness"),
            value: t("bank.likeness-value", { threshold: settings.threshold, quality: settings.quality }),
          },
        ]}
      />
      {!may && <p className="hint">{t("bank.may-not")}</p>}
      {asked === "switch" && <SwitchDialog view={view} onClose={close} />}
      {asked === "trust" && <TrustDialog view={view} onClose={close} />}
      {(asked === "category" || asked === "tag" || asked === "member") && (
        <PartsDialog view={view} sort={asked} chosen={settings[SETTING[asked]]} onClose={close} />
      )}
    </Section>
  );
}

function Part({ chosen }: { chosen: readonly string[] | null }) {
  if (chosen === null) return t("bank.all");
  return (
    <>
      {t("bank.only", { count: chosen.length })} <AsSent>{chosen.join(", ")}</AsSent>
    </>
  );
}
