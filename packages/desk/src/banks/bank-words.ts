import type { BankChange, BankSettings, BankSummary } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";

/** How perceptual hashes are made. */
export function semanticsWords(semantics: BankSummary["semantics"]): string {
  switch (semantics) {
    case "pdq/full":
      return t("banks.semantics.full");
    case "pdq/nn512":
      return t("banks.semantics.nn512");
    case "unlabelled":
      return t("banks.semantics.unlabelled");
  }
}

/** Who changed something. */
export function byWords({ way, by = "" }: Pick<BankChange, "way" | "by">): string {
  switch (way) {
    case "person":
      return by;
    case "sender":
      return t("bank.by.sender", { by });
    case "exchange":
      return t("bank.by.exchange");
    case "operator":
      return t("bank.by.operator");
  }
}

/** What a change changed, a line for each setting. */
export function changeLines({ changed, was, is }: BankChange): string[] {
  if (was === undefined) return [t("bank.history.made")];
  return changed.map((setting) =>
    setting === "enabled"
      ? t("bank.setting.enabled", { is: is.enabled ? "on" : "off" })
      : t(`bank.setting.${setting}`, { was: settingWords(was, setting), is: settingWords(is, setting) }),
  );
}

function settingWords(settings: BankSettings, setting: Exclude<keyof BankSettings, "enabled">): string {
  switch (setting) {
    case "trust":
      return t(`bank.trust.${settings.trust}`);
    case "semantics":
      return semanticsWords(settings.semantics);
    case "categories":
    case "tags":
    case "members":
      return settings[setting]?.join(", ") ?? t("bank.all");
    case "name":
    case "source":
      return settings[setting];
    case "threshold":
    case "quality":
      return String(settings[setting]);
  }
}

/** Hexadecimal digits as they were pasted, without the spaces and lines between them. */
export function hashOf(text: string): string | undefined {
  const value = text.replaceAll(/\s/g, "").toLowerCase();
  return /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(value) ? value : undefined;
}
