import type { TaskView } from "../api/shapes.ts";
import type { TaskAct } from "./use-task-act.ts";

type Trouble =
  | NonNullable<TaskView["effects"][number]["trouble"]>
  | "none"
  | "incomplete"
  | "keeping"
  | "format-burst";

/** What stands in the way of a task, as the one that has waited longest has it. */
export function troubleOf({ what, effects }: Pick<TaskView, "what" | "effects">): Trouble {
  if (what === "incomplete" || what === "format-burst") return what;
  if (what === "refused") return "refused";
  if (what === "keeping-ends") return "keeping";
  return effects[0]?.trouble ?? "none";
}

/** What can be done about an open task, the likeliest first. */
export function actsOn({
  what,
  kind,
  mine,
  bursts,
}: Pick<TaskView, "what" | "kind" | "mine" | "bursts">): TaskAct["kind"][] {
  const owning: TaskAct["kind"][] = mine ? ["hand-on"] : ["take-over", "hand-on"];
  if (what === "incomplete") return ["close", ...owning];
  // It ends by itself when every report in it is decided about.
  if (what === "keeping-ends") return owning;
  // While it is on, the station closes nothing of it.
  if (what === "format-burst")
    return bursts.some(({ state }) => state === "on") ? owning : ["close", ...owning];
  if (what === "refused" && kind === "refer") return ["correct", "retry", "elsewhere", ...owning];
  return ["retry", "elsewhere", ...owning];
}
