import type { PageView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";

/** Whom a call is with, in words: a report's by how long it waits, a task's by how long that has stood still. */
export function stageText({ task, stage }: Pick<PageView, "task" | "stage">): string {
  if (task === undefined) return t(`paging.stage.${stage === "owner" ? "caseworkers" : stage}`);
  return t(`paging.stage-task.${stage === "caseworkers" ? "owner" : stage}`);
}

/**
 * What a screen reader says at once. It changes, and so is said again, when another call comes first or a call goes further; never by time
 * alone.
 * @param ringing calls that ring here, the longest waiting first
 */
export function alertText(ringing: readonly PageView[]): string {
  const [first] = ringing;
  if (first === undefined) return "";
  const what = first.triggers[0]?.text ?? "";
  const stage = stageText(first);
  const words =
    first.task === undefined
      ? t("paging.alert", { number: first.number ?? "", what, stage })
      : t("paging.alert-task", { what, stage });
  const others = ringing.length - 1;
  return others === 0 ? words : `${words} ${t("paging.alert-more", { count: others })}`;
}
