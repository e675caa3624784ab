import type { Burst, Estimate } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { percent } from "./percent.ts";

/** What has changed, in a line. */
export function burstTitle({ field, state }: Pick<Burst, "field" | "state">): string {
  const title = fieldWords(field);
  if (field === "refused") return t(state === "on" ? "burst.title-refused" : "burst.title-refused-over");
  return t(state === "on" ? "burst.title" : "burst.title-over", { field: title });
}

/** The name of what is left empty. */
export function fieldWords(field: Burst["field"]): string {
  return t(`burst.field.${field}`);
}

export function shareText({ share }: Estimate): string {
  return share === undefined ? t("sender.unknown") : percent(share);
}
