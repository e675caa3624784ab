import type { PageView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";

/**
 * What a screen reader says at once. It changes, and so is said again, when another call comes first or a call goes further; never by time
 * alone.
 * @param ringing calls that ring here, the longest waiting first
 */
export function alertText(ringing: readonly PageView[]): string {
  const [first] = ringing;
  if (first === undefined) return "";
  const words = t("paging.alert", {
    number: first.number,
    what: first.triggers[0]?.text ?? "",
    stage: t(`paging.stage.${first.stage}`),
  });
  const others = ringing.length - 1;
  return others === 0 ? words : `${words} ${t("paging.alert-more", { count: others })}`;
}
